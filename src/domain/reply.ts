import type { ItemId } from "./forms.ts";
import type { NudgeId } from "./nudge.ts";
import type { PersonId } from "./person.ts";
import type { Instant } from "./time.ts";

/** One person's answer to one item. A corrected answer supersedes an earlier one; the earlier one stays. */
export interface Reply {
  readonly nudge: NudgeId;
  readonly person: PersonId;
  /** The partner it is about; absent when it holds for every partner of the occasion. */
  readonly about?: PersonId;
  /**
   * What both partners answer about: the resident's assignment for everything bound to a shift,
   * the pair's week for a check-in. Replies to one occasion are what may be put side by side.
   */
  readonly occasion: string;
  /** The item's id in its form (see forms.ts). */
  readonly item: ItemId;
  /** A choice's value; a person's own words for a text item; null when the item was skipped. */
  readonly value: string | null;
  /** Own words: encrypted in the store, never logged. */
  readonly text: boolean;
  readonly at: Instant;
}
