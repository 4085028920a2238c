import { TINY } from "./pairs.ts";

/** One case: two people's views, both centred at the middle of the scale, and what came of it. */
export interface SurfaceCase {
  readonly x: number;
  readonly y: number;
  readonly outcome: number;
}

/** outcome = b0 + b1 x + b2 y + b3 x² + b4 xy + b5 y² */
export type Coefficients = readonly [number, number, number, number, number, number];

/** What of a response surface is read (Edwards & Parry 1993; Shanock et al. 2010). */
export interface Surface {
  /** Slope along agreement (x = y). */
  readonly a1: number;
  /** Curvature along agreement. */
  readonly a2: number;
  /** Slope along disagreement (x = −y). */
  readonly a3: number;
  /** Curvature along disagreement: below 0, the outcome falls as views part. */
  readonly a4: number;
  /** Where the surface is flat; undefined where it is nowhere, or along a line. */
  readonly stationary?: { readonly x: number; readonly y: number };
}

export function surfaceOf([, b1, b2, b3, b4, b5]: Coefficients): Surface {
  const below = 4 * b3 * b5 - b4 ** 2;
  return {
    a1: b1 + b2,
    a2: b3 + b4 + b5,
    a3: b1 - b2,
    a4: b3 - b4 + b5,
    ...(Math.abs(below) < TINY
      ? {}
      : { stationary: { x: (b2 * b4 - 2 * b1 * b5) / below, y: (b1 * b4 - 2 * b2 * b3) / below } }),
  };
}

/**
 * Least squares of the polynomial of second order (Edwards 1994), by the normal equations. They are six, and the values small, so nothing
 * better is needed. Undefined where the cases do not determine it: fewer than seven, or all on too few points.
 */
export function fitted(cases: readonly SurfaceCase[]): Coefficients | undefined {
  const rows = cases.map(({ x, y }) => [1, x, y, x ** 2, x * y, y ** 2]);
  if (rows.length < 7) return undefined;
  const system = Array.from({ length: 6 }, (_, i) => [
    ...Array.from({ length: 6 }, (_unused, j) => rows.reduce((all, row) => all + row[i]! * row[j]!, 0)),
    rows.reduce((all, row, at) => all + row[i]! * cases[at]!.outcome, 0),
  ]);
  return solved(system) as Coefficients | undefined;
}

/** Gauss' elimination with the largest pivot. The last column of each row is the right side. */
function solved(system: number[][]): readonly number[] | undefined {
  const size = system.length;
  const scale = Math.max(...system.flat().map(Math.abs));
  for (let at = 0; at < size; at++) {
    const best = system
      .slice(at)
      .reduce((most, row) => (Math.abs(row[at]!) > Math.abs(most[at]!) ? row : most));
    const place = system.indexOf(best);
    [system[at], system[place]] = [best, system[at]!];
    if (Math.abs(best[at]!) < scale * 1e-10) return undefined;
    for (const row of system) {
      if (row === best) continue;
      const factor = row[at]! / best[at]!;
      for (let j = at; j <= size; j++) row[j]! -= factor * best[j]!;
    }
  }
  return system.map((row, at) => row[size]! / row[at]!);
}
