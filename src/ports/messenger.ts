import type { Card } from "../card/card.ts";
import type { Address } from "../domain/person.ts";

declare const messageBrand: unique symbol;
/** Where one message stands on its platform: minted and read by its adapter only. */
export type MessageRef = string & { readonly [messageBrand]: true };

declare const keyBrand: unique symbol;
/** Names one delivery, the same at every try; opaque, since others may read it on the platform. */
export type DeliveryKey = string & { readonly [keyBrand]: true };

/** Facts of a platform that a flow or the engine may branch on. */
export interface Capabilities {
  /** `find` can tell whether an interrupted send arrived. */
  readonly lookup: boolean;
}

/**
 * A platform that carries cards to people. Failures are AttuneErrors: `rate-limited`, `unavailable`,
 * `rejected` and `unreachable` say that nothing arrived; `ambiguous`, and any other error, says that nobody knows.
 */
export interface Messenger {
  /** For logs and for choosing an identity; never for an `if` in a flow. */
  readonly platform: string;
  readonly supports: Capabilities;
  /** How to write first to an account that people.csv names; undefined where the person has to come first. */
  addressOf(account: string): Address | undefined;
  send(to: Address, card: Card, key: DeliveryKey): Promise<MessageRef>;
  /** Shows `card` in place of what the message showed. Safe to repeat. */
  update(message: MessageRef, card: Card): Promise<void>;
  /** The message that an earlier `send` with this key left behind, if it arrived. Present when `supports.lookup`. */
  find?(to: Address, key: DeliveryKey): Promise<MessageRef | undefined>;
  /** Who is who on the platform, by e-mail. Absent where the platform knows no e-mail. */
  readonly directory?: Directory;
}

/**
 * For people whose account people.csv does not name. Nothing of it is stored by the core before the person agrees.
 * A question that the platform cannot answer just now fails with an AttuneError like a send.
 */
export interface Directory {
  /** The account that has this e-mail, if it may be written to. */
  accountOf(email: string): Promise<string | undefined>;
  /** The e-mails that the platform has confirmed for this account, the likelier first; a sign-in name may be one. */
  emailsOf(account: string): Promise<readonly string[]>;
}
