import { act } from "#src/card/act.ts";
import { dateText } from "#src/domain/zone.ts";
import type { Words } from "#src/words/words.ts";
import type { Context } from "../context.ts";

/** The dates that a pause can be tapped until; any other can be typed. */
export function pauseChoices(context: Context, words: Words) {
  const { pauseChoices: labels } = words.say.commands;
  const today = context.zone.dayOf(context.now);
  const days = [
    [labels.day, 1],
    [labels.week, 7],
    [labels.fortnight, 14],
  ] as const;
  return days.map(([label, count]) => ({
    label,
    act: act({ verb: "say", command: `pause until ${dateText(today + count)}` }),
  }));
}
