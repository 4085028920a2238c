import type { ItemId } from "./forms.ts";
import type { NudgeId } from "./nudge.ts";
import type { PersonId } from "./person.ts";
import type { Instant } from "./time.ts";

/** One person's answer to one item. A corrected answer supersedes the earlier one, which stays stored. */
export interface Reply {
  readonly nudge: NudgeId;
  readonly person: PersonId;
  /** The partner it is about. Absent when it is about every partner of the occasion. */
  readonly about?: PersonId;
  /**
   * What both partners answer about: the id of the resident's assignment, or a pair's week for a check-in. Only replies to
   * the same occasion are compared.
   */
  readonly occasion: string;
  /** The item's id in its form (see forms.ts). */
  readonly item: ItemId;
  /** A choice's value; a person's own words for a text item; null when the item was skipped, or what was answered was taken back. */
  readonly value: string | null;
  /** It is a text in the person's own words. Never logged. Without a value: the line was skipped, and is not asked anew. */
  readonly text: boolean;
  readonly at: Instant;
  /** The answer that this one superseded; absent where it was the first. Known only of an occasion's replies. */
  readonly before?: Pick<Reply, "value" | "text">;
}
