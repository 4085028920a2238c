import type { StudyRow } from "./rows.ts";
import type { Pair } from "./statistics/pairs.ts";

/** Two views that are compared: which, and as steps of which scale. */
export interface Wave {
  readonly id: WaveId;
  readonly title: string;
  readonly steps: number;
  readonly isOrdered: boolean;
  /** What it means that the second view is the lower, or the higher, step. On the scale of help a higher step is less help. */
  readonly lower: string;
  readonly higher: string;
}

export type WaveId = (typeof WAVES)[number]["id"];

/** What is compared, in the order in which it happens. The first view is the resident's, or what was settled. */
export const WAVES = [
  {
    id: "help",
    title: "Help: wanted by the resident, planned by the attending",
    of: "help",
    lower: "more help planned than wanted",
    higher: "less help planned than wanted",
  },
  {
    id: "call",
    title: "When to check in: resident, attending",
    of: "call",
    lower: "earlier for the attending",
    higher: "later for the attending",
  },
  {
    id: "feedback",
    title: "When feedback comes: resident, attending",
    of: "feedback",
    lower: "",
    higher: "",
  },
  {
    id: "settled-happened",
    title: "Help: settled on, and what happened as both say (rounded mean)",
    of: "help",
    lower: "more help than settled on",
    higher: "less help than settled on",
  },
  {
    id: "happened",
    title: "Help that happened: as the resident says, as the attending says",
    of: "happened",
    lower: "more help as the attending says",
    higher: "less help as the attending says",
  },
  {
    id: "week-goal",
    title: "The same goal (check-in): resident, attending",
    of: "week-goal",
    lower: "the attending agrees less",
    higher: "the attending agrees more",
  },
  {
    id: "week-strategy",
    title: "How it worked for learning (check-in): resident, attending",
    of: "week-strategy",
    lower: "the attending agrees less",
    higher: "the attending agrees more",
  },
  {
    id: "week-trust",
    title: "Easy to ask for help (check-in): resident, attending",
    of: "week-trust",
    lower: "the attending agrees less",
    higher: "the attending agrees more",
  },
] as const;

/** A pair of views, with whose it is and when. */
export interface Case extends Pair, Pick<StudyRow, "week"> {
  readonly dyad: string;
  readonly people: Pick<StudyRow, "resident" | "attending">;
}

/** The cases of a wave. */
export function casesOf(id: WaveId, rows: readonly StudyRow[]): readonly Case[] {
  const item = WAVES.find((wave) => wave.id === id)!.of;
  return rows
    .filter((row) => row.item === item)
    .flatMap((row): readonly Case[] => {
      const { resident, attending, week } = row;
      const base = { dyad: `${resident} ${attending}`, week, people: { resident, attending } };
      if (id !== "settled-happened") return [{ ...base, resident: row.x, attending: row.y }];
      if (row.settled === undefined || row.happened === undefined) return [];
      return [{ ...base, resident: row.settled, attending: Math.round(row.happened) }];
    });
}
