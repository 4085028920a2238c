import { ITEMS, valuesOf, type Visibility } from "#src/domain/forms.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Program } from "#src/domain/program.ts";
import { CATALOGUES } from "#src/words/words.ts";
import type { StudyItem } from "./rows.ts";

/** What the codebook says of an item. */
export interface ItemFacts {
  readonly item: StudyItem;
  readonly form: "shift" | "check-in";
  /** Raised whenever its wording changes in any language. */
  readonly version: number;
  readonly steps: number;
  /** Whether one answer can be more than another. */
  readonly isOrdered: boolean;
  readonly visibility: Visibility;
}

/** How far the wording has come; a test holds each to its words. */
const VERSIONS: Readonly<Record<StudyItem, number>> = {
  help: 2,
  call: 2,
  feedback: 2,
  happened: 1,
  "week-goal": 1,
  "week-strategy": 1,
  "week-trust": 1,
};

const stepsOf = (item: StudyItem): number => valuesOf(ITEMS[item])!.length;

export const STUDY_ITEMS = Object.keys(VERSIONS) as readonly StudyItem[];

export const factsOf = (item: StudyItem): ItemFacts => ({
  item,
  form: item.startsWith("week-") ? "check-in" : "shift",
  version: VERSIONS[item],
  steps: stepsOf(item),
  isOrdered: ITEMS[item].scale.type !== "nominal",
  visibility: ITEMS[item].visibility,
});

/** The middle of the item's scale. Both sides are centred there, never each at its own mean: else what they differ by would be gone. */
export const midpointOf = (item: StudyItem): number => (stepsOf(item) + 1) / 2;

/** What either side is asked, and the answers in words, from the first step on. */
export interface Wording {
  readonly resident: string;
  readonly attending: string;
  readonly answers: readonly string[];
}

/** How an item reads in a language; the partner's name stands as "…". */
export function wordingOf(item: StudyItem, locale: Locale): Wording {
  const { strategy, debrief, checkIn, agreement } = CATALOGUES[locale];
  const agreeing = Object.values(agreement);
  switch (item) {
    case "help":
    case "call":
    case "feedback":
      return {
        resident: strategy[item].resident,
        attending: strategy[item].attending("…"),
        answers: Object.values(strategy[item].answers),
      };
    case "happened":
      return {
        resident: debrief.happened,
        attending: debrief.happenedWith("…"),
        answers: Object.values(strategy.help.answers),
      };
    case "week-goal":
      return { resident: checkIn.goal, attending: checkIn.goal, answers: agreeing };
    case "week-strategy":
      return { resident: checkIn.strategyResident, attending: checkIn.strategyAttending, answers: agreeing };
    case "week-trust":
      return { resident: checkIn.trustResident, attending: checkIn.trustAttending, answers: agreeing };
    default:
      return item satisfies never;
  }
}

/** When two answers to an item count as a mismatch, in words. */
export function mismatchRule(item: StudyItem, { mismatch }: Program["policy"]): string {
  switch (item) {
    case "help":
    case "call":
      return `${mismatch.ordinalSteps} steps or more apart on one shift, or one step in the same direction on ${mismatch.run.at} of the last ${mismatch.run.of} shifts that both answered`;
    case "feedback":
      return `different choices on ${mismatch.nominal.at} of the last ${mismatch.nominal.of} shifts that both answered`;
    case "happened":
      return `${mismatch.ordinalSteps} steps or more from what was settled or, where nothing was, wanted by both`;
    case "week-goal":
    case "week-strategy":
      return `${mismatch.checkInPoints} points or more apart, or both at ${mismatch.checkInLow} or lower`;
    case "week-trust":
      return "never compared: no partner sees the other's answer";
    default:
      return item satisfies never;
  }
}
