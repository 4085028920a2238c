import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";
import { FUNCTIONS, histogramQuantile, overTime } from "./promql-functions.ts";
import {
  keyOf,
  LOOKBACK,
  placeAfter,
  type Element,
  type Labels,
  type Recorded,
  type Series,
  without,
} from "./series.ts";

/** Answers a query at a moment (milliseconds). */
export type Query = (recorded: Recorded, at: number) => readonly Element[];

/**
 * Reads a query by Prometheus' own grammar, and evaluates it. Only what the rules and the dashboard use is understood.
 * @throws Error for anything else
 */
export function query(text: string): Query {
  const tree = parser.parse(text);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`At ${node.from}, this is no PromQL: ${text}`);
    },
  });
  const reader = readerOf(text);
  const read = reader(tree.topNode.firstChild!);
  return (recorded, at) => {
    const found = read(recorded, at);
    return typeof found === "number" ? [{ labels: {}, value: found }] : found;
  };
}

/** The names of all series that a query reads. */
export function namesIn(text: string): readonly string[] {
  const names: string[] = [];
  parser.parse(text).iterate({
    enter(node) {
      if (node.name === "VectorSelector") names.push(text.slice(node.from, node.node.firstChild!.to));
    },
  });
  return names;
}

type Read = (recorded: Recorded, at: number) => number | readonly Element[];

function readerOf(text: string): (node: SyntaxNode) => Read {
  const said = (node: SyntaxNode): string => text.slice(node.from, node.to);

  const read = (node: SyntaxNode): Read => {
    switch (node.name) {
      case "ParenExpr":
        return read(node.firstChild!);
      case "NumberDurationLiteral": {
        const value = Number(said(node));
        return () => value;
      }
      case "VectorSelector":
        return instant(node);
      case "FunctionCall":
        return called(node);
      case "AggregateExpr":
        return aggregated(node);
      case "BinaryExpr":
        return joined(node);
      default:
        throw new Error(`${node.name} is not understood: ${text}`);
    }
  };

  const matchersOf = (node: SyntaxNode) =>
    (node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? []).map((matcher) => ({
      label: said(matcher.firstChild!),
      sign: said(matcher.firstChild!.nextSibling!),
      wanted: said(matcher.lastChild!).slice(1, -1),
    }));

  const selected = (node: SyntaxNode): ((recorded: Recorded) => readonly Series[]) => {
    const name = said(node.getChild("Identifier")!);
    const matches = matchersOf(node).map(({ label, sign, wanted }) => {
      const pattern = new RegExp(`^(?:${wanted})$`, "u");
      const isLike = sign.endsWith("~");
      const isMeant = !sign.startsWith("!");
      return (labels: Labels): boolean => {
        const given = labels[label] ?? "";
        return (isLike ? pattern.test(given) : given === wanted) === isMeant;
      };
    });
    return (recorded) => recorded.named(name).filter(({ labels }) => matches.every((match) => match(labels)));
  };

  const instant = (node: SyntaxNode): Read => {
    const select = selected(node);
    return (recorded, at) =>
      select(recorded).flatMap(({ labels, points }) => {
        const last = points[placeAfter(points, at) - 1];
        return last === undefined || last.at <= at - LOOKBACK ? [] : [{ labels, value: last.value }];
      });
  };

  const called = (node: SyntaxNode): Read => {
    const name = said(node.getChild("FunctionIdentifier")!);
    const args = childrenOf(node.getChild("FunctionCallBody")!);
    if (name === "histogram_quantile") {
      const [share, buckets] = [read(args[0]!), read(args[1]!)];
      return (recorded, at) =>
        histogramQuantile(Number(share(recorded, at)), buckets(recorded, at) as readonly Element[]);
    }
    if (name === "absent") {
      const inner = read(args[0]!);
      const labels = Object.fromEntries(
        matchersOf(args[0]!).flatMap(({ label, sign, wanted }) => (sign === "=" ? [[label, wanted]] : [])),
      );
      return (recorded, at) =>
        (inner(recorded, at) as readonly Element[]).length === 0 ? [{ labels, value: 1 }] : [];
    }
    const reduce = FUNCTIONS[name];
    const [matrix] = args;
    if (reduce === undefined || matrix?.name !== "MatrixSelector")
      throw new Error(`${name} is not understood`);
    const select = selected(matrix.getChild("VectorSelector")!);
    const range = milliseconds(said(matrix.getChild("DurationExpr")!));
    return (recorded, at) => overTime(select(recorded), { from: at - range, to: at }, reduce);
  };

  const aggregated = (node: SyntaxNode): Read => {
    const how = { sum, max, min, count }[said(node.getChild("AggregateOp")!)];
    const modifier = node.getChild("AggregateModifier");
    if (how === undefined || modifier?.getChild("Without"))
      throw new Error(`${said(node)} is not understood`);
    const by = modifier?.getChild("GroupingLabels")?.getChildren("LabelName").map(said) ?? [];
    const inner = read(node.getChild("FunctionCallBody")!.firstChild!);
    return (recorded, at) => {
      const groups = Map.groupBy(inner(recorded, at) as readonly Element[], ({ labels }) =>
        keyOf(picked(labels, by)),
      );
      return [...groups.values()].map((group) => ({
        labels: picked(group[0]!.labels, by),
        value: how(group.map(({ value }) => value)),
      }));
    };
  };

  const joined = (node: SyntaxNode): Read => {
    const [left, right] = [read(node.firstChild!), read(node.lastChild!)];
    const sign = said(node.firstChild!.nextSibling!);
    const labels = node.getChild("MatchingModifierClause")?.getChild("GroupingLabels");
    const on = labels?.getChildren("LabelName").map(said);
    const keyed = ({ labels: all }: Element): string =>
      keyOf(on === undefined ? nameless(all) : picked(all, on));
    if (["and", "or", "unless"].includes(sign))
      return (recorded, at) => {
        const [ours, theirs] = [left(recorded, at), right(recorded, at)] as (readonly Element[])[];
        const [mine, others] = [new Set(ours!.map(keyed)), new Set(theirs!.map(keyed))];
        if (sign === "or") return [...ours!, ...theirs!.filter((one) => !mine.has(keyed(one)))];
        return ours!.filter((one) => others.has(keyed(one)) === (sign === "and"));
      };
    const work = ARITHMETIC[sign];
    const holds = COMPARISONS[sign];
    if (work === undefined && holds === undefined) throw new Error(`${sign} is not understood`);
    return (recorded, at) => {
      const [one, other] = [left(recorded, at), right(recorded, at)];
      if (typeof one === "number" && typeof other === "number") return work!(one, other);
      if (typeof one === "number") throw new Error(`A number stands first: ${text}`);
      const partner = (element: Element): number | undefined =>
        typeof other === "number" ? other : other.find((theirs) => keyed(theirs) === keyed(element))?.value;
      return one.flatMap((element) => {
        const value = partner(element);
        if (value === undefined) return [];
        if (holds !== undefined) return holds(element.value, value) ? [element] : [];
        return [{ labels: nameless(element.labels), value: work!(element.value, value) }];
      });
    };
  };

  return read;
}

const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) all.push(child);
  return all;
};

const ARITHMETIC: Readonly<Record<string, (one: number, other: number) => number>> = {
  "+": (one, other) => one + other,
  "-": (one, other) => one - other,
  "*": (one, other) => one * other,
  "/": (one, other) => one / other,
};
const COMPARISONS: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
  "<": (one, other) => one < other,
  "==": (one, other) => one === other,
};

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);
const max = (values: readonly number[]): number => Math.max(...values);
const min = (values: readonly number[]): number => Math.min(...values);
const count = (values: readonly number[]): number => values.length;

const picked = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([name]) => names.includes(name)));
const nameless = (labels: Labels): Labels => without(labels, "__name__");

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A duration as Prometheus writes it ("15m"), in milliseconds. */
export function milliseconds(text: string): number {
  const { number, unit } = /^(?<number>\d+)(?<unit>[smhd])$/u.exec(text)?.groups ?? {};
  if (number === undefined) throw new Error(`${text} is no duration that is understood`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}
