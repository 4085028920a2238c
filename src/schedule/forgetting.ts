import { WAITS } from "#src/domain/files.ts";
import { ANNOUNCED, announced, erasesFrom, expiredAnswers, readAnnounced } from "#src/domain/retention.ts";
import { DAY, HOUR, MINUTE, instant, later, utc, type Instant } from "#src/domain/time.ts";
import { readUnknown, stillKept, UNKNOWN_ACCOUNTS } from "#src/domain/unknown-accounts.ts";
import { codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import { isSomebodys } from "#src/flows/conversations/whose-account.ts";
import { CHATS_TO_CLEAR, readChats, type ChatToClear } from "#src/ports/chats-to-clear.ts";
import type { EngineDeps } from "./deliver.ts";

/*
 * What is erased and forgotten: answers and files whose time is over, and what an erasing leaves to later beats, our messages in chats
 * and old pages of the database's files. What there is to do follows from what is stored and the time, so any process may do it, and
 * after a kill the next one goes on. Each tells when it is to be looked at again; without that, at the next beat.
 */

/** How many portions a beat erases: others wait for what it does. */
const PORTIONS = 20;

/** Erases the answers whose time is over, where program.yaml says for how many months they are kept. Nothing falls due more often than once a day. */
export async function eraseExpired(
  { log }: Pick<EngineDeps, "log">,
  { program, zone, store, now }: Context,
): Promise<Instant | undefined> {
  const tomorrow = zone.at(zone.dayOf(now) + 1, 0);
  const expired = expiredAnswers(program, zone, now);
  if (expired === undefined) return tomorrow;
  const note = await store.note(ANNOUNCED);
  const before = readAnnounced(note);
  const stands = announced(before, expired.months, now);
  if (!(await store.changeNote(ANNOUNCED, note, JSON.stringify(stands)))) return undefined;
  const from = erasesFrom(stands);
  if (before?.since !== stands.since)
    log.warn(
      { months: expired.months, from: utc(from) },
      "answers are erased by `retention` of program.yaml from this moment on: take it out if that is not meant",
    );
  if (now < from) return from < tomorrow ? from : tomorrow;
  let erased = 0;
  for (const span of expired.spans) {
    for (let rest = 1; rest > 0;) {
      if (erased >= PORTIONS) return undefined;
      rest = await store.eraseAnswers(span, expired.before, now);
      if (rest > 0) erased += 1;
    }
  }
  if (erased > 0) log.info({ before: expired.before }, "answers were erased, as program.yaml has it");
  return tomorrow;
}

/** Forgets files that were given and that nobody has applied in their time, and accounts that are nobody's. Nobody waits for it. */
export async function forgetWaiting({ log }: Pick<EngineDeps, "log">, context: Context): Promise<Instant> {
  const { store, now } = context;
  const files = await store.forgetWaiting(instant(now - WAITS));
  await forgetUnknownAccounts(context);
  if (files > 0) log.info({ files }, "files that nobody applied were forgotten");
  return later(now, HOUR);
}

/** Forgets accounts whose time is over within the hour, or that are somebody's by now.  */
async function forgetUnknownAccounts(context: Context): Promise<void> {
  const { store, now } = context;
  const before = await store.note(UNKNOWN_ACCOUNTS);
  if (before === undefined) return;
  const stored = readUnknown(before);
  const kept = stillKept(stored, later(now, HOUR));
  const areSomebodys = await Promise.all(kept.open.map((one) => isSomebodys(context, one)));
  const open = kept.open.filter((_, at) => !areSomebodys[at]);
  const after = JSON.stringify({ ...kept, open });
  const over = stored.open.map(({ id }) => id).filter((id) => open.every((one) => one.id !== id));
  if (after !== before) await store.keepUnknownAccounts(before, after, now, over);
}

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
}: Pick<EngineDeps, "log" | "meters">): (context: Context) => Promise<Instant> {
  let wasDone = true;

  const isDone = async ({ store }: Context): Promise<boolean> => {
    try {
      const isFinished = await store.finishErasing();
      if (!isFinished && wasDone)
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
    wasDone = await isDone(context);
    return later(context.now, wasDone ? LOOK : MINUTE);
  };
}
