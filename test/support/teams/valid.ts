import { createRequire } from "node:module";
import type * as Library from "adaptivecards";
import { sizeOf, type AdaptiveCard as Payload } from "#adapters/teams/render.ts";

/** Its modules import one another as no Node can; its one file for browsers can be read. */
const { AdaptiveCard, SerializationContext, ValidationResults, Version } = createRequire(import.meta.url)(
  "adaptivecards/dist/adaptivecards.js",
) as typeof Library;

/** What Teams says a message should stay within, in bytes of UTF-16. */
const MESSAGE = 80_000;

type Json = Readonly<Record<string, unknown>>;

/** What Microsoft's own library, or a limit of Teams, has against a card; nothing when it is valid. */
export function problemsOf(payload: Payload): readonly string[] {
  const context = new SerializationContext(new Version(1, 5));
  const card = new AdaptiveCard();
  card.parse(payload, context);
  const results = new ValidationResults();
  card.internalValidateProperties(results);
  const events = [...Array(context.eventCount).keys()].map((index) => context.getEventAt(index).message);
  const failures = results.validationEvents.map(({ message }) => message);
  const elements = partsOf(payload);
  const ids = elements.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  const sets = elements.filter(({ type }) => type === "ActionSet");
  return [
    ...complaintsIn([...events, ...failures]),
    ...(sizeOf(payload) > MESSAGE ? ["larger than a message may be"] : []),
    ...(new Set(ids).size === ids.length ? [] : ["two inputs of one id"]),
    ...sets.flatMap(({ actions }) => ((actions as unknown[]).length > 6 ? ["more than six buttons"] : [])),
    ...elements.flatMap(({ type }) => (type === "TextBlock" ? ["a text that is read as markdown"] : [])),
    ...elements.filter(({ type }) => type === "Chart.Line").flatMap(inChart),
    ...(countOf(card) === countIn(payload) ? [] : ["the library leaves elements out"]),
  ];
}

/**
 * The library tests a language by a pattern that remembers where it was, and so refuses every other one. Of charts it knows nothing:
 * they are Teams' own, and their fallback is used in its place.
 */
export const complaintsIn = (messages: readonly string[]): readonly string[] =>
  messages.filter(
    (message) =>
      !/^Invalid value "(?:en|ja)" for property "lang"|^Unknown element type "Chart\.Line"\. Fallback/u.test(
        message,
      ),
  );

/** Of a line chart, of one of its lines, and of a point. */
const KNOWN = {
  chart: /^(?:type|fallback|title|xAxisTitle|yAxisTitle|color|colorSet|data)$/u,
  line: /^(?:legend|color|values)$/u,
  point: /^[xy]$/u,
};
const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/**
 * learn.microsoft.com, charts in Adaptive Cards: what a line chart has. Its axis is one of time where every point is a day, and one of
 * names where none is.
 */
function inChart(chart: Json): readonly string[] {
  const { data, fallback } = chart;
  const lines = Array.isArray(data) ? (data as Json[]) : [];
  const points = lines.flatMap(({ values }) => (Array.isArray(values) ? (values as Json[]) : []));
  const days = points.filter(({ x }) => DAY.test(String(x)));
  const keys = (of: readonly Json[], known: RegExp) =>
    of.flatMap(Object.keys).every((key) => known.test(key));
  const hasTwice = lines.some(({ values }) => {
    const places = (values as Json[]).map(({ x }) => x);
    return new Set(places).size < places.length;
  });
  return [
    ...(keys([chart], KNOWN.chart) && keys(lines, KNOWN.line) && keys(points, KNOWN.point)
      ? []
      : ["a chart with what no chart has"]),
    ...(days.length === 0 || days.length === points.length ? [] : ["days and names on one axis"]),
    ...(hasTwice ? ["a line with two values at one place"] : []),
    ...(fallback === undefined ? ["a chart without a fallback"] : []),
    ...(lines.length > 0 && lines.every(({ legend }) => typeof legend === "string" && legend !== "")
      ? []
      : ["a chart without named lines"]),
    ...(points.every(({ x, y }) => typeof x === "string" && x !== "" && Number.isFinite(y))
      ? []
      : ["a point of a chart without its place"]),
  ];
}

/** Every object within a card, but for what stands under the key `without`. */
function partsOf(value: unknown, without?: string): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap((one) => partsOf(one, without));
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.entries(value).filter(([key]) => key !== without);
  return [value as Json, ...inside.flatMap(([, one]) => partsOf(one, without))];
}

/** What opens below a button is none of the library's elements until it is opened. */
const countIn = (payload: Payload): number =>
  partsOf(payload.body, "card").filter(({ type }) =>
    /^(?:RichTextBlock|TextRun|Container|ColumnSet|Column|ActionSet|Input\.Text)$/u.test(String(type)),
  ).length;

/** How many elements the library has made of it. */
function countOf(card: Library.AdaptiveCard): number {
  let count = 0;
  const walk = (element: Library.CardElement): void => {
    for (const child of childrenOf(element)) {
      count += 1;
      walk(child);
    }
  };
  walk(card);
  return count;
}

function childrenOf(element: Library.CardElement): readonly Library.CardElement[] {
  const parent = element as unknown as {
    getItemCount?(): number;
    getItemAt?(at: number): Library.CardElement;
    getInlineCount?(): number;
    getInlineAt?(at: number): Library.CardElement;
  };
  const some = (count: number | undefined, at: ((index: number) => Library.CardElement) | undefined) =>
    Array.from({ length: count ?? 0 }, (_, index) => at!.call(parent, index));
  return [
    ...some(parent.getItemCount?.(), parent.getItemAt),
    ...some(parent.getInlineCount?.(), parent.getInlineAt),
  ];
}
