import type { Card } from "#src/card/card.ts";
import { LEFT, toldReason, type NudgeReason } from "#src/domain/nudge-life.ts";
import { isKnownKind, isTold, rulesOf } from "#src/domain/nudge.ts";
import type { Person } from "#src/domain/person.ts";
import { later, type Instant } from "#src/domain/time.ts";
import { AttuneError, codeOf } from "#src/errors.ts";
import { cardOf } from "#src/flows/ask/nudge-card.ts";
import type { Context } from "#src/flows/context.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import type { Claim, Identity, Lease, Shown } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import { quietUntil, reasonToHold, remindAt } from "./before-sending.ts";
import { standingAnywhere, quietElsewhere } from "./in-all-programs.ts";
import { eachPersons, firstIdentity, otherIdentity, CircuitOpen } from "./reach.ts";
import {
  afterFailure,
  failed,
  lookedUp,
  retryAfter,
  whereUnknown,
  type DeliveryDeps,
} from "./undelivered.ts";

/** What messages show, where this process has seen to it (edits.ts). */
interface KnownCards {
  /** This message shows this card from now on. */
  shows(shown: Shown, card: Card, version: number, at: Instant): void;
  /** Since when a message whose nudge was last edited to `version` shows this very card; undefined where that is not known. */
  sinceWhen(shown: Shown, card: Card, version: number): Instant | undefined;
}

/** What the engine needs. */
export interface EngineDeps extends DeliveryDeps {
  /** The name of this process in leases. */
  readonly owner: string;
  readonly lastShown: KnownCards;
  /** Updates roster and plan. */
  prepare(): Promise<void>;
  /** Updates the plan alone. */
  planAgain(): Promise<void>;
  /** Whether the context's roster and wishes are still the stored ones. */
  isCurrent(): Promise<boolean>;
  /** Aborts when the process closes. Claimed nudges are then given back and not sent. */
  readonly shutdown?: AbortSignal;
}

/** As many as are sent well within a lease. */
export const BATCH = 50;
/** A platform that wants to be left alone for longer than this is left to a later beat. */
const PATIENCE = 30_000;
/** Milliseconds after which a beat that waits for one platform looks what is due on the others. */
const GLANCE = 5_000;

/** Sends until nothing is due, waiting where a platform asks for a moment's patience. Edits go between. */
export async function sendDue(
  deps: EngineDeps,
  lease: () => Lease,
  editAll: () => Promise<void>,
): Promise<void> {
  /** Until when a platform has asked to be left alone. */
  let askedToWaitUntil: Instant | undefined;
  for (;;) {
    const attempt = async (claim: Claim) => {
      if (deps.shutdown?.aborted === true) {
        await deps.context().store.giveBack(claim, claim.nudge.dueAt);
        return;
      }
      // What only a newer version can send is taken up by that one, when the lease ends.
      if (!isKnownKind(claim.nudge.kind)) return;
      const until = await deliver(deps, claim);
      if (until !== undefined && (askedToWaitUntil === undefined || until > askedToWaitUntil))
        askedToWaitUntil = until;
    };
    const claims = await deps.context().store.claimDue(lease(), BATCH);
    await eachPersons(
      claims,
      ({ nudge }) => nudge.person,
      (claim) => guarded(deps, claim, () => attempt(claim)),
    );
    if (claims.length > 0) await editAll();
    if (deps.shutdown?.aborted === true) return;
    const wait = askedToWaitUntil === undefined ? 0 : askedToWaitUntil - deps.clock.now();
    if (wait > PATIENCE) return;
    // Meanwhile something may fall due on another platform.
    if (wait > 0) await deps.clock.sleep(Math.min(wait, GLANCE), deps.shutdown);
    else if (claims.length < BATCH) return;
  }
}

/** The key of a delivery: the same at every retry and after a crash. It tells nothing to people who read it on the platform. */
export const deliveryKey = (context: Context, claim: Claim): DeliveryKey =>
  `attune-${context.program.id}-${claim.nudge.id}-${claim.round}` as DeliveryKey;

/** Sends a claimed nudge, or closes it with a reason. Resolves to the moment until which the platform wants us to wait. */
export async function deliver(deps: EngineDeps, claim: Claim): Promise<Instant | undefined> {
  const context = deps.context();
  const { store } = context;
  const person = context.person(claim.nudge.person);
  if (person === undefined) return closed(deps, claim, LEFT);
  let standing: Standing;
  try {
    standing = await standingAnywhere(deps.messengers, context, person);
  } catch (error) {
    return whereUnknown(deps, claim, error);
  }
  const held = await reasonToHold(context, claim, standing);
  if (held !== undefined) return closed(deps, claim, held);
  const postponed = rulesOf(claim.nudge.kind).shiftBound
    ? undefined
    : (quietUntil(context, claim, person) ?? quietElsewhere(context, claim, person));
  if (postponed !== undefined) {
    await store.giveBack(claim, postponed);
    return undefined;
  }
  let identity: Identity | undefined;
  try {
    identity = await firstIdentity(deps.messengers, context, person);
  } catch (error) {
    return whereUnknown(deps, claim, error);
  }
  if (identity === undefined) return failed(deps, claim, "no-address");
  const card = await cardOf(context, claim.nudge, person, standing);
  if (card === undefined) return nothingToAsk(deps, claim);
  if (!(await store.intend(claim, deps.clock.now()))) return undefined;
  try {
    await send(deps, claim, identity, card);
  } catch (error) {
    return elsewhere(deps, claim, { person, identity, card, error });
  }
  return undefined;
}

async function send(deps: EngineDeps, claim: Claim, identity: Identity, card: Card): Promise<void> {
  const context = deps.context();
  const messenger = deps.messengers.get(identity.platform)!;
  const message = await messenger.send(identity.address, card, deliveryKey(context, claim), isTold(claim));
  const at = deps.clock.now();
  deps.lastShown.shows({ platform: identity.platform, message }, card, claim.edited, at);
  const remind = claim.reminder ? undefined : remindAt(context, claim, at);
  await context.store.sent(claim, identity, message, at, remind);
  if (isTold(claim)) {
    const { id, kind, person } = claim.nudge;
    const named = messenger.nameInLog?.(message) ?? message;
    deps.log.info(
      { person, kind, nudge: id, platform: identity.platform, message: named },
      "a message was sent",
    );
  }
  const due = deps.heldUp.get(claim.nudge.id) ?? claim.nudge.dueAt;
  if (!claim.reminder) deps.heldUp.delete(claim.nudge.id);
  deps.meters.sent(claim.nudge.kind, isTold(claim) ? Math.max(0, at - due) : undefined);
}

/** An account that cannot be written to any more may have a successor: then nothing has arrived, and it is sent there. */
async function elsewhere(
  deps: EngineDeps,
  claim: Claim,
  { person, identity, card, error }: { person: Person; identity: Identity; card: Card; error: unknown },
): Promise<Instant | undefined> {
  if (!(error instanceof AttuneError) || error.code !== "unreachable")
    return afterFailure(deps, claim, identity, error);
  let other: Identity | undefined;
  try {
    other = await otherIdentity(deps.messengers, deps.context(), person, identity);
  } catch (cause) {
    return whereUnknown(deps, claim, cause);
  }
  if (other === undefined) return afterFailure(deps, claim, identity, error);
  try {
    await send(deps, claim, other, card);
  } catch (cause) {
    return afterFailure(deps, claim, other, cause);
  }
  return undefined;
}

async function closed(deps: EngineDeps, claim: Claim, reason: NudgeReason): Promise<undefined> {
  const { store, now } = deps.context();
  await store.close(claim, "withdrawn", reason, now);
  deps.heldUp.delete(claim.nudge.id);
  if (!isTold(claim)) return;
  const { id, kind, person } = claim.nudge;
  deps.log.info({ person, kind, nudge: id, reason: toldReason(reason) }, "a message was not sent");
}

/** Whether another process may have planned it from a roster that this one has not read yet. Then the next beat tries again. */
async function nothingToAsk(deps: EngineDeps, claim: Claim): Promise<undefined> {
  const { store, now } = deps.context();
  if (await deps.isCurrent()) await closed(deps, claim, "nothing-to-ask");
  else await store.giveBack(claim, later(now, retryAfter(0)));
}

/** Finds out what became of an interrupted send, by a look-up if the platform has one. It is never just sent again. */
export async function reconcile(deps: EngineDeps, claim: Claim): Promise<void> {
  const context = deps.context();
  const person = context.person(claim.nudge.person);
  const found = await lookedUp(deps, context, person, deliveryKey(context, claim));
  const { store, now } = context;
  if (found === "unreachable" || found === "rejected") await failed(deps, claim, found);
  else if (found === "nothing") await store.giveBack(claim, now);
  else if (found === "unknown") {
    await store.close(claim, "uncertain", "ambiguous", now, remindAt(context, claim, now));
    if (isTold(claim)) deps.meters.undelivered("ambiguous");
  } else
    await store.sent(
      claim,
      found.identity,
      found.message,
      now,
      claim.reminder ? undefined : remindAt(context, claim, now),
    );
}

/** One nudge's trouble is that nudge's: its lease runs out and it is tried, or looked up, again. */
export async function guarded(deps: EngineDeps, { nudge }: Claim, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Its lease ends, and a later beat takes it up.
    if (error instanceof CircuitOpen) return;
    const code = codeOf(error);
    deps.meters.failed(code);
    deps.log.error({ nudge: nudge.id, kind: nudge.kind, code, error }, "a nudge could not be handled");
  }
}
