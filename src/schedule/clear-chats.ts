import type { ChatToClear } from "#src/ports/chats-to-clear.ts";
import { CHATS_TO_CLEAR, readChats } from "#src/ports/chats-to-clear.ts";
import { DAY, later } from "#src/domain/time.ts";
import { codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { EngineDeps } from "./deliver.ts";

/** How many messages a beat takes out of one chat: it has others to think of. */
const MESSAGES = 15;

/** Milliseconds after an erasing until a chat that cannot be reached is given up, and its address forgotten. */
const LONGEST = 7 * DAY;

/**
 * Takes what Attune wrote out of the chats of people who were erased, as far as each platform lets it. What is left to do is
 * on disk from the erasing on, so it may be interrupted and repeated; a message that is gone already is none.
 */
export async function clearChats(deps: EngineDeps, context: Context): Promise<void> {
  const { store } = context;
  const note = await store.note(CHATS_TO_CLEAR);
  const chats = readChats(note);
  if (note === undefined || chats.length === 0) return;
  const left: ChatToClear[] = [];
  for (const chat of chats) {
    const rest = await clearedABit(deps, chat);
    if (rest !== undefined && context.now < later(chat.erasedAt, LONGEST)) left.push(rest);
  }
  // Somebody who is erased meanwhile has changed the note: then the next beat does all of this again.
  await store.changeNote(CHATS_TO_CLEAR, note, JSON.stringify(left));
}

/** What is left of a chat after some messages were taken out; undefined when nothing is. */
async function clearedABit(deps: EngineDeps, chat: ChatToClear): Promise<ChatToClear | undefined> {
  const messenger = deps.messengers.get(chat.platform);
  if (messenger === undefined) return chat;
  const now = chat.messages.slice(0, MESSAGES);
  const gone = new Set<string>();
  try {
    for (const message of now) {
      if (messenger.remove !== undefined) await messenger.remove(message).catch(unlessFinal);
      gone.add(message);
    }
    const rest = { ...chat, messages: chat.messages.slice(now.length) };
    if (rest.messages.length > 0) return rest;
    if (chat.address === undefined || messenger.sweep === undefined) return undefined;
    return (await messenger.sweep(chat.address, chat.erasedAt, MESSAGES)) ? undefined : rest;
  } catch (error) {
    const code = codeOf(error);
    if (FINAL.has(code)) return undefined;
    deps.log.debug({ code }, "a chat of somebody who was erased is cleared later");
    return { ...chat, messages: chat.messages.filter((message) => !gone.has(message)) };
  }
}

/** A message that the platform lets nobody take out stays, and the others go. */
const FINAL: ReadonlySet<string> = new Set(["gone", "rejected", "unreachable"]);

function unlessFinal(error: unknown): void {
  if (!FINAL.has(codeOf(error))) throw error;
}
