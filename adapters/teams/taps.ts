import type { Act, Confirm } from "#src/card/card.ts";
import { widthOf } from "#src/card/width.ts";
import { LIMITS } from "./limits.ts";
import { textOf, type Element } from "./text.ts";

/** Something to tap: a button, or a row if the label is long. */
export interface Tap {
  readonly label: string;
  readonly act: Act;
  readonly style?: "primary" | "quiet" | "danger";
  readonly chosen?: boolean;
  /** What is asked first, in a card that opens below the button. */
  readonly confirm?: Confirm;
  /** The id of the input whose text is sent with the tap. */
  readonly input?: string;
}

const STYLES = { primary: "positive", danger: "destructive", quiet: "default" } as const;

/**
 * Buttons in order, in sets of at most six that fit on one line of a phone. A label that is too long for a button becomes a row.
 * A row cannot show the button's style.
 */
export function tapsOf(taps: readonly Tap[]): readonly Element[] {
  const elements: Element[] = [];
  let set: Tap[] = [];
  const close = () => {
    if (set.length > 0) elements.push({ type: "ActionSet", spacing: "Small", actions: set.map(actionOf) });
    set = [];
  };
  for (const tap of taps) {
    if (tap.confirm === undefined && widthOf(shown(tap)) > LIMITS.buttonLabel) {
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

/** The choices of a question. If one has to be a row, all are rows. */
export const choicesOf = (taps: readonly Tap[]): readonly Element[] =>
  taps.some((tap) => widthOf(shown(tap)) > LIMITS.buttonLabel) ? taps.map(rowOf) : tapsOf(taps);

const fits = (set: readonly Tap[]): boolean =>
  set.length <= LIMITS.actionsInSet &&
  set.reduce((width, tap) => width + widthOf(shown(tap)) + LIMITS.buttonPadding, 0) <= LIMITS.setWidth;

/** A tick marks the chosen answer: colours may not be visible in every theme. */
const shown = (tap: Tap): string => (tap.chosen === true ? `✓ ${tap.label}` : tap.label);

const rowOf = (tap: Tap): Element => ({
  type: "Container",
  style: tap.chosen === true ? "accent" : "emphasis",
  spacing: "Small",
  selectAction: actionOf(tap),
  items: textOf([[shown(tap), tap.chosen === true ? { weight: "Bolder" } : {}]]),
});

/** Teams has no dialog for one button: its question opens below it, and to leave it is to tap the button again. */
function confirmOf({ confirm, ...tap }: Tap & { readonly confirm: Confirm }): Element {
  return {
    type: "Action.ShowCard",
    title: shown(tap),
    ...(tap.style === undefined ? {} : { style: STYLES[tap.style] }),
    card: {
      type: "AdaptiveCard",
      body: textOf([[confirm.text]]),
      actions: [actionOf({ ...tap, label: confirm.yes })],
    },
  };
}

/** An Action.Execute. Older clients send the same data as a message. */
function actionOf(tap: Tap): Element {
  const { confirm } = tap;
  if (confirm !== undefined) return confirmOf({ ...tap, confirm });
  const data = { act: tap.act, ...(tap.input === undefined ? {} : { input: tap.input }) };
  const same = {
    title: shown(tap),
    data,
    associatedInputs: tap.input === undefined ? "none" : "auto",
    ...(tap.style === undefined ? {} : { style: STYLES[tap.style] }),
  };
  return { type: "Action.Execute", verb: "attune", ...same, fallback: { type: "Action.Submit", ...same } };
}
