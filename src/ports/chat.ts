import type { Card } from "../card/card.ts";
import type { PersonId } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";
import type { DeliveryKey } from "./messenger.ts";

/** One message of the playground's chat. */
export interface ChatMessage {
  readonly id: number;
  readonly person: PersonId;
  /** Attune speaks in cards, a person in text. */
  readonly from: "attune" | "person";
  readonly at: Instant;
  readonly editedAt?: Instant;
  readonly card?: Card;
  readonly text?: string;
}

/**
 * The messages of each chat. Only the playground needs it: other platforms store their messages themselves. Texts are
 * encrypted with the person's key. When the key is destroyed, nobody can read them any more.
 */
export interface ChatLog {
  /** Appends a message once for each key. With the same key again it returns the stored message. */
  append(message: Omit<ChatMessage, "id" | "editedAt">, key: DeliveryKey): Promise<ChatMessage>;
  /** Takes a message out of its chat. Returns whose chat it was; undefined where there is no such message. */
  remove(id: number): Promise<PersonId | undefined>;
  edit(id: number, card: Card, at: Instant): Promise<ChatMessage | undefined>;
  find(person: PersonId, key: DeliveryKey): Promise<ChatMessage | undefined>;
  get(id: number): Promise<ChatMessage | undefined>;
  /** The newest `limit` messages of a chat, oldest first. */
  of(person: PersonId, limit: number): Promise<readonly ChatMessage[]>;
}
