import type { Card } from "#src/card/card.ts";
import type { Person } from "#src/domain/person.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import type { Meters } from "#src/ports/meters.ts";
import type { Identity, Claim } from "#src/ports/outbox.ts";
import { NUDGES } from "#src/domain/nudge.ts";
import { assignmentId } from "#src/domain/roster.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import { cardOf } from "#src/flows/ask/nudge-card.ts";
import type { Context } from "#src/flows/context.ts";
import { quietUntil, reasonToHold, reminderOf } from "./before-sending.ts";
import { Resting, type RestfulMessenger } from "./rests.ts";
import { firstIdentity, identitiesOf, otherIdentity } from "./reach.ts";

/** What the engine needs. */
export interface EngineDeps {
  context(): Context;
  readonly clock: Clock;
  readonly messengers: ReadonlyMap<string, RestfulMessenger>;
  /** The name of this process in leases. */
  readonly owner: string;
  readonly log: Log;
  readonly meters: Meters;
  /** Updates roster and plan. */
  prepare(): Promise<void>;
  /** Whether the context's roster and wishes are still the stored ones. */
  isCurrent(): Promise<boolean>;
  /** Aborts when the process closes. Claimed nudges are then given back and not sent. */
  readonly shutdown?: AbortSignal;
}

/** The key of a delivery: the same at every retry and after a crash. It tells nothing to people who read it on the platform. */
export const deliveryKey = (context: Context, claim: Claim): DeliveryKey =>
  `attune-${context.program.id}-${claim.nudge.id}-${claim.round}` as DeliveryKey;

/** Sends a claimed nudge, or closes it with a reason. Resolves to the moment until which the platform wants us to wait. */
export async function deliver(deps: EngineDeps, claim: Claim): Promise<Instant | undefined> {
  const context = deps.context();
  const { store } = context;
  const person = context.person(claim.nudge.person);
  if (person === undefined) return closed(deps, claim, "left-program");
  const standing = await store.standing(person.id);
  const held = await reasonToHold(context, claim, standing);
  if (held !== undefined) return closed(deps, claim, held);
  const postponed = quietUntil(context, claim, person);
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
  const remind = claim.reminder ? undefined : remindAt(context, claim, at);
  await context.store.sent(claim, identity, message, at, remind);
  deps.meters.sent(claim.nudge.kind, isTold(claim) ? Math.max(0, at - claim.nudge.dueAt) : undefined);
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

/** When the ask's reminder is due, by the current roster. */
export function remindAt(context: Context, { nudge }: Claim, sentAt: Instant): Instant | undefined {
  const shift = context.roster.assignment(assignmentId(nudge.subject));
  return reminderOf(
    nudge,
    sentAt,
    shift?.start,
    context.roster.outlook.daysOf(nudge.person),
    context.zone,
    context.program.policy,
  );
}

async function closed(deps: EngineDeps, claim: Claim, reason: string): Promise<undefined> {
  const { store, now } = deps.context();
  await store.close(claim, "withdrawn", reason, now);
}

async function failed(deps: EngineDeps, claim: Claim, reason: string): Promise<undefined> {
  const { store, now } = deps.context();
  await store.close(claim, "failed", reason, now);
  if (!isTold(claim)) return;
  deps.log.warn({ nudge: claim.nudge.id, kind: claim.nudge.kind, reason }, "a nudge cannot be delivered");
}

/** Whether another process may have planned it from a roster that this one has not read yet. Then the next beat tries again. */
async function nothingToAsk(deps: EngineDeps, claim: Claim): Promise<undefined> {
  const { store, now } = deps.context();
  if (await deps.isCurrent()) await closed(deps, claim, "nothing-to-ask");
  else await store.giveBack(claim, later(now, retryAfter(0)));
}

/** Milliseconds before the next try if nothing has arrived: half a minute, doubled each time, an hour at most. */
const retryAfter = (attempts: number): number => Math.min(HOUR, 30_000 * 2 ** attempts);

/** The platform could not tell who the person is. Nothing was sent, so it is tried again. */
async function whereUnknown(deps: EngineDeps, claim: Claim, error: unknown): Promise<Instant | undefined> {
  if (!(error instanceof AttuneError) || error.code === "store") throw error;
  const now = deps.clock.now();
  if (!(error instanceof Resting)) deps.meters.failed(error.code);
  const until = later(now, error.retryAfter ?? retryAfter(claim.attempts));
  await deps.context().store.giveBack(claim, until);
  return error.code === "rate-limited" ? until : undefined;
}

/**
 * Whether operators are told what became of it. A look back comes only where there was a goal, and a reminder only where
 * there was no answer: that one of them went out, or could not, would tell of a private goal.
 */
const isTold = ({ nudge, reminder }: Claim): boolean => !reminder && NUDGES[nudge.kind].comesAnyway;

/** Whether a failure concerns only one person and not the platform. */
const isPersonal = (code: string): boolean => ["unreachable", "rejected", "gone", "ambiguous"].includes(code);

/** Handles a failed send (see errors.ts): either nothing has arrived, or it is unknown. */
async function afterFailure(
  deps: EngineDeps,
  claim: Claim,
  identity: Identity,
  error: unknown,
): Promise<Instant | undefined> {
  const context = deps.context();
  const now = deps.clock.now();
  const code = error instanceof AttuneError ? error.code : "ambiguous";
  if (!(error instanceof Resting) && (isTold(claim) || !isPersonal(code))) deps.meters.failed(code);
  switch (code) {
    case "rate-limited": {
      const until = later(now, (error as AttuneError).retryAfter ?? 1_000);
      await context.store.giveBack(claim, until);
      return until;
    }
    case "unavailable": {
      const rest = error instanceof Resting ? error.retryAfter : undefined;
      await context.store.giveBack(claim, later(now, rest ?? retryAfter(claim.attempts)));
      return undefined;
    }
    case "unreachable":
    case "rejected":
    case "gone":
    case "config":
      return failed(deps, claim, code);
    case "store":
      // It was sent, but this could not be stored. When the lease has ended, a look-up finds out.
      throw error;
    case "ambiguous": {
      if (isTold(claim))
        deps.log.warn(
          { nudge: claim.nudge.id, kind: claim.nudge.kind },
          "nobody knows whether a message arrived",
        );
      if (deps.messengers.get(identity.platform)!.supports.lookup) return undefined;
      await context.store.close(claim, "uncertain", "ambiguous", now, remindAt(context, claim, now));
      return undefined;
    }
    default:
      return code satisfies never;
  }
}

/** Finds out what became of an interrupted send, by a look-up if the platform has one. It is never just sent again. */
export async function reconcile(deps: EngineDeps, claim: Claim): Promise<void> {
  const context = deps.context();
  const person = context.person(claim.nudge.person);
  const identities = person === undefined ? [] : await identitiesOf(deps.messengers, context, person);
  let canTell = identities.length > 0;
  for (const identity of identities) {
    const messenger = deps.messengers.get(identity.platform)!;
    if (messenger.find === undefined) {
      canTell = false;
      continue;
    }
    const message = await messenger.find(identity.address, deliveryKey(context, claim));
    if (message === undefined) continue;
    await context.store.sent(
      claim,
      identity,
      message,
      context.now,
      claim.reminder ? undefined : remindAt(context, claim, context.now),
    );
    return;
  }
  if (canTell) await context.store.giveBack(claim, context.now);
  else
    await context.store.close(
      claim,
      "uncertain",
      "ambiguous",
      context.now,
      remindAt(context, claim, context.now),
    );
}
