import type { Chart, ChartSeries } from "#src/card/card.ts";
import { NO_VALUE } from "#src/card/chart.ts";
import { widthOf } from "#src/card/width.ts";
import { markup, nothing, type Markup } from "./markup.ts";
import type { Texts } from "./texts.ts";

/** The drawing's own units, which are CSS pixels on a phone 390 pixels wide. */
const SIZE = { width: 300, top: 12, row: 34, foot: 26, side: 60, letter: 5.6, mark: 6, scale: 116 };
/** Lines with one value would hide each other, so each is drawn a little lower than the one before. */
const APART = 3;

/**
 * A picture of lines, with all of it in a table below, for screen readers and for whoever prefers words. Drawn here and not by a
 * library: it is a page of code, and the page's rules allow no inline style. Lines differ in colour, in stroke and in the shape of
 * their points.
 */
export const chartBlock = (chart: Chart, texts: Texts["device"]): Markup =>
  markup`<figure class="chart"><figcaption>${chart.title}</figcaption>${names(chart)}${picture(chart)}<details class="chart-words"><summary>${texts.inWords}</summary>${table(chart)}</details></figure>`;

/** Which line is which. A single one is what the title says. */
const names = ({ series }: Chart): Markup =>
  series.length === 1
    ? nothing
    : markup`<ul class="chart-names">${series.map(({ name }, line) => markup`<li>${sample(line)}<span>${name}</span></li>`)}</ul>`;

/** A line's look. There are as many as a message of Slack can have. */
const lookOf = (line: number): string => `line-${(line % 6) + 1}`;

const sample = (line: number): Markup =>
  markup`<svg class="chart-sample ${lookOf(line)}" viewBox="0 0 30 12" aria-hidden="true" focusable="false"><path class="stroke" d="M1 6H29" />${mark(line, 15, 6)}</svg>`;

function picture(chart: Chart): Markup {
  const { scale, series } = chart;
  const height = SIZE.top + (scale.length - 1) * SIZE.row + SIZE.foot;
  const grid = scale.map(
    (step) => markup`<path class="grid" d="M${leftOf(chart)} ${yOf(chart, step.value)}H${SIZE.width}" />`,
  );
  // Above the lines, with a rim: where a word is too long for its place, it can be read all the same.
  const steps = scale.map(
    (step) => markup`<text class="step" x="0" y="${yOf(chart, step.value) + 3.5}">${step.text}</text>`,
  );
  return markup`<svg class="chart-picture" viewBox="0 0 ${SIZE.width} ${height}" aria-hidden="true" focusable="false">${grid}${labels(chart, height)}${series.map((one, line) => drawn(chart, one, line))}${steps}</svg>`;
}

/** Labels below the picture: as many as have room, the first and then every second, third or so. */
function labels(chart: Chart, height: number): readonly Markup[] {
  const { points } = chart;
  const room = SIZE.width - leftOf(chart);
  const every = Math.max(1, Math.ceil(((widest(chart) + 8) * points.length) / room));
  return points.map(({ label }, at) =>
    at % every === 0
      ? markup`<text class="label" x="${xOf(chart, at)}" y="${height - 5}">${label}</text>`
      : nothing,
  );
}

const widest = ({ points }: Chart): number =>
  Math.max(...points.map(({ label }) => widthOf(label))) * SIZE.letter;

/** One line: strokes between neighbours, and a mark at each value. A gap stays a gap. */
function drawn(chart: Chart, { values }: ChartSeries, line: number): Markup {
  const places = values.map((one, at) =>
    one === undefined ? undefined : { x: xOf(chart, at), y: yOf(chart, one.value) + line * APART },
  );
  const path = places
    .flatMap((place, at) =>
      place === undefined ? [] : [`${places[at - 1] === undefined ? "M" : "L"}${place.x} ${place.y}`],
    )
    .join("");
  return markup`<g class="${lookOf(line)}"><path class="stroke" d="${path}" />${places.flatMap((place) => (place === undefined ? [] : [mark(line, place.x, place.y)]))}</g>`;
}

/** A circle, a square or a diamond. */
function mark(line: number, x: number, y: number): Markup {
  if (line % 3 === 0) return markup`<circle class="mark" cx="${x}" cy="${y}" r="3.5" />`;
  return line % 3 === 1
    ? markup`<rect class="mark" x="${round(x - 3.2)}" y="${round(y - 3.2)}" width="6.4" height="6.4" />`
    : markup`<path class="mark" d="M${x} ${round(y - 4.5)}L${round(x + 4.5)} ${y}L${x} ${round(y + 4.5)}L${round(x - 4.5)} ${y}Z" />`;
}

/** Where the lines begin: beside the words of the scale. */
const leftOf = ({ scale }: Chart): number =>
  round(Math.min(SIZE.scale, Math.max(...scale.map(({ text }) => widthOf(text))) * SIZE.letter + 8));

/** The last point has room for half a label beside it; that of the first may stand below the words of the scale. */
function xOf(chart: Chart, at: number): number {
  const last = chart.points.length - 1;
  const from = leftOf(chart) + SIZE.mark;
  const to = SIZE.width - Math.min(SIZE.side, widest(chart) / 2);
  return round(last === 0 ? (from + to) / 2 : from + (at * (to - from)) / last);
}

function yOf({ scale }: Chart, value: number): number {
  const lowest = scale[0]?.value ?? 0;
  const highest = scale.at(-1)?.value ?? 1;
  const share = highest === lowest ? 0 : (value - lowest) / (highest - lowest);
  return round(SIZE.top + (1 - share) * (scale.length - 1) * SIZE.row);
}

const round = (value: number): number => Math.round(value * 10) / 10;

const table = ({ points, series }: Chart): Markup =>
  markup`<table><thead><tr><td></td>${series.map(({ name }) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>${points.map(({ label }, at) => markup`<tr><th scope="row">${label}</th>${series.map(({ values }) => markup`<td>${values[at]?.text ?? NO_VALUE}</td>`)}</tr>`)}</tbody></table>`;
