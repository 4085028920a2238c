import type { Act } from "#src/card/card.ts";
import { LIMITS } from "./limits.ts";
import { textOf, widthOf, type Element } from "./text.ts";

/** Something to tap: a button, or a row where its label is long. */
export interface Tap {
  readonly label: string;
  readonly act: Act;
  readonly style?: "primary" | "quiet" | "danger";
  readonly chosen?: boolean;
  /** The id of the input whose text goes along. */
  readonly input?: string;
}

const STYLES = { primary: "positive", danger: "destructive", quiet: "default" } as const;

/**
 * Buttons in their order, in sets that fit on one line of a phone and hold six at most; a label that a button
 * would cut is a row of its own. The style is lost on a row.
 */
export function tapsOf(taps: readonly Tap[]): readonly Element[] {
  const elements: Element[] = [];
  let set: Tap[] = [];
  const close = () => {
    if (set.length > 0) elements.push({ type: "ActionSet", spacing: "Small", actions: set.map(actionOf) });
    set = [];
  };
  for (const tap of taps) {
    if (widthOf(shown(tap)) > LIMITS.buttonLabel) {
      close();
      elements.push(rowOf(tap));
      continue;
    }
    if (!fits([...set, tap])) close();
    set.push(tap);
  }
  close();
  return elements;
}

/** Choices are alike: where one of them is a row, all are. */
export const choicesOf = (taps: readonly Tap[]): readonly Element[] =>
  taps.some((tap) => widthOf(shown(tap)) > LIMITS.buttonLabel) ? taps.map(rowOf) : tapsOf(taps);

const fits = (set: readonly Tap[]): boolean =>
  set.length <= LIMITS.actionsInSet &&
  set.reduce((width, tap) => width + widthOf(shown(tap)) + LIMITS.buttonPadding, 0) <= LIMITS.setWidth;

/** The tick says in every colour scheme what was chosen before. */
const shown = (tap: Tap): string => (tap.chosen === true ? `✓ ${tap.label}` : tap.label);

const rowOf = (tap: Tap): Element => ({
  type: "Container",
  style: tap.chosen === true ? "accent" : "emphasis",
  spacing: "Small",
  selectAction: actionOf(tap),
  items: textOf([[shown(tap), tap.chosen === true ? { weight: "Bolder" } : {}]]),
});

/** Clients that do not know Action.Execute send the same as a message. */
function actionOf(tap: Tap): Element {
  const data = { act: tap.act, ...(tap.input === undefined ? {} : { input: tap.input }) };
  const same = {
    title: shown(tap),
    data,
    associatedInputs: tap.input === undefined ? "none" : "auto",
    ...(tap.style === undefined ? {} : { style: STYLES[tap.style] }),
  };
  return { type: "Action.Execute", verb: "attune", ...same, fallback: { type: "Action.Submit", ...same } };
}
