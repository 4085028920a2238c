import type { PersonId } from "./person.ts";
import type { WeekNumber } from "./zone.ts";

/** One thing that happened, counted in a program figure: who contributed to it, and whether it is a hit. */
export interface Contribution {
  readonly week: WeekNumber;
  readonly people: readonly PersonId[];
  readonly hit: boolean;
}

/** A figure that may be shown. */
export interface Figure {
  readonly hits: number;
  readonly of: number;
}

/**
 * The figure that a program may show, pooled from its first week on, or undefined while fewer than `minimum`
 * different people have contributed. A week's contributions enter only together with enough others: so two
 * digests, one subtracted from the other, never tell of fewer people than one alone.
 */
export function publishedFigure(contributions: readonly Contribution[], minimum: number): Figure | undefined {
  const weeks = Map.groupBy(contributions, (one) => one.week);
  let released: Figure | undefined;
  let waiting: Contribution[] = [];
  for (const week of [...weeks.keys()].toSorted((a, b) => a - b)) {
    waiting.push(...weeks.get(week)!);
    if (new Set(waiting.flatMap((one) => one.people)).size < minimum) continue;
    const hits = waiting.filter((one) => one.hit).length;
    released = { hits: (released?.hits ?? 0) + hits, of: (released?.of ?? 0) + waiting.length };
    waiting = [];
  }
  return released;
}

/** A figure as a whole percentage. */
export const percent = ({ hits, of }: Figure): number => Math.round((100 * hits) / of);
