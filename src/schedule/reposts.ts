import type { Card } from "#src/card/card.ts";
import { isAsk, isOver, type Nudge } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { MINUTE } from "#src/domain/time.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import type { Identity, Shown } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import type { EngineDeps } from "./deliver.ts";
import { firstIdentity, otherIdentity } from "./reach.ts";
import { lookedUp } from "./undelivered.ts";

/** Milliseconds after which a post counts as interrupted: longer than any messenger takes for one. */
const INTERRUPTED = 2 * MINUTE;

/** What has to be posted anew: none of the messages that showed the nudge is there any more. */
export interface Gone {
  readonly nudge: Nudge;
  readonly gone: readonly Shown[];
  readonly card: Card;
}

const repostKey = ({ program }: Context, { id }: Nudge): DeliveryKey =>
  `attune-${program.id}-${id}-again` as DeliveryKey;

/**
 * Posts an ask anew, once, where its reader is now, while it takes answers. That it is about to be posted is on disk before:
 * after a crash it is looked up, and where the platform has no look-up it is not repeated.
 * @throws AttuneError when it is to be tried again later
 */
export async function postAnew(deps: EngineDeps, context: Context, what: Gone): Promise<void> {
  const { nudge } = what;
  const { store } = context;
  const person = context.person(nudge.person);
  if (person === undefined || !isAsk(nudge) || isOver(nudge, context.now)) return;
  if (!wantsMessages(await store.standing(person.id), context)) return;
  const identity = await firstIdentity(deps.messengers, context, person);
  if (identity === undefined) return;
  const claimed = await store.claimRepost(nudge, deps.clock.now(), INTERRUPTED);
  switch (claimed) {
    case "done":
      return;
    case "busy":
      throw new AttuneError("rate-limited", "A message is being posted anew.", { retryAfter: INTERRUPTED });
    case "interrupted":
      if ((await became(deps, context, what)) !== "nothing") return;
      break;
    case "first":
      break;
    default:
      claimed satisfies never;
  }
  await post(deps, context, what, { person, identity });
}

const wantsMessages = ({ consent, stopped, pausedUntil }: Standing, { now }: Context): boolean =>
  consent === "given" && !stopped && (pausedUntil === undefined || pausedUntil <= now);

async function post(
  deps: EngineDeps,
  context: Context,
  what: Gone,
  { person, identity }: { readonly person: Person; readonly identity: Identity },
): Promise<void> {
  const { nudge, gone, card } = what;
  const sendTo = async ({ platform, address }: Identity): Promise<void> => {
    const message = await deps.messengers.get(platform)!.send(address, card, repostKey(context, nudge));
    await context.store.reposted(nudge, gone, { platform, message }, deps.clock.now());
  };
  try {
    await sendTo(identity).catch(async (error: unknown) => {
      if (codeOf(error) !== "unreachable") throw error;
      const other = await otherIdentity(deps.messengers, context, person, identity);
      if (other === undefined) throw error;
      await sendTo(other);
    });
  } catch (error) {
    // It may stand in the chat: then the claim stays, and whoever comes next looks.
    if (!DOUBTFUL.has(codeOf(error))) await context.store.repostLater(nudge);
    throw error;
  }
}

const DOUBTFUL: ReadonlySet<string> = new Set(["ambiguous", "store", "bug"]);

/** What became of a post that was interrupted: it is `found`, there is `nothing`, or nobody can tell. */
async function became(
  deps: EngineDeps,
  context: Context,
  { nudge, gone }: Gone,
): Promise<"found" | "nothing" | "unknown"> {
  const found = await lookedUp(deps, context, context.person(nudge.person), repostKey(context, nudge));
  if (found === "unreachable" || found === "rejected")
    throw new AttuneError(found, "The chat of a message that is gone cannot be looked into.");
  if (found === "nothing" || found === "unknown") return found;
  const shown = { platform: found.identity.platform, message: found.message };
  await context.store.reposted(nudge, gone, shown, deps.clock.now());
  return "found";
}
