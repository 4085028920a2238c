import type { Act, Card } from "../card/card.ts";
import type { Address } from "../domain/person.ts";
import type { MessageRef } from "./messenger.ts";

/** Who acted, as the adapter has verified it (signature, tenant, session). */
export interface Sender {
  readonly platform: string;
  /** The account on that platform, as people.csv names it. */
  readonly account: string;
  /** Where this person can be written to from now on. */
  readonly address: Address;
}

interface Happened {
  /** Unique for each act on the platform, and the same when the platform delivers it again. */
  readonly event: string;
  readonly sender: Sender;
}

/** One thing that a person did, verified and in our own words. */
export type Inbound =
  /** Opened the conversation or the home view. */
  | (Happened & { readonly type: "opened" })
  /** Typed a message. */
  | (Happened & { readonly type: "said"; readonly text: string })
  /** Tapped a button: of a message, or of a view that is none (a home page, a dialog). */
  | (Happened & { readonly type: "pressed"; readonly act: Act; readonly message?: MessageRef })
  /** Sent what was typed into a card or its dialog; `values` by the input's name. */
  | (Happened & {
      readonly type: "submitted";
      readonly act: Act;
      readonly message?: MessageRef;
      readonly values: Readonly<Record<string, string>>;
    });

/**
 * What a flow answers. The adapter chooses the call. By the time a response is returned, everything
 * that it says was kept is on disk.
 */
export type BotResponse =
  | { readonly kind: "none" }
  /** A card: in place of the message that was tapped, or as a new message. */
  | { readonly kind: "card"; readonly card: Card; readonly replace: boolean }
  /** Not taken. Nothing was stored. `card`, when given, is what the message should show now. */
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly text: string; readonly card?: Card };

export type RefusalReason =
  /** The sender is nobody we know. */
  | "unknown-person"
  /** The act is about somebody else's nudge. */
  | "not-yours"
  /** The same event came before. */
  | "already-received"
  | "expired"
  /** The partner has answered: what both see no longer changes. */
  | "locked"
  /** The act or its values mean nothing here. */
  | "not-understood"
  /** The text looks like a patient's identifier. */
  | "identifier"
  /** The text is longer than the item admits. */
  | "too-long"
  /** The store could not keep it. */
  | "not-saved";
