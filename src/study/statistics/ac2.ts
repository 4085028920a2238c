import { overCells, proportionsOf, sum, type Estimate, type Matrix } from "./pairs.ts";
import { tQuantile, UPPER } from "./quantiles.ts";

/**
 * Gwet's AC2 of two raters (AC1 where nothing but the same step agrees), with its standard error and limits by Student's t, as the R
 * package irrCAC has them of raw ratings (Gwet 2008; Gwet 2014, chapters 4 and 5): the variance divides by n − 1, of a table there by n. It is defined where all answers are the same, as kappa is not. The limits
 * need two pairs.
 *
 * @param counts pairs by the step of one rater (rows) and of the other (columns); steps that nobody chose count as well
 */
export function gwetAc2(counts: Matrix, weights: Matrix): Estimate | undefined {
  const { n, cells, rows, columns } = proportionsOf(counts);
  const size = counts.length;
  if (n === 0 || size < 2) return undefined;
  const observed = overCells(size, (i, j) => cells[i]![j]! * weights[i]![j]!);
  const shares = rows.map((row, step) => (row + columns[step]!) / 2);
  const perPair = sum(weights.map(sum)) / (size * (size - 1));
  const expected = perPair * sum(shares.map((share) => share * (1 - share)));
  const value = (observed - expected) / (1 - expected);
  if (n < 2) return { value };
  const squares = overCells(size, (i, j) => {
    const chance = perPair * (1 - (shares[i]! + shares[j]!) / 2);
    return cells[i]![j]! * (weights[i]![j]! - 2 * (1 - value) * chance) ** 2;
  });
  const variance = (squares - (observed - 2 * (1 - value) * expected) ** 2) / ((n - 1) * (1 - expected) ** 2);
  const error = Math.sqrt(Math.max(0, variance));
  const wide = tQuantile(UPPER, n - 1) * error;
  return { value, error, limits: { low: value - wide, high: Math.min(1, value + wide) } };
}
