import type { Chart, ChartValue } from "#src/card/card.ts";
import type { SlackBlock } from "./blocks.ts";
import { cutTo } from "./cut.ts";
import { LIMITS } from "./limits.ts";

/** A chart as Slack draws it, and what of it Slack cannot draw. */
export interface Picture {
  readonly block?: SlackBlock;
  readonly lost?: string;
}

interface Line {
  readonly name: string;
  readonly values: readonly (ChartValue | undefined)[];
}

/**
 * Slack's own picture of a chart. Slack draws no gaps: every line has a value at every point. So the picture has the lines and
 * points that make the most of it; the words beside it have all. `before`: how many charts the card has before this one.
 */
export function pictureOf(chart: Chart, surface: "message" | "view", before: number): Picture {
  const { inMessage, title, series, label, points, axis } = LIMITS.chart;
  // A message may have two. Of home tabs and modals nothing is documented, and Slack refuses a whole view for one block.
  if (surface === "view" || before >= inMessage) return { lost: "the picture is left out" };
  const { lines, at } = withoutGaps(chart);
  const shown = at.slice(-points);
  const labels = shown.map((index) => cutTo(chart.points[index]!.label, label));
  const drawn = lines.slice(0, series).map(({ name, values }) => ({
    name: cutTo(name, label),
    data: shown.map((index, place) => ({ label: labels[place]!, value: values[index]!.value })),
  }));
  if (shown.length === 0 || !areDifferent(labels) || !areDifferent(drawn.map(({ name }) => name)))
    return { lost: "the picture is left out" };
  const isWhole = drawn.length === chart.series.length && shown.length === chart.points.length;
  return {
    block: {
      type: "data_visualization",
      title: cutTo(chart.title, title),
      chart: {
        type: "line",
        series: drawn,
        axis_config: {
          categories: labels,
          ...(chart.key === undefined ? {} : { y_label: cutTo(chart.key, axis) }),
        },
      },
    },
    ...(isWhole ? {} : { lost: "the picture has no gaps, and so not all points" }),
  };
}

/** The fullest lines and the points that all of them have: as many values as can stand without a gap. */
function withoutGaps({ series, points }: Chart): {
  readonly lines: readonly Line[];
  readonly at: readonly number[];
} {
  const fullest = series.toSorted((a, b) => countOf(b) - countOf(a));
  const ways = fullest.map((_, index) => {
    const kept = new Set(fullest.slice(0, index + 1));
    const at = points.flatMap((_point, place) =>
      [...kept].every(({ values }) => values[place] !== undefined) ? [place] : [],
    );
    return { lines: series.filter((one) => kept.has(one)), at };
  });
  return ways.reduce((best, one) => (sizeOf(one) >= sizeOf(best) ? one : best), { lines: [], at: [] });
}

const sizeOf = ({ lines, at }: { readonly lines: readonly Line[]; readonly at: readonly number[] }): number =>
  lines.length * at.length;

const countOf = ({ values }: Line): number => values.filter((one) => one !== undefined).length;

const areDifferent = (texts: readonly string[]): boolean =>
  new Set(texts).size === texts.length && !texts.includes("");
