import { tapsOf, type Meaning } from "#src/card/act.ts";
import type { Card } from "#src/card/card.ts";
import type { Catalogue } from "#src/words/en.ts";
import { CATALOGUES } from "#src/words/words.ts";

/** The labels of all that can be tapped on a card. */
export const labelsOf = (card: Card): readonly string[] => tapsOf(card).map(({ tap }) => tap.label);

/** What the tap with this label means. Undefined where several things have it. */
export function tapNamed(card: Card, label: string): Meaning | undefined {
  const meanings = tapsOf(card).filter(({ tap }) => tap.label === label);
  return new Set(meanings.map(({ tap }) => tap.act)).size === 1 ? meanings[0]?.meaning : undefined;
}

/** What the answers to questions are called, but for the program's goals: a goal's name may be somebody's own words. */
function everyAnswer({ strategy, agreement, debrief, goal, plan }: Catalogue): readonly string[] {
  const { help, call, feedback } = strategy;
  const named = [help.answers, help.short, call.answers, call.short, feedback.answers, agreement];
  return [...named, debrief.outcomes, debrief.feedbacks, goal.shares, plan.scopes].flatMap((answers) =>
    Object.values<string>(answers),
  );
}

/** Every label that a button of Attune's may have, in this language. */
function everyLabel(say: Catalogue): readonly string[] {
  const { buttons, consent, goal, home, commands, plan, settle } = say;
  return [
    ...everyAnswer(say),
    ...Object.values(buttons),
    settle.apart,
    settle.ownWords,
    settle.tell,
    consent.agree,
    consent.decline,
    consent.more,
    goal.same,
    goal.others,
    goal.none,
    goal.strategyOffer,
    ...Object.values(goal.suggestions),
    plan.whyOffer,
    home.answer,
    home.setGoal,
    home.resume,
    home.start,
    commands.eraseYes,
    ...Object.values(commands.pauseChoices),
  ];
}

/** Labels of buttons that still stand on cards from before 0.2. */
const OLD_LABELS = [
  "We talked about it",
  "話し合いました",
  "Patient safety first",
  "患者さんの安全を最優先にする",
];

/** Every label of every language: never words for anybody. */
export const EVERY_LABEL: readonly string[] = [
  ...Object.values(CATALOGUES).flatMap(everyLabel),
  ...OLD_LABELS,
];
