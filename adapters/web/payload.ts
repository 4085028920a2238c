import type { ChatMessage } from "#src/ports/chat.ts";
import type { Stage } from "#src/ports/stage.ts";
import { byId } from "./cast.ts";
import { messageMarkup } from "./message.ts";

/** A message for a page. If it gets two for the same message, the one with the higher `sequence` counts. */
export interface MessagePayload {
  readonly person: string;
  readonly id: number;
  readonly from: ChatMessage["from"];
  readonly edited: boolean;
  readonly sequence: number;
  readonly html: string;
}

export async function payloadOf(
  stage: Stage,
  message: ChatMessage,
  edited: boolean,
  sequence: number,
): Promise<MessagePayload> {
  const locale = byId(await stage.cast(), message.person)?.locale ?? message.card?.locale ?? "en";
  const html = messageMarkup(message, stage.timeZone, locale).toString();
  return { person: message.person, id: message.id, from: message.from, edited, sequence, html };
}
