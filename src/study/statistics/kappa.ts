import { NORMAL_975 } from "./quantiles.ts";
import { overCells, proportionsOf, TINY, type Estimate, type Matrix } from "./pairs.ts";

/**
 * Weighted kappa of two raters (Cohen 1960, 1968) with the large-sample standard error of Fleiss, Cohen & Everitt (1969) and normal
 * limits. Undefined where chance alone explains everything, as where all answers are the same.
 *
 * @param counts pairs by the step of one rater (rows) and of the other (columns)
 * @param weights of agreement: 1 on the diagonal (`weightsOf`)
 */
export function weightedKappa(counts: Matrix, weights: Matrix): Estimate | undefined {
  const { n, cells, rows, columns } = proportionsOf(counts);
  const size = counts.length;
  if (n === 0) return undefined;
  const observed = overCells(size, (i, j) => cells[i]![j]! * weights[i]![j]!);
  const expected = overCells(size, (i, j) => rows[i]! * columns[j]! * weights[i]![j]!);
  if (1 - expected < TINY) return undefined;
  const value = (observed - expected) / (1 - expected);
  const ofRow = weights.map((row) => row.reduce((all, weight, j) => all + weight * columns[j]!, 0));
  const ofColumn = weights.map((_, j) => weights.reduce((all, row, i) => all + row[j]! * rows[i]!, 0));
  const squares = overCells(
    size,
    (i, j) => cells[i]![j]! * (weights[i]![j]! - (ofRow[i]! + ofColumn[j]!) * (1 - value)) ** 2,
  );
  const variance = (squares - (value - expected * (1 - value)) ** 2) / (n * (1 - expected) ** 2);
  const error = Math.sqrt(Math.max(0, variance));
  return {
    value,
    error,
    limits: { low: value - NORMAL_975 * error, high: Math.min(1, value + NORMAL_975 * error) },
  };
}
