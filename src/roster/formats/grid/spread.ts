import type { Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";

/** How many places of the header's row each day takes: more than one where a sub-header or the header itself says so. */
export interface Spread {
  readonly width: number;
  readonly subheader: Row | undefined;
}

/** Days of several columns: evenly apart in the header, with the same words under each. */
export function spreadOf({ row, days, below }: MatrixHeader): Spread {
  const single: Spread = { width: 1, subheader: undefined };
  const [first, second] = days;
  const width = second === undefined ? 1 : second.at - first!.at;
  const isEven = days.every(({ at }, index) => at === first!.at + index * width);
  const gaps = days.flatMap(({ at }) => row.slice(at + 1, at + width));
  if (width < 2 || !isEven || gaps.some(({ text }) => text !== "")) return single;
  const subheader = below[0];
  if (subheader === undefined) return single;
  const labels = days.map(({ at }) =>
    Array.from({ length: width }, (_, place) => subheader[at + place]?.text ?? "").join("\n"),
  );
  const isPlain = subheader
    .slice(0, first!.at)
    .every(({ text }, at) => text === "" || text === row[at]?.text);
  const isSame = isPlain && new Set(labels).size === 1 && labels[0]!.split("\n").every((text) => text !== "");
  return isSame ? { width, subheader } : single;
}
