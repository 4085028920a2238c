import type { Chart } from "./card.ts";

/** What stands where a chart has no value. */
export const NO_VALUE = "–";

/**
 * All that a chart shows, in words: a row for each point, with what each line says there. What a single line is, the title says.
 */
export const chartRows = ({
  points,
  series,
}: Chart): readonly { readonly label: string; readonly value: string }[] =>
  points.map(({ label }, at) => {
    const said = series.flatMap(({ name, values }) => {
      const one = values[at];
      if (one === undefined) return [];
      return [series.length === 1 ? one.text : `${name}: ${one.text}`];
    });
    return { label, value: said.length === 0 ? NO_VALUE : said.join(" · ") };
  });
