/** What two people answered about one thing, as steps of one scale, from 1. */
export interface Pair {
  readonly resident: number;
  readonly attending: number;
}

/** A value with what is known of how far off it may be: a large-sample standard error and limits of 95 %, where they are defined. */
export interface Estimate {
  readonly value: number;
  readonly error?: number;
  readonly limits?: Limits;
}

export interface Limits {
  readonly low: number;
  readonly high: number;
}

/** How two steps of a scale agree: 1 for the same step, 0 for the two ends. */
export type Weighting = "unweighted" | "linear" | "quadratic";

export type Matrix = readonly (readonly number[])[];

/** Proportions of pairs by step of the resident (rows) and of the attending (columns). It takes counts as well. */
export function tableOf(pairs: readonly Pair[], steps: number): Matrix {
  const counts = Array.from({ length: steps }, () => Array.from({ length: steps }, () => 0));
  for (const { resident, attending } of pairs) counts[resident - 1]![attending - 1]! += 1;
  return counts;
}

/** Agreement weights by the distance of two of `steps` steps (Cohen 1968; Fleiss & Cohen 1973). */
export const weightsOf = (weighting: Weighting, steps: number): Matrix =>
  Array.from({ length: steps }, (_, i) =>
    Array.from({ length: steps }, (_unused, j) => {
      const apart = Math.abs(i - j) / (steps - 1);
      if (weighting === "unweighted") return i === j ? 1 : 0;
      return weighting === "linear" ? 1 - apart : 1 - apart ** 2;
    }),
  );

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

export const mean = (numbers: readonly number[]): number => sum(numbers) / numbers.length;

/** The sum over all cells of a square table. */
export const overCells = (size: number, of: (i: number, j: number) => number): number => {
  let all = 0;
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) all += of(i, j);
  return all;
};

/** A table of counts as proportions, with the sums of its rows and columns. */
export function proportionsOf(counts: Matrix): {
  readonly n: number;
  readonly cells: Matrix;
  readonly rows: readonly number[];
  readonly columns: readonly number[];
} {
  const n = sum(counts.map(sum));
  const cells = counts.map((row) => row.map((count) => count / n));
  const columns = counts.map((_, j) => sum(cells.map((row) => row[j]!)));
  return { n, cells, rows: cells.map(sum), columns };
}

/** Sums of shares differ from whole numbers in the last digits. */
export const TINY = 1e-12;
