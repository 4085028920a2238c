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
  const byName = new Map<string, Growing[]>();
  const byText = new Map<string, Growing>();
  const begun = (target: Labels, text: string): Growing => {
    const { name = "", labels = "" } = SERIES.exec(text)?.groups ?? {};
    const series = { labels: { __name__: name, ...target, ...labelsIn(labels) }, points: [] };
    const alike = byName.get(name) ?? [];
    byName.set(name, alike);
    alike.push(series);
    return series;
  };
  const seriesOf = (target: Labels, text: string): Growing => {
    const key = `${keyOf(target)} ${text}`;
    const series = byText.get(key) ?? begun(target, text);
    byText.set(key, series);
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
          found: samplesOf(text).map(([series, value]) => [seriesOf(target, series), value] as const),
        };
      for (const [{ points }, value] of last.found) {
        const before = points.at(-1);
        const lost = before === undefined ? 0 : before.grown - before.value;
        const reset = before !== undefined && value < before.value ? before.value : 0;
        points.push({ at, value, grown: value + lost + reset });
      }
    },
    named: (name) => byName.get(name) ?? [],
  };
}

/** The text of a series, and its value. */
type Sample = readonly [string, number];

/** Prometheus adds whether there was an answer. */
const samplesOf = (text: string | undefined): readonly Sample[] =>
  text === undefined ? [["up", 0]] : [...samplesIn(text), ["up", 1]];

export const without = (labels: Labels, ...names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));

export const keyOf = (labels: Labels): string =>
  JSON.stringify(Object.entries(labels).toSorted(([one], [other]) => (one < other ? -1 : 1)));

const SAMPLE = /^(?<series>attune_\w+(?:\{.*\})?) (?<value>\S+)$/u;
const SERIES = /^(?<name>\w+)(?:\{(?<labels>.*)\})?$/u;
const LABEL = /(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"/gu;

/** What a scrape says of Attune's own, in Prometheus' text format, in which a process writes a series alike each time. */
const samplesIn = (text: string): readonly Sample[] =>
  text.split("\n").flatMap((line) => {
    const { series, value } = SAMPLE.exec(line)?.groups ?? {};
    return series === undefined ? [] : [[series, valueOf(value!)] as const];
  });

const labelsIn = (text: string): Labels =>
  Object.fromEntries(
    [...text.matchAll(LABEL)].map(({ groups }) => [groups!["name"]!, groups!["value"]!] as const),
  );

const valueOf = (text: string): number =>
  text === "+Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text);
