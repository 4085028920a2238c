import type { PersonId } from "./person.ts";
import type { WeekNumber } from "./zone.ts";

/** One thing that happened, counted in a program figure: whose shift it was, and whether it is a hit. */
export interface Contribution {
  readonly week: WeekNumber;
  readonly residents: readonly PersonId[];
  readonly attendings: readonly PersonId[];
  readonly hit: boolean;
}

/** Different people of each side: those who must stand behind a part, or those who are still wanted. */
export interface Sides {
  readonly residents: number;
  readonly attendings: number;
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

/** What stands of a figure: its parts, and who is still wanted before the next one. */
export interface Publication {
  readonly parts: readonly Part[];
  readonly wanted: Sides;
}

/**
 * What has been published of a figure, and what may be published now. A week's contributions wait until, with those
 * that wait beside them, at least `minimum` different residents and attendings stand behind them. Any two figures that
 * were ever shown differ by whole parts: so one subtracted from the other never tells of fewer people than that,
 * whoever stopped, left or was erased in between. Residents and attendings are counted apart: five people who are one
 * resident and four attendings would show the attendings that resident.
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

/** A figure as a whole percentage. Where it is shown, a share near none or near all is told in words (coordinator.share). */
export const percent = ({ hits, of }: Figure): number => Math.round((100 * hits) / of);
