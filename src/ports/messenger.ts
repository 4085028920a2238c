import type { Card } from "../card/card.ts";
import type { Address } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

declare const messageBrand: unique symbol;
/** Where one message is on its platform. Only its adapter makes and reads it. */
export type MessageRef = string & { readonly [messageBrand]: true };

declare const keyBrand: unique symbol;
/** Names one delivery; the same at every retry. It tells nothing about the person, since others may read it on the platform. */
export type DeliveryKey = string & { readonly [keyBrand]: true };

/** What a platform can do, as far as flows and the engine may depend on it. */
export interface Capabilities {
  /** `find` can tell whether an interrupted send arrived. */
  readonly lookup: boolean;
}

/**
 * Sends cards to people on one platform. Failures are AttuneErrors. After `rate-limited`, `unavailable`, `rejected` and
 * `unreachable` nothing has arrived. After `ambiguous` and any other error the message may have arrived.
 */
export interface Messenger {
  /** For logs and for choosing an identity. Flows never branch on it. */
  readonly platform: string;
  readonly supports: Capabilities;
  /** The address of an account that people.csv names. Undefined where the person has to write first. */
  addressOf(account: string): Address | undefined;
  send(to: Address, card: Card, key: DeliveryKey): Promise<MessageRef>;
  /** Replaces what the message shows by `card`. Safe to repeat. Fails with `gone` where there is no such message any more. */
  update(message: MessageRef, card: Card): Promise<void>;
  /**
   * Takes a message of ours out of its chat. Safe to repeat: one that is gone is none. Fails with `gone` where the platform
   * lets nobody take it out. Absent where no message can be.
   */
  remove?(message: MessageRef): Promise<void>;
  /**
   * Takes what we wrote to this address before a moment out of the chat, at most `limit` messages. True once nothing of it
   * is left. Absent where a chat cannot be read.
   */
  sweep?(address: Address, before: Instant, limit: number): Promise<boolean>;
  /**
   * Whether a message stands in the chat that this address leads to; undefined where that cannot be told. Absent where an
   * account has one chat for good.
   */
  standsAt?(message: MessageRef, address: Address): Promise<boolean | undefined>;
  /** The message of an earlier `send` with this key, if it arrived. Present when `supports.lookup`. */
  find?(to: Address, key: DeliveryKey): Promise<MessageRef | undefined>;
  /** What the log says of a message, for operators to find it by: no account, no address. Absent where its ref is that already. */
  nameInLog?(message: MessageRef): string;
  /** Finds accounts by e-mail. Absent where the platform knows no e-mail. */
  readonly directory?: Directory;
}

/**
 * For people whose account people.csv does not name. The core stores nothing of it before the person agrees. If the
 * platform cannot answer at the moment, the methods fail with an AttuneError, as `send` does.
 */
export interface Directory {
  /** The account that has this e-mail, if it may be written to. `anew`: an answer that is kept does not count. */
  accountOf(email: string, how?: "anew"): Promise<string | undefined>;
  /** The e-mails that the platform has confirmed for this account, the most likely first. A sign-in name may be one. */
  emailsOf(account: string): Promise<readonly string[]>;
}
