import { figureAfter, type Figure, type Sides } from "#src/domain/aggregate.ts";
import type { OrderedId } from "#src/domain/forms.ts";
import type { Program } from "#src/domain/program.ts";
import type { WeekNumber } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import type { Context } from "../context.ts";
import { categoryOf, HOURS, ORDERED, singleAt, type Counted } from "./contributions.ts";
import { publishedOf, type Published } from "./publish-figures.ts";

/** A figure that may be shown; or, while too few people have contributed, how many of each side are still wanted. */
export type Shown = { readonly figure: Figure } | { readonly wanted: Sides };

/** The figures of a program. */
export interface ProgramFigures {
  /** Of the shifts with an answer about strategy, those that both partners answered. */
  readonly both: Shown;
  /** Of the same shifts, those that only one has answered, by the local hour in which they begin. Nothing while they may not be shown. */
  readonly single: ReadonlyMap<number, Figure>;
  /** Of the goals that were shared and looked back on: those that were worked on, partly, and those with feedback on them. */
  readonly closed: Shown;
  readonly partly: Shown;
  readonly feedback: Shown;
  /** The same goals by their category: what share each has. Nothing while they may not be shown. */
  readonly categories: ReadonlyMap<string, Figure>;
  /** By ordinal strategy item: of what both answered, what lay so far apart that it is worth a talk. */
  readonly gaps: ReadonlyMap<OrderedId, Shown>;
  /**
   * Of what lay that far apart, what the two settled. Nothing is told of it before it may be shown: how many are still wanted
   * would tell how many had such a gap.
   */
  readonly settled: Figure | undefined;
  /** Of the answers about trust, those of people who found it easy to ask for help, or made it easy. */
  readonly easy: Shown;
}

/** The program's figures as they stood after a week. They are read from what was published, and nothing is counted anew. */
export const programFigures = async (
  { store, program }: Pick<Context, "program"> & { readonly store: Pick<Store, "note"> },
  week: WeekNumber,
): Promise<ProgramFigures> => figuresAfter(week, await publishedOf(store), program);

/** The same of what was published already. */
export function figuresAfter(
  week: WeekNumber,
  { tallies, wanted }: Published,
  program: Program,
): ProgramFigures {
  const figure = (counted: Counted, name: string) => figureAfter(week, tallies[counted]?.parts ?? [], name);
  const after = (counted: Counted, name: string): Shown => {
    const found = figure(counted, name);
    if (found !== undefined) return { figure: found };
    // A week's shifts are counted in the weeks after it.
    const then = wanted?.[counted]?.findLast((one) => one.week <= week + 1);
    const { residents, attendings } = then ?? program.policy.aggregate;
    return { wanted: { residents, attendings } };
  };
  return {
    both: after("shifts", "both"),
    single: new Map(
      HOURS.flatMap((hour) => {
        const found = figure("shifts", singleAt(hour));
        return found === undefined ? [] : [[hour, found]];
      }),
    ),
    closed: after("goals", "closed"),
    partly: after("goals", "partly"),
    feedback: after("goals", "feedback"),
    categories: new Map(
      program.goals.flatMap(({ id }) => {
        const found = figure("goals", categoryOf(id));
        return found === undefined ? [] : [[id, found]];
      }),
    ),
    gaps: new Map(ORDERED.map((id) => [id, after("exchanges", id)])),
    settled: figure("differences", "settled"),
    easy: after("check-ins", "easy"),
  };
}

/** The weeks with which parts of these ended, up to a week: when the figures have moved. */
export function publishedWeeks(
  { tallies }: Published,
  counted: readonly Counted[],
  week: WeekNumber,
): readonly WeekNumber[] {
  const ends = counted.flatMap((one) => (tallies[one]?.parts ?? []).map(({ through }) => through));
  return [...new Set(ends)].filter((through) => through <= week).toSorted((a, b) => a - b);
}
