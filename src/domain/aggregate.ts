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

/** What a figure gained when it was published: everything counted up to a week, since the part before it. Never changes. */
export interface Part extends Figure {
  readonly through: WeekNumber;
}

/**
 * What has been published of a figure, and what may be published now. A week's contributions wait until, with those
 * that wait beside them, at least `minimum` different people stand behind them. Any two figures that were ever shown
 * differ by whole parts: so one subtracted from the other never tells of fewer people than that, whoever stopped,
 * left or was erased in between.
 */
export function published(
  parts: readonly Part[],
  contributions: readonly Contribution[],
  minimum: number,
): readonly Part[] {
  const last = parts.at(-1)?.through ?? -Infinity;
  const fresh = Map.groupBy(
    contributions.filter(({ week }) => week > last),
    ({ week }) => week,
  );
  const all = [...parts];
  let waiting: Contribution[] = [];
  for (const through of [...fresh.keys()].toSorted((a, b) => a - b)) {
    waiting.push(...fresh.get(through)!);
    if (new Set(waiting.flatMap((one) => one.people)).size < minimum) continue;
    all.push({ through, hits: waiting.filter((one) => one.hit).length, of: waiting.length });
    waiting = [];
  }
  return all;
}

/** A figure as it stood after a week: what was published up to then, or undefined while nothing was. */
export function figureAfter(week: WeekNumber, parts: readonly Part[]): Figure | undefined {
  const shown = parts.filter(({ through }) => through <= week);
  return shown.length === 0
    ? undefined
    : shown.reduce(({ hits, of }, part) => ({ hits: hits + part.hits, of: of + part.of }), {
        hits: 0,
        of: 0,
      });
}

/** A figure as a whole percentage. */
export const percent = ({ hits, of }: Figure): number => Math.round((100 * hits) / of);
