import type { Limits } from "./pairs.ts";

/** How often a bootstrap draws: enough for limits to two digits. */
const ROUNDS = 1_000;

/** Limits of 95 % by drawing clusters anew, and in how many draws the value was undefined. */
export interface Bootstrapped {
  readonly limits?: Limits;
  readonly undefinedIn: number;
}

/**
 * Percentile limits of a statistic whose cases hang together in clusters: whole clusters are drawn with replacement (Efron & Tibshirani
 * 1993; Field & Welsh 2007 for clusters). Undefined where there are fewer than two clusters, or the statistic is undefined in most draws.
 *
 * @param random evenly spread numbers in [0, 1); the same seed gives the same limits
 */
export function bootstrapped<Case>(
  clusters: readonly (readonly Case[])[],
  statistic: (cases: readonly Case[]) => number | undefined,
  random: () => number,
  rounds = ROUNDS,
): Bootstrapped {
  if (clusters.length < 2) return { undefinedIn: rounds };
  const values: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const drawn = clusters.flatMap(() => clusters[Math.floor(random() * clusters.length)]!);
    const value = statistic(drawn);
    if (value !== undefined) values.push(value);
  }
  const undefinedIn = rounds - values.length;
  if (undefinedIn > rounds / 2) return { undefinedIn };
  values.sort((a, b) => a - b);
  return { limits: { low: quantile(values, 0.025), high: quantile(values, 0.975) }, undefinedIn };
}

/** The quantile of sorted values as R has it by default (type 7). */
function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - below);
}
