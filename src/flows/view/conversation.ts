import type { Action, Block, Choice } from "#src/card/card.ts";
import type { ItemId } from "#src/domain/forms.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Step, Target, View } from "./view.ts";

/** A choice: its value, its label, and the few words that a button has room for, where it has others. */
export type LabelledChoice = readonly [value: string, label: string, short?: string | undefined];

/** The words of a question, in the reader's language. */
export interface Question {
  readonly text: string;
  /** Empty for a text item. */
  readonly choices: readonly LabelledChoice[];
  readonly placeholder?: string;
  /** A line that nobody else reads: it is saved, and not sent. */
  readonly isOwn?: boolean;
  /** Its "visible to" line. */
  readonly visible: string;
}

/** An answer of an act, beside the occasion that it is about. */
export interface Answered {
  readonly item: ItemId;
  readonly about: PersonId | undefined;
  readonly value: string | null;
  /** As for a reply: a line that is taken back without it is asked anew. */
  readonly text: boolean;
}

/**
 * One of the asks: what it asks in which order, and what stands around the questions. One file each.
 * `Id`: the items of its form.
 */
export interface Conversation<Id extends ItemId = ItemId> {
  notification(view: View): string;
  /** The head of the card. */
  head(view: View): readonly Block[];
  /** What its reminder says in a line: which ask is open still. Without it, an ask has none, and stands in full when it is asked for later. */
  reminder?(view: View): string | undefined;
  /** The questions in their order, answered or not. */
  steps(view: View): readonly Step<Id>[];
  /** Questions that are not asked by themselves, but can be opened. */
  offered(view: View): readonly Step<Id>[];
  question(view: View, step: Step<Id>): Question;
  /** What to know while answering; it stands above the question. `isOpened`: the reader has asked for this question. */
  above?(view: View, step: Step<Id>, isOpened: boolean): readonly Block[];
  /** What a question offers, where that is not all that may answer it. `isOpened`: the reader has asked for this question. */
  offers?(view: View, step: Step<Id>, isOpened: boolean): readonly Choice[] | undefined;
  /** All that one answer stands for, stored in one act; without it, the answer itself. */
  standsFor?(
    view: View,
    step: Step<Id>,
    target: Target,
    value: string | null,
  ): readonly Answered[] | undefined;
  /** Whether an optional line is needed here: where the choice before it says nothing by itself. */
  needsLine?(view: View, step: Step<Id>): boolean;
  /** The question that stands beneath an optional line. To answer it leaves the line out, which then has no step of its own. */
  beneath?(view: View, step: Step<Id>): Step<Id> | undefined;
  /** A short name for the answer. */
  label(view: View, step: Step<Id>): string;
  /** Blocks beside a question. */
  beside(view: View, step: Step<Id>): readonly Action[];
  /** What is said once everything is answered, where that is not the usual thanks. */
  thanks?(view: View): string | undefined;
  /** What an earlier ask has left to be asked, right below the thanks, which say so. */
  left?(view: View): readonly Block[];
  /** Blocks that are shown while questions are left: what both have answered already. */
  meanwhile?(view: View): readonly Block[];
  /** Blocks that are shown once everything is answered. */
  after(view: View): readonly Block[];
}
