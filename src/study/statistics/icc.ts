import { mean, sum, TINY, type Estimate, type Limits } from "./pairs.ts";
import { fQuantile, UPPER } from "./quantiles.ts";

/** The intraclass correlations that Shrout & Fleiss (1979) call (1,1), (2,1), (3,1), (2,k) and (3,k); without those that divide by nothing. */
export interface Intraclass {
  readonly oneWay?: Estimate;
  /** Agreement: a constant difference between the raters counts. */
  readonly agreement?: Estimate;
  /** Consistency: it does not. */
  readonly consistency?: Estimate;
  readonly agreementOfMeans?: Estimate;
  readonly consistencyOfMeans?: Estimate;
}

/** The mean squares of a two-way analysis of variance. */
interface MeanSquares {
  readonly subjects: number;
  readonly raters: number;
  readonly rest: number;
  /** Raters and rest together. */
  readonly within: number;
}

/**
 * Intraclass correlations of subjects that the same raters have rated, each once, with limits of 95 % (Shrout & Fleiss 1979;
 * McGraw & Wong 1996). Undefined for fewer than two subjects or raters, and where no rating differs from any other. Where a value is one
 * beyond doubt, or its limits divide by nothing, it has no limits.
 */
export function intraclass(ratings: readonly (readonly number[])[]): Intraclass | undefined {
  const n = ratings.length;
  const k = ratings[0]?.length ?? 0;
  if (n < 2 || k < 2) return undefined;
  const squares = meanSquares(ratings);
  const { subjects, raters, rest, within } = squares;
  if (subjects < TINY && raters < TINY && rest < TINY) return undefined;
  const freedom = (n - 1) * (k - 1);
  const agreement = estimate(
    divided(subjects - rest, subjects + (k - 1) * rest + (k * (raters - rest)) / n),
    (value) => agreementLimits(value, squares, n, k),
  );
  const consistency = estimate(divided(subjects - rest, subjects + (k - 1) * rest), () =>
    ratioLimits(subjects, rest, { n, k, freedom }),
  );
  const oneWay = estimate(divided(subjects - within, subjects + (k - 1) * within), () =>
    ratioLimits(subjects, within, { n, k, freedom: n * (k - 1) }),
  );
  return {
    ...(oneWay === undefined ? {} : { oneWay }),
    ...(agreement === undefined ? {} : { agreement, agreementOfMeans: ofMeans(agreement, k) }),
    ...(consistency === undefined ? {} : { consistency, consistencyOfMeans: ofMeans(consistency, k) }),
  };
}

const divided = (above: number, below: number): number | undefined =>
  Math.abs(below) < TINY ? undefined : above / below;

function estimate(
  value: number | undefined,
  limitsOf: (value: number) => Limits | undefined,
): Estimate | undefined {
  if (value === undefined) return undefined;
  const limits = limitsOf(value);
  return { value, ...(limits === undefined ? {} : { limits }) };
}

function meanSquares(ratings: readonly (readonly number[])[]): MeanSquares {
  const n = ratings.length;
  const k = ratings[0]!.length;
  const all = mean(ratings.flat());
  const ofSubjects = ratings.map(mean);
  const ofRaters = ratings[0]!.map((_, rater) => mean(ratings.map((row) => row[rater]!)));
  const between = (means: readonly number[], each: number): number =>
    each * sum(means.map((one) => (one - all) ** 2));
  const subjects = between(ofSubjects, k);
  const raters = between(ofRaters, n);
  const rest = sum(
    ratings.flatMap((row, i) => row.map((one, j) => (one - ofSubjects[i]! - ofRaters[j]! + all) ** 2)),
  );
  return {
    subjects: subjects / (n - 1),
    raters: raters / (k - 1),
    rest: rest / ((n - 1) * (k - 1)),
    within: (raters + rest) / (n * (k - 1)),
  };
}

/** Limits where the value is a ratio of two mean squares. */
function ratioLimits(
  subjects: number,
  error: number,
  { n, k, freedom }: { readonly n: number; readonly k: number; readonly freedom: number },
): Limits | undefined {
  if (error < TINY) return undefined;
  const ratio = subjects / error;
  const low = ratio / fQuantile(UPPER, n - 1, freedom);
  const high = ratio * fQuantile(UPPER, freedom, n - 1);
  return { low: (low - 1) / (low + k - 1), high: (high - 1) / (high + k - 1) };
}

/** Limits of agreement: Shrout & Fleiss 1979, page 425, with Satterthwaite's degrees of freedom. */
function agreementLimits(
  value: number,
  { subjects, raters, rest }: MeanSquares,
  n: number,
  k: number,
): Limits | undefined {
  if (rest < TINY) return undefined;
  const ratio = raters / rest;
  const spread = n * (1 + (k - 1) * value) - k * value;
  const freedom =
    ((k - 1) * (n - 1) * (k * value * ratio + spread) ** 2) /
    ((n - 1) * k ** 2 * value ** 2 * ratio ** 2 + spread ** 2);
  if (!(freedom > TINY)) return undefined;
  const above = fQuantile(UPPER, n - 1, freedom);
  const below = fQuantile(UPPER, freedom, n - 1);
  const base = k * raters + (k * n - k - n) * rest;
  return {
    low: (n * (subjects - above * rest)) / (above * base + n * subjects),
    high: (n * (below * subjects - rest)) / (base + n * below * subjects),
  };
}

/** The same of the mean of `k` raters (Spearman 1910, Brown 1910). */
function ofMeans({ value, limits }: Estimate, k: number): Estimate {
  const longer = (one: number): number => (k * one) / (1 + (k - 1) * one);
  return {
    value: longer(value),
    ...(limits === undefined ? {} : { limits: { low: longer(limits.low), high: longer(limits.high) } }),
  };
}
