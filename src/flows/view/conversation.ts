import type { Action, Block } from "#src/card/card.ts";
import type { ItemId } from "#src/domain/forms.ts";
import type { Step, View } from "./view.ts";

/** A choice: its value, its label, and the few words that a button has room for, where it has others. */
export type LabelledChoice = readonly [value: string, label: string, short?: string | undefined];

/** The words of a question, in the reader's language. */
export interface Question {
  readonly text: string;
  /** Empty for a text item. */
  readonly choices: readonly LabelledChoice[];
  readonly placeholder?: string;
  /** What to know while answering; it stands above the question. */
  readonly above?: readonly Block[];
  /** Its "visible to" line. */
  readonly visible: string;
}

/**
 * One of the asks: what it asks in which order, and what stands around the questions. One file each.
 * `Id`: the items of its form.
 */
export interface Conversation<Id extends ItemId = ItemId> {
  notification(view: View): string;
  /** The head of the card. */
  head(view: View): readonly Block[];
  /** The questions in their order, answered or not. */
  steps(view: View): readonly Step<Id>[];
  /** Questions that are not asked by themselves, but can be opened. */
  offered(view: View): readonly Step<Id>[];
  question(view: View, step: Step<Id>): Question;
  /** A short name for the answer. */
  label(view: View, step: Step<Id>): string;
  /** Blocks beside a question. */
  beside(view: View, step: Step<Id>): readonly Action[];
  /** Blocks that are shown once everything is answered. */
  after(view: View): readonly Block[];
}
