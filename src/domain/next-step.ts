import { percent, type Figure } from "./aggregate.ts";

/** What a coordinator may do something about, of all that they are told anyway: one thing at a time. */
export type NextStep =
  /** Messages do not arrive: so many of those that were due in the week. */
  | { readonly kind: "arrive"; readonly lost: number; readonly due: number }
  /** Only one of the two has answered on most shifts; most of those begin in this local hour, if they do. */
  | { readonly kind: "both"; readonly figure: Figure; readonly hour?: number }
  | { readonly kind: "feedback" | "settled"; readonly figure: Figure };

/** What is told anyway: the week's delivery, and figures that were published. */
export interface FiguresToJudge {
  readonly due: number;
  readonly lost: number;
  readonly both?: Figure | undefined;
  /** Of the same shifts, those that only one has answered, by the local hour in which they begin. */
  readonly single: ReadonlyMap<number, Figure>;
  readonly feedback?: Figure | undefined;
  readonly settled?: Figure | undefined;
}

/** Of fewer messages, one that got lost says nothing. */
const ENOUGH = 10;

/** The first thing that invites a step. It is a function of what is told and of nothing else, so it tells nothing more of anybody. */
export function nextStep({
  due,
  lost,
  both,
  single,
  feedback,
  settled,
}: FiguresToJudge): NextStep | undefined {
  if (due >= ENOUGH && lost * 10 >= due) return { kind: "arrive", lost, due };
  if (isLow(both)) return { kind: "both", figure: both, ...hourOf(both, single) };
  if (isLow(feedback)) return { kind: "feedback", figure: feedback };
  return isLow(settled) ? { kind: "settled", figure: settled } : undefined;
}

const isLow = (figure: Figure | undefined): figure is Figure => figure !== undefined && percent(figure) <= 50;

/**
 * The hour in which most of the others begin. It is named only where a tenth of all shifts and more are of other hours: a share near
 * none is told of nobody.
 */
function hourOf(both: Figure, single: FiguresToJudge["single"]): { readonly hour?: number } {
  for (const [hour, { hits, of }] of single) {
    const others = of - both.hits;
    if (of !== both.of || hits * 2 <= others) continue;
    const rest = { hits: others - hits, of };
    return percent({ hits, of }) >= 10 && percent(rest) >= 10 ? { hour } : {};
  }
  return {};
}
