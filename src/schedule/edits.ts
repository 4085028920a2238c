import type { Card } from "#src/card/card.ts";
import type { Nudge, NudgeId } from "#src/domain/nudge.ts";
import { HOUR, MINUTE, later, type Instant } from "#src/domain/time.ts";
import { codeOf, type AttuneError } from "#src/errors.ts";
import { standingCard } from "#src/flows/ask/nudge-card.ts";
import { asFound, type Context } from "#src/flows/context.ts";
import type { PendingEdit, Shown } from "#src/ports/outbox.ts";
import { BATCH, type EngineDeps } from "./deliver.ts";
import { eachPersons, knownIdentities, CircuitOpen } from "./reach.ts";
import { postAnew } from "./reposts.ts";
import { retryAfter } from "./undelivered.ts";
import type { MessageRef } from "#src/ports/messenger.ts";

/** Edits every message that shows something else by now. */
export function createEditing(deps: EngineDeps): () => Promise<void> {
  const tries = new EditTries();
  return async () => {
    // What was tapped during an edit asks for another: until nothing does.
    for (let edits = await claimedEdits(deps); edits.length > 0; edits = await claimedEdits(deps))
      await eachPersons(
        edits,
        ({ pending }) => pending.nudge.person,
        (one) => edit(deps, tries, one),
      );
  };
}

/** A nudge whose messages are to be edited, and what a batch of edits reads together. */
interface Edit {
  readonly pending: PendingEdit;
  readonly context: Context;
}

/** Partners' cards are made of the same replies: what a batch reads of them, it reads once. */
async function claimedEdits(deps: EngineDeps): Promise<readonly Edit[]> {
  const claimed = await deps.context().store.claimEdits(deps.clock.now(), BATCH);
  if (claimed.length === 0) return [];
  const context = asFound(deps.context());
  return claimed.map((pending) => ({ pending, context }));
}

/** Edits every message that shows a nudge to what its card says now. Where none is there any more, it is posted anew. Safe to repeat. */
async function edit(deps: EngineDeps, tries: EditTries, { context, pending }: Edit): Promise<void> {
  const { nudge, messages, version } = pending;
  try {
    const card = await cardNow(context, nudge);
    if (card !== undefined && (await shownIn(deps, context, pending, card)) === "nowhere")
      await postAnew(deps, context, { nudge, gone: messages, card });
    // What was answered meanwhile has asked for another edit.
    await context.store.edited(nudge.id, version);
    tries.ended(nudge.id);
  } catch (error) {
    const code = codeOf(error);
    if (code === "rate-limited" || error instanceof CircuitOpen) {
      // Many cards change at once when their asks expire: they take their turns, and nothing is wrong.
      const wait = (error as AttuneError).retryAfter ?? MINUTE;
      await context.store.editLater(nudge.id, later(deps.clock.now(), wait));
      return;
    }
    deps.meters.failed(code);
    deps.log.warn({ nudge: nudge.id, kind: nudge.kind, code, error }, "a message could not be edited");
    const isFinal = code === "unreachable" || code === "rejected";
    if (isFinal) {
      tries.ended(nudge.id);
      await context.store.edited(nudge.id, version);
      return;
    }
    const wait = tries.failed(nudge.id, deps.clock.now());
    await context.store.editLater(nudge.id, later(context.now, wait));
  }
}

/**
 * Shows the card in every message of a nudge, but for older ones that can be taken out. `nowhere`: none is there any more, or its reader has moved to another chat.
 * @throws AttuneError when one could not be edited, once the others are
 */
async function shownIn(
  deps: EngineDeps,
  context: Context,
  { nudge, messages, version, edited }: PendingEdit,
  card: Card,
): Promise<"somewhere" | "nowhere"> {
  let isSomewhere = false;
  let failed: unknown;
  for (const [place, shown] of messages.entries()) {
    const isOlder = messages.slice(place + 1).some(({ platform }) => platform === shown.platform);
    try {
      if (await isLeftBehind(deps, context, nudge, shown)) continue;
      if (isOlder && (await isTakenOut(deps, shown))) {
        await context.store.messageRemoved(nudge.id, shown);
        continue;
      }
      if (isOlder || !(await isShownAlready(deps, context, { nudge, shown, card, edited })))
        await deps.messengers.get(shown.platform)?.update(shown.message, card);
      deps.lastShown.shows(shown, card, version, deps.clock.now());
      isSomewhere = true;
    } catch (error) {
      if (codeOf(error) !== "gone") failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
  return isSomewhere ? "somewhere" : "nowhere";
}

/**
 * Whether a message shows this very card already. An answer that was given since then has put another there: then it is edited.
 */
async function isShownAlready(
  { lastShown, clock }: EngineDeps,
  { store }: Context,
  { nudge, shown, card, edited }: Pick<PendingEdit, "nudge" | "edited"> & { shown: Shown; card: Card },
): Promise<boolean> {
  const since = lastShown.sinceWhen(shown, card, edited);
  if (since === undefined) return false;
  const replies = await store.repliesOf(nudge.person, since, later(clock.now(), 1));
  return replies.every((one) => one.nudge !== nudge.id);
}

/** An ask stands once, where it was asked last: an older message of it is taken out of the chat. False where it cannot be: then it is edited. */
async function isTakenOut({ messengers }: EngineDeps, { platform, message }: Shown): Promise<boolean> {
  const messenger = messengers.get(platform);
  if (messenger?.remove === undefined) return false;
  try {
    await messenger.remove(message);
    return true;
  } catch (error) {
    if (WAITS.has(codeOf(error))) throw error;
    return false;
  }
}

const WAITS: ReadonlySet<string> = new Set(["rate-limited", "unavailable", "store"]);

/** Whether a message stands in a chat that its reader has left: nothing more is shown there, also where the platform would take it. */
async function isLeftBehind(
  { messengers }: EngineDeps,
  context: Context,
  nudge: Nudge,
  { platform, message }: Shown,
): Promise<boolean> {
  const messenger = messengers.get(platform);
  const person = context.person(nudge.person);
  if (messenger?.standsAt === undefined || person === undefined) return false;
  const here = (await knownIdentities(messengers, context, person)).find((one) => one.platform === platform);
  return here !== undefined && (await messenger.standsAt(message, here.address)) === false;
}

async function cardNow(context: Context, nudge: Nudge): Promise<Card | undefined> {
  const person = context.person(nudge.person);
  if (person === undefined) return undefined;
  return standingCard(context, nudge, person, await context.store.standing(person.id));
}

/**
 * How often in a row the messages of a nudge could not be edited. It is kept in memory alone: a process that starts again begins
 * anew, which costs one call each.
 */
class EditTries {
  readonly #failed = new Map<NudgeId, { readonly times: number; readonly last: Instant }>();

  /** An edit failed: milliseconds until it is tried again, as after a send that failed so often. */
  failed(nudge: NudgeId, now: Instant): number {
    const times = this.#failed.get(nudge)?.times ?? 0;
    this.#failed.set(nudge, { times: times + 1, last: now });
    // Nobody tells of edits that are wanted no more: none waits for longer than an hour.
    for (const [id, { last }] of this.#failed) if (now - last > 2 * HOUR) this.#failed.delete(id);
    return retryAfter(times);
  }

  ended(nudge: NudgeId): void {
    this.#failed.delete(nudge);
  }
}

/** What a message shows since this process has sent or edited it. */
interface Last {
  /** Of the card: what somebody wrote is kept nowhere else than in the database. */
  readonly fingerprint: string;
  /** To which its nudge's messages were edited. Another one in the database: another process has edited them since. */
  readonly version: number;
  readonly at: Instant;
}

/** Messages of which it is known what they show. An older one costs an edit that says the same. */
const MOST = 5_000;

/**
 * What messages show since this process has sent or edited them: an edit that changes nothing that its reader sees is not sent.
 * It is kept in memory alone. A process that starts again knows nothing, and its first edit of a message is always sent.
 */
export class LastShown {
  readonly #known = new Map<string, Last>();

  shows({ platform, message }: Shown, card: Card, version: number, at: Instant): void {
    const place = placeOf(platform, message);
    const fingerprint = fingerprintOf(card);
    this.#known.delete(place);
    this.#known.set(place, { fingerprint, version, at });
    if (this.#known.size > MOST) this.#known.delete(this.#known.keys().next().value!);
  }

  sinceWhen({ platform, message }: Shown, card: Card, version: number): Instant | undefined {
    const last = this.#known.get(placeOf(platform, message));
    return last?.version === version && last.fingerprint === fingerprintOf(card) ? last.at : undefined;
  }
}

const placeOf = (platform: string, message: MessageRef): string => `${platform} ${message}`;

/**
 * FNV-1a twice, from two beginnings: of 64 bits, so that no two cards of a message meet by chance. The platform's own hashes answer later, in
 * any order, and edits of one beat would then go out in another order each time.
 */
function fingerprintOf(card: Card): string {
  const text = JSON.stringify(card);
  let [one, other] = [0x811c9dc5, 0x1000193];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x01000193) + one;
  }
  return `${one >>> 0} ${other >>> 0}`;
}
