import { keyOf, placeAfter, without, type Element, type Labels, type Point, type Series } from "./series.ts";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What becomes of a series' points from one place up to before another; undefined where they are too few. */
type Reduce = (points: readonly Point[], start: number, end: number, range: Range) => number | undefined;

/** Each series' points after `from` and up to `to`, made one. */
export const overTime = (all: readonly Series[], range: Range, reduce: Reduce): readonly Element[] =>
  all.flatMap(({ labels, points }) => {
    const value = reduce(points, placeAfter(points, range.from), placeAfter(points, range.to), range);
    return value === undefined ? [] : [{ labels: without(labels, "__name__"), value }];
  });

/** As Prometheus does: resets count from 0, and what lies between the points and the ends of the range is extrapolated. */
const increase: Reduce = (points, start, end, { from, to }) => {
  if (end - start < 2) return undefined;
  const [first, last] = [points[start]!, points[end - 1]!];
  const grown = last.grown - first.grown;
  const sampled = last.at - first.at;
  const pause = sampled / (end - start - 1);
  const reach = (gap: number): number => (gap >= pause * 1.1 ? pause / 2 : gap);
  const toZero = grown > 0 && first.value >= 0 ? sampled * (first.value / grown) : Infinity;
  return (grown * (sampled + Math.min(reach(first.at - from), toZero) + reach(to - last.at))) / sampled;
};

const extreme =
  (pick: (...values: number[]) => number): Reduce =>
  (points, start, end) =>
    end > start ? pick(...points.slice(start, end).map(({ value }) => value)) : undefined;

export const FUNCTIONS: Readonly<Record<string, Reduce>> = {
  increase,
  rate(points, start, end, range) {
    const grown = increase(points, start, end, range);
    return grown === undefined ? undefined : grown / ((range.to - range.from) / 1_000);
  },
  max_over_time: extreme(Math.max),
  min_over_time: extreme(Math.min),
};

/** The quantile within each group of buckets, interpolated in its bucket. */
export function histogramQuantile(share: number, elements: readonly Element[]): readonly Element[] {
  const groups = Map.groupBy(elements, ({ labels }) => keyOf(withoutBound(labels)));
  return [...groups.values()].flatMap((group) => {
    const buckets = group
      .map(({ labels, value }) => ({ bound: boundOf(labels), value }))
      .toSorted((one, other) => one.bound - other.bound);
    const total = buckets.at(-1)!.value;
    if (!(total > 0)) return [];
    const rank = share * total;
    const place = buckets.findIndex(({ value }) => value >= rank);
    const [bucket, below] = [buckets[place]!, buckets[place - 1]];
    const start = below?.bound ?? 0;
    const inside = bucket.value - (below?.value ?? 0);
    const value =
      bucket.bound === Infinity
        ? start
        : start + (bucket.bound - start) * ((rank - (below?.value ?? 0)) / inside);
    return [{ labels: withoutBound(group[0]!.labels), value }];
  });
}

const boundOf = ({ le = "" }: Labels): number => (le === "+Inf" ? Infinity : Number(le));
const withoutBound = (labels: Labels): Labels => without(labels, "le", "__name__");
