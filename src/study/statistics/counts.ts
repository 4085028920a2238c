import { mean, type Pair } from "./pairs.ts";

/** How far pairs of answers are apart, in steps of their scale. */
export interface Counts {
  readonly n: number;
  readonly equal: number;
  /** At most one step apart, the equal ones as well. */
  readonly withinOne: number;
  readonly twoOrMore: number;
  /** The mean of attending minus resident; undefined of no pairs. */
  readonly signedMean?: number;
  /** How many attendings' answers are lower than the resident's, and higher. */
  readonly lower: number;
  readonly higher: number;
}

export function countsOf(pairs: readonly Pair[]): Counts {
  const apart = pairs.map(({ resident, attending }) => attending - resident);
  const count = (holds: (steps: number) => boolean): number => apart.filter(holds).length;
  return {
    n: pairs.length,
    equal: count((steps) => steps === 0),
    withinOne: count((steps) => Math.abs(steps) <= 1),
    twoOrMore: count((steps) => Math.abs(steps) >= 2),
    ...(apart.length === 0 ? {} : { signedMean: mean(apart) }),
    lower: count((steps) => steps < 0),
    higher: count((steps) => steps > 0),
  };
}
