import type { Instant } from "#src/domain/time.ts";
import type { View } from "./view.ts";

type OnCard = Pick<View, "words" | "context" | "shift" | "nudge">;

/** When something was said, on a card that names a day: the time, with the date where it was said on another one. */
export function saidAt({ words, context, shift, nudge }: OnCard, at: Instant): string {
  const { zone } = context;
  const day = zone.dayOf(shift?.start ?? nudge.sentAt ?? at);
  return zone.dayOf(at) === day ? words.format.time(at) : words.format.moment(at);
}

/** That a goal took the place of another, and when. */
export const goalChanged = (view: OnCard, at: Instant): string =>
  view.words.say.goal.changedAt(saidAt(view, at));
