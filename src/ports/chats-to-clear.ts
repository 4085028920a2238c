import type { Instant } from "../domain/time.ts";
import type { Address } from "../domain/person.ts";
import type { Identity } from "./outbox.ts";
import type { MessageRef } from "./messenger.ts";

/** The note in which an erasing leaves what is still to be taken out of people's chats: a list of these, as JSON. */
export const CHATS_TO_CLEAR = "chats to clear";

/** A chat of somebody who was erased. Their account is known nowhere else any more, and here until the chat is clear. */
export interface ChatToClear extends Pick<Identity, "platform"> {
  /** Unknown of somebody who never agreed: then what is known to stand there is all that can be taken out. */
  readonly address?: Address;
  /** Messages of ours that are known to stand there. */
  readonly messages: readonly MessageRef[];
  readonly erasedAt: Instant;
}

export const readChats = (note: string | undefined): readonly ChatToClear[] =>
  note === undefined ? [] : (JSON.parse(note) as readonly ChatToClear[]);
