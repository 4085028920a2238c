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
