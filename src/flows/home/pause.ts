import { act } from "#src/card/act.ts";
import { dateText, type DayNumber } from "#src/domain/time.ts";
import type { Action } from "#src/card/card.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";

/** The dates that a pause can be tapped until; any other can be typed. `meant`: days that may have been meant come first. */
export function pauseChoices(context: Context, words: Words, meant: readonly DayNumber[] = []) {
  const { pauseChoices: labels } = words.say.commands;
  const today = context.zone.dayOf(context.now);
  const days = [
    [labels.day, 1],
    [labels.week, 7],
    [labels.fortnight, 14],
  ] as const;
  const until = (day: DayNumber) => act({ verb: "say", command: `pause until ${dateText(day)}` });
  return [
    ...meant.map((day) => ({ label: words.format.date(context.zone.at(day, 12)), act: until(day) })),
    ...days.map(([label, count]) => ({ label, act: until(today + count) })),
  ];
}

/** The way back from a stop or a pause. */
export const startAgain = ({ say }: Words): Action => ({
  label: say.home.resume,
  act: act({ verb: "say", command: "resume" }),
  style: "primary",
});
