import { expect, it } from "vitest";
import { renderCard, type AdaptiveCard } from "#adapters/teams/render.ts";
import { problemsOf } from "#test/support/teams/valid.ts";
import { actionsIn, wordsIn } from "#test/support/teams/words.ts";
import { renderContract } from "./render.ts";

renderContract<AdaptiveCard>("teams", {
  render: renderCard,
  textsOf: (payload) => wordsIn(payload.body),
  actsOf: (payload) => actionsIn(payload).map(({ data }) => String(data["act"])),
  notificationOf: (payload) => payload.fallbackText,
  check: problemsOf,
});

// domain: Both answers stand in words, side by side
it("shows both answers in two columns of one width, one below the other where there is no room or no layout is known", () => {
  const rows = [{ label: "Help", mine: "Resident leads", theirs: "Attending leads" }];
  const compare = { type: "compare", mine: "You", theirs: "Dr. Sato", rows } as const;

  const { payload } = renderCard({ locale: "en", notification: "x", blocks: [compare] });

  expect(wordsIn(payload.body)).toEqual(["Help", "You", "Resident leads", "Dr. Sato", "Attending leads"]);
  expect(JSON.stringify(payload.body)).toContain(
    '"layouts":[{"type":"Layout.AreaGrid","targetWidth":"atLeast:Standard","columns":[50,50],',
  );
});
