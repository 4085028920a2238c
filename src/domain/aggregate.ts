import type { PersonId } from "./person.ts";
import type { WeekNumber } from "./zone.ts";

/** One case that a program figure counts: whose shift it was, and whether it counts as a yes. */
export interface Contribution {
  readonly week: WeekNumber;
  readonly residents: readonly PersonId[];
  readonly attendings: readonly PersonId[];
  readonly hit: boolean;
}

/** Numbers of different people: how many a part must have, or how many are still missing. */
export interface Sides {
  readonly residents: number;
  readonly attendings: number;
}

/** A figure that may be shown. */
export interface Figure {
  readonly hits: number;
  readonly of: number;
}

/** A published part of a figure: what was counted since the part before it, up to a week. It never changes. */
export interface Part extends Figure {
  readonly through: WeekNumber;
}

/** A figure: its published parts, and how many people are missing before the next part. */
export interface Publication {
  readonly parts: readonly Part[];
  readonly wanted: Sides;
}

/**
 * Publishes a figure in parts. The contributions of a week wait until at least `minimum` different residents and attendings
 * have contributed to all that waits. So any two figures that were ever shown differ by whole parts, and subtracting one
 * from the other never tells about fewer people. This also holds when people stop, leave or are erased in between.
 * Residents and attendings are counted separately: a part of one resident and four attendings would show the attendings
 * what that resident answered.
 */
export function published(
  parts: readonly Part[],
  contributions: readonly Contribution[],
  minimum: Sides,
): Publication {
  const last = parts.at(-1)?.through ?? -Infinity;
  const fresh = Map.groupBy(
    contributions.filter(({ week }) => week > last),
    ({ week }) => week,
  );
  const all = [...parts];
  let waiting: Contribution[] = [];
  for (const through of [...fresh.keys()].toSorted((a, b) => a - b)) {
    waiting.push(...fresh.get(through)!);
    if (!isEnough(wantedBeside(waiting, minimum))) continue;
    all.push({ through, hits: waiting.filter((one) => one.hit).length, of: waiting.length });
    waiting = [];
  }
  return { parts: all, wanted: wantedBeside(waiting, minimum) };
}

const isEnough = ({ residents, attendings }: Sides): boolean => residents === 0 && attendings === 0;

function wantedBeside(waiting: readonly Contribution[], minimum: Sides): Sides {
  const count = (side: keyof Sides) => new Set(waiting.flatMap((one) => one[side])).size;
  const left = (side: keyof Sides) => Math.max(0, minimum[side] - count(side));
  return { residents: left("residents"), attendings: left("attendings") };
}

/** A figure as it was after a week: what was published until then. Undefined if nothing was. */
export function figureAfter(week: WeekNumber, parts: readonly Part[]): Figure | undefined {
  const shown = parts.filter(({ through }) => through <= week);
  return shown.length === 0
    ? undefined
    : shown.reduce(({ hits, of }, part) => ({ hits: hits + part.hits, of: of + part.of }), {
        hits: 0,
        of: 0,
      });
}

/** A figure in whole per cent. A share near 0 or 100 is shown in words instead (coordinator.share). */
export const percent = ({ hits, of }: Figure): number => Math.round((100 * hits) / of);
