import type { Card } from "#src/card/card.ts";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Refresh, Shown } from "#src/ports/outbox.ts";
import { MINUTE, later } from "#src/domain/time.ts";
import { codeOf, type AttuneError } from "#src/errors.ts";
import { cardOf } from "#src/flows/ask/nudge-card.ts";
import type { Context } from "#src/flows/context.ts";
import { asFound } from "#src/flows/view/snapshot.ts";
import type { EngineDeps } from "./deliver.ts";
import { knownIdentities, Resting } from "./reach.ts";
import { postAnew } from "./reposts.ts";

/** A nudge whose messages are to be edited, and what a batch of edits reads together. */
export interface Edit {
  readonly refresh: Refresh;
  readonly context: Context;
}

/** Partners' cards are made of the same replies: what a batch reads of them, it reads once. */
export async function claimedEdits(deps: EngineDeps, limit: number): Promise<readonly Edit[]> {
  const claimed = await deps.context().store.claimRefreshes(deps.clock.now(), limit);
  if (claimed.length === 0) return [];
  const context = asFound(deps.context());
  return claimed.map((refresh) => ({ refresh, context }));
}

/** Edits every message that shows a nudge to what its card says now. Where none is there any more, it is posted anew. Safe to repeat. */
export async function edit(deps: EngineDeps, { context, refresh }: Edit): Promise<void> {
  const { nudge, messages, version } = refresh;
  try {
    const card = await cardNow(context, nudge);
    if (card !== undefined && (await shownIn(deps, context, refresh, card)) === "nowhere")
      await postAnew(deps, context, { nudge, gone: messages, card });
    // What was answered meanwhile has asked for another edit.
    await context.store.refreshed(nudge.id, version);
  } catch (error) {
    const code = codeOf(error);
    if (code === "rate-limited" || error instanceof Resting) {
      // Many cards change at once when their asks expire: they take their turns, and nothing is wrong.
      const wait = (error as AttuneError).retryAfter ?? MINUTE;
      await context.store.refreshLater(nudge.id, later(deps.clock.now(), wait));
      return;
    }
    deps.meters.failed(code);
    deps.log.warn({ nudge: nudge.id, kind: nudge.kind, code, error }, "a message could not be edited");
    const isFinal = code === "unreachable" || code === "rejected";
    if (isFinal) await context.store.refreshed(nudge.id, version);
    else await context.store.refreshLater(nudge.id, later(context.now, MINUTE));
  }
}

/**
 * Shows the card in every message of a nudge. `nowhere`: none is there any more, or its reader has moved to another chat.
 * @throws AttuneError when one could not be edited, once the others are
 */
async function shownIn(
  deps: EngineDeps,
  context: Context,
  { nudge, messages }: Refresh,
  card: Card,
): Promise<"somewhere" | "nowhere"> {
  let isSomewhere = false;
  let failed: unknown;
  for (const shown of messages) {
    try {
      if (await isLeftBehind(deps, context, nudge, shown)) continue;
      await deps.messengers.get(shown.platform)?.update(shown.message, card);
      isSomewhere = true;
    } catch (error) {
      if (codeOf(error) !== "gone") failed ??= error;
    }
  }
  if (failed !== undefined) throw failed;
  return isSomewhere ? "somewhere" : "nowhere";
}

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
  const standing = await context.store.standing(person.id);
  // A message whose partner is gone has nothing left to ask, and must not go on showing what they had told.
  return (
    (await cardOf(context, nudge, person, standing)) ??
    cardOf(context, { ...nudge, state: "withdrawn" }, person, standing)
  );
}
