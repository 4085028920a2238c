import { DAY, MINUTE, later } from "#src/domain/time.ts";
import { codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import { CHATS_TO_CLEAR, readChats, type ChatToClear } from "#src/ports/chats-to-clear.ts";
import type { EngineDeps } from "./deliver.ts";

/* What an erasing leaves to later beats: our messages in chats, and old pages of the database's files. */

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
  if (note === undefined) return;
  const chats = readChats(note);
  if (chats.length === 0) return;
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

/** Another process may have left something to do: it is looked for this often. */
const LOOK = 5 * MINUTE;

/**
 * Clears the database's files of what was erased while somebody was still reading it, at the first beat after they
 * are gone. Its trouble is its own: the beat has done everything else.
 */
export function createFinishing({
  log,
  meters,
}: Pick<EngineDeps, "log" | "meters">): (context: Context) => Promise<void> {
  let last: { readonly at: number; readonly isDone: boolean } | undefined;

  const isDone = async ({ store }: Context): Promise<boolean> => {
    try {
      const isFinished = await store.finishErasing();
      if (!isFinished && last?.isDone !== false)
        log.warn(
          {},
          "what was erased is still in the database's files: somebody has been reading since before",
        );
      return isFinished;
    } catch (error) {
      const code = codeOf(error);
      meters.failed(code);
      log.error({ code, error }, "the database's files could not be cleared of what was erased");
      return false;
    }
  };

  return async (context) => {
    // Either way: a clock may step back.
    if (last !== undefined && Math.abs(context.now - last.at) < (last.isDone ? LOOK : MINUTE)) return;
    last = { at: context.now, isDone: await isDone(context) };
  };
}
