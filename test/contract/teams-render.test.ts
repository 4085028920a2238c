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

// domain: A picture is always in words beside it
it("draws a chart of days on an axis of time, with its gaps, and says all of it in words", () => {
  const at = (value: number, text: string) => ({ value, text });
  const chart = {
    type: "chart",
    title: "Help",
    points: [
      { label: "Dec 1", day: "2026-12-01" },
      { label: "Dec 3", day: "2026-12-03" },
    ],
    series: [
      { name: "Wanted", values: [at(1, "watches"), at(3, "leads")] },
      { name: "In the end", values: [undefined, at(4, "alone")] },
    ],
    scale: [at(1, "watches"), at(4, "alone")],
    key: "1 watches – 4 alone",
  } as const;

  const { payload, losses } = renderCard({ locale: "en", notification: "x", blocks: [chart] });

  expect(payload.body[1]).toEqual({
    type: "Chart.Line",
    fallback: "drop",
    yAxisTitle: "1 watches – 4 alone",
    data: [
      {
        legend: "Wanted",
        values: [
          { x: "2026-12-01", y: 1 },
          { x: "2026-12-03", y: 3 },
        ],
      },
      { legend: "In the end", values: [{ x: "2026-12-03", y: 4 }] },
    ],
  });
  expect(wordsIn(payload.body)).toEqual([
    "Help",
    "Dec 1  Wanted: watches",
    "Dec 3  Wanted: leads · In the end: alone",
  ]);
  expect(losses).toEqual([]);
});
