import { sum, TINY } from "./pairs.ts";

/** How two values differ, by the level of measurement. */
export type Level = "nominal" | "ordinal" | "interval" | "ratio";

/**
 * Krippendorff's alpha for any number of raters with missing answers (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
 * Undefined where there is nothing to compare, or all values are the same.
 *
 * @param units what the raters said of each unit; undefined where one said nothing
 */
export function krippendorffAlpha(
  units: readonly (readonly (number | undefined)[])[],
  level: Level,
): number | undefined {
  const compared = units
    .map((unit) => unit.filter((value) => value !== undefined))
    .filter((unit) => unit.length > 1);
  const values = [...new Set(compared.flat())].toSorted((a, b) => a - b);
  const place = new Map(values.map((value, at) => [value, at]));
  const together = values.map(() => values.map(() => 0));
  for (const unit of compared)
    for (const [i, one] of unit.entries())
      for (const [j, other] of unit.entries())
        if (i !== j) together[place.get(one)!]![place.get(other)!]! += 1 / (unit.length - 1);
  const counts = together.map(sum);
  const n = sum(counts);
  const apart = differenceOf(level, values, counts);
  let observed = 0;
  let expected = 0;
  for (const [c, row] of together.entries())
    for (const [k, count] of row.entries()) {
      observed += count * apart(c, k);
      expected += counts[c]! * counts[k]! * apart(c, k);
    }
  return expected < TINY ? undefined : 1 - ((n - 1) * observed) / expected;
}

/** The squared difference of two values, by their places. */
function differenceOf(level: Level, values: readonly number[], counts: readonly number[]) {
  return (c: number, k: number): number => {
    if (c === k) return 0;
    const [one, other] = [values[c]!, values[k]!];
    switch (level) {
      case "nominal":
        return 1;
      case "ordinal":
        return (sum(counts.slice(Math.min(c, k), Math.max(c, k) + 1)) - (counts[c]! + counts[k]!) / 2) ** 2;
      case "interval":
        return (one - other) ** 2;
      case "ratio":
        return ((one - other) / (one + other)) ** 2;
      default:
        return level satisfies never;
    }
  };
}
