import { equalShare } from "./agreement.ts";
import type { Case } from "./waves.ts";
import { mean, sum, type Pair } from "./statistics/pairs.ts";
import { tQuantile } from "./statistics/quantiles.ts";

/** The slope of equal answers by week, tested against no rise. */
export interface Rise {
  /** Change of the share of equal answers a week, in percentage points. */
  readonly slope: number;
  /** Whether it rises, one-sided at 5 %. */
  readonly isSeen: boolean;
}

/** One-sided, 5 %. */
const LEVEL = 0.95;

/**
 * Whether equal answers grow more frequent from week to week: the slope of least squares, with a standard error that is robust for
 * clusters (Liang & Zeger 1986), here residents, and Student's t with clusters − 1 degrees of freedom (Cameron & Miller 2015). Undefined for
 * fewer than two clusters, or where all cases are of one week.
 */
export function riseOf(clusters: readonly (readonly Case[])[]): Rise | undefined {
  const cases = clusters.flat();
  if (clusters.length < 2) return undefined;
  const isEqual = ({ resident, attending }: Case): number => (resident === attending ? 100 : 0);
  const middle = mean(cases.map(({ week }) => week));
  const spread = sum(cases.map(({ week }) => (week - middle) ** 2));
  if (!(spread > 0)) return undefined;
  const average = mean(cases.map(isEqual));
  const slope = sum(cases.map((one) => (one.week - middle) * (isEqual(one) - average))) / spread;
  const scores = clusters.map((own) =>
    sum(own.map((one) => (one.week - middle) * (isEqual(one) - average - slope * (one.week - middle)))),
  );
  const count = clusters.length;
  const variance = ((count / (count - 1)) * sum(scores.map((score) => score ** 2))) / spread ** 2;
  const critical = tQuantile(LEVEL, count - 1);
  return { slope, isSeen: slope > critical * Math.sqrt(variance) };
}

/** How often a rise is seen in studies of so many residents, drawn from a pool; with the limits that drawing so often leaves. */
export interface Power {
  readonly residents: number;
  readonly power: number;
  /** Half the width of 95 % limits of `power`, from the number of draws alone. */
  readonly within: number;
}

/**
 * @param pool the cases of each resident: how many there are, and in which weeks, is what a draw takes from it
 * @param answered what the two answer on a case, anew for every study: else a study would see the chance of the pool
 */
export function powerOf(
  pool: readonly (readonly Case[])[],
  residents: number,
  { draws, random, answered }: Draws,
): Power {
  let seen = 0;
  for (let draw = 0; draw < draws; draw++) {
    const drawn = Array.from({ length: residents }, () =>
      pool[Math.floor(random() * pool.length)]!.map((one) => ({ ...one, ...answered(one.week) })),
    );
    if (riseOf(drawn)?.isSeen === true) seen += 1;
  }
  const power = seen / draws;
  return { residents, power, within: 1.96 * Math.sqrt((power * (1 - power)) / draws) };
}

interface Draws {
  readonly draws: number;
  readonly random: () => number;
  answered(week: number): Pair;
}

/** The share of equal answers in a week, in per cent; undefined where there are none. */
export const equalIn = (pool: readonly (readonly Case[])[], week: number): number | undefined =>
  equalShare(pool.flat().filter((one) => one.week === week));
