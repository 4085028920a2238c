import type { Person } from "#src/domain/person.ts";
import type { Words } from "#src/words/words.ts";
import { gapLabel } from "../view/in-words.ts";
import type { GoalTold, PairTold } from "./pair-told.ts";

/** One thing that an attending may do on the next shift with a resident, or on the one that begins. */
export interface Suggestion {
  /** What it is about: the same two weeks in a row would be no suggestion any more. */
  readonly about: string;
  readonly text: string;
}

/**
 * What matters most and was not suggested last: an open difference, a goal without a chance, what the two settled on, the resident's
 * wish; else feedback, or a goal.
 *
 * @param isNow whether the next shift together begins as the digest comes
 * @param last what the digest before this one suggested
 */
export function suggestionFor(
  words: Words,
  resident: Person,
  isNow: boolean,
  told: PairTold,
  last: string | undefined,
): Suggestion {
  const all = suggestions(words, resident, isNow, told);
  return all.find(({ about }) => about !== last)!;
}

/** The weightiest first; two at least. */
function suggestions(
  words: Words,
  resident: Person,
  isNow: boolean,
  { goals, alsoOpen, between }: PairTold,
): readonly Suggestion[] {
  const { digest } = words.say;
  const name = words.called(resident);
  const unfinished = unfinishedIn(goals);
  const { mismatch } = between;
  const open = [...(mismatch?.state === "open" ? [mismatch] : []), ...alsoOpen];
  return [
    ...open.map(({ item }) => ({
      about: `open ${item}`,
      text: digest.action(name, gapLabel(words, item), isNow),
    })),
    ...(unfinished === undefined
      ? []
      : [
          {
            about: `goal ${unfinished.goal}`,
            text: digest.actionGoal(name, unfinished.line ?? words.goal(unfinished.goal), isNow),
          },
        ]),
    ...(mismatch?.state === "settled"
      ? [
          {
            about: `settled ${mismatch.item}`,
            text: digest.actionSettled(name, gapLabel(words, mismatch.item), isNow),
          },
        ]
      : []),
    ...(between.wishes.length > 0 ? [{ about: "wish", text: digest.actionWish(name, isNow) }] : []),
    { about: "feedback", text: digest.actionFeedback(name, isNow) },
    { about: "next", text: digest.actionNext(name, isNow) },
  ];
}

/** The last goal that had no chance or half of one, and none since. */
const unfinishedIn = (goals: readonly GoalTold[]): GoalTold | undefined =>
  goals.findLast(
    ({ goal, line, outcome }, at) =>
      (outcome?.value === "partly" || outcome?.value === "no-chance") &&
      !goals
        .slice(at + 1)
        .some((one) => one.goal === goal && one.line === line && one.outcome?.value === "yes"),
  );
