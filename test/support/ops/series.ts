/** Labels, the metric's name among them as `__name__`. */
export type Labels = Readonly<Record<string, string>>;

/** One element of what a query answers. */
export interface Element {
  readonly labels: Labels;
  readonly value: number;
}

/** One value of one series. Moments are in milliseconds. */
export interface Point {
  readonly at: number;
  readonly value: number;
  /** The value of a counter that was never set back: what it had grown to before each reset is added. */
  readonly grown: number;
}

export interface Series {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

/** Every scrape of some processes, as Prometheus keeps them. */
export interface Recorded {
  /** Keeps what a process said at a moment; undefined where it did not answer. */
  keep(at: number, target: Labels, text: string | undefined): void;
  named(name: string): readonly Series[];
}

/** The first place whose point is later than a moment. */
export function placeAfter(points: readonly Point[], moment: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (points[middle]!.at > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** As far as Prometheus looks back for a value at a moment. */
export const LOOKBACK = 5 * 60_000;

interface Growing {
  readonly labels: Labels;
  readonly points: Point[];
}

export function recorded(): Recorded {
  const byName = new Map<string, Map<string, Growing>>();
  const seriesOf = (name: string, labels: Labels): Growing => {
    const all = byName.get(name) ?? new Map<string, Growing>();
    byName.set(name, all);
    const key = keyOf(labels);
    const series = all.get(key) ?? { labels, points: [] };
    all.set(key, series);
    return series;
  };
  let last:
    | { readonly text: string | undefined; readonly found: readonly (readonly [Growing, number])[] }
    | undefined;
  return {
    keep(at, target, text) {
      // Hours in which nothing happens say the same again and again.
      if (last === undefined || last.text !== text)
        last = {
          text,
          found: samplesOf(text).map(
            ([name, labels, value]) =>
              [seriesOf(name, { __name__: name, ...target, ...labels }), value] as const,
          ),
        };
      for (const [{ points }, value] of last.found) {
        const before = points.at(-1);
        const lost = before === undefined ? 0 : before.grown - before.value;
        const reset = before !== undefined && value < before.value ? before.value : 0;
        points.push({ at, value, grown: value + lost + reset });
      }
    },
    named: (name) => [...(byName.get(name)?.values() ?? [])],
  };
}

/** Prometheus adds whether there was an answer. */
const samplesOf = (text: string | undefined): ReturnType<typeof samplesIn> =>
  text === undefined ? [["up", {}, 0]] : [...samplesIn(text), ["up", {}, 1]];

export const without = (labels: Labels, ...names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

export const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)));

const SAMPLE = /^(?<name>attune_\w+)(?:\{(?<labels>.*)\})? (?<value>\S+)$/u;
const LABEL = /(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"/gu;

/** What a scrape says of Attune's own, in Prometheus' text format. */
function samplesIn(text: string): readonly (readonly [string, Labels, number])[] {
  return text.split("\n").flatMap((line) => {
    const { name, labels = "", value } = SAMPLE.exec(line)?.groups ?? {};
    if (name === undefined) return [];
    const found = [...labels.matchAll(LABEL)].map(({ groups }) => [groups!["name"], groups!["value"]]);
    return [[name, Object.fromEntries(found) as Labels, valueOf(value!)] as const];
  });
}

const valueOf = (text: string): number =>
  text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text);
