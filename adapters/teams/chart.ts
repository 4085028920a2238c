import type { Chart } from "#src/card/card.ts";
import type { Element } from "./text.ts";

/**
 * A chart as Teams draws it: a point without a value is left out of its line. Where all points are days the axis is a time axis. A
 * client that draws no charts leaves it out: the same stands below it in words. Source: learn.microsoft.com, charts in Adaptive Cards.
 */
export const lineChart = ({ points, series, key }: Chart): Element => {
  const days = points.flatMap(({ day }) => day ?? []);
  const isTime = days.length === points.length && new Set(days).size === days.length;
  return {
    type: "Chart.Line",
    fallback: "drop",
    ...(key === undefined ? {} : { yAxisTitle: still(key) }),
    data: series.map(({ name, values }) => ({
      legend: still(name),
      values: points.flatMap(({ label, day }, at) => {
        const one = values[at];
        return one === undefined ? [] : [{ x: isTime ? day! : still(label), y: one.value }];
      }),
    })),
  };
};

/** Two braces might be read as a date to compute: an invisible character parts them. */
const still = (text: string): string => text.replaceAll(/(?<=\{)(?=\{)/gu, "\u2060");
