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
 * What a platform of our own has to keep, since no cloud does it: the messages of each chat.
 * Bodies are encrypted under the person's key and go with it.
 */
export interface ChatLog {
  /** Appends once for each key: the same key again returns the message that is there. */
  append(message: Omit<ChatMessage, "id" | "editedAt">, key: DeliveryKey): Promise<ChatMessage>;
  edit(id: number, card: Card, at: Instant): Promise<ChatMessage | undefined>;
  find(person: PersonId, key: DeliveryKey): Promise<ChatMessage | undefined>;
  get(id: number): Promise<ChatMessage | undefined>;
  /** The newest `limit` messages of a chat, oldest first. */
  of(person: PersonId, limit: number): Promise<readonly ChatMessage[]>;
}
