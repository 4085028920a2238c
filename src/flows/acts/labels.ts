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

/** Every label that a button of Attune's may have, in this language. */
function everyLabel(say: Catalogue): readonly string[] {
  const { buttons, consent, goal, home, commands, plan, settle } = say;
  return [
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
