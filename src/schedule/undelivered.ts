import type { LossReason } from "#src/domain/nudge-life.ts";
import { isTold, isWaiting, type NudgeId } from "#src/domain/nudge.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import type { Person } from "#src/domain/person.ts";
import { AttuneError, codeOf, type ErrorCode } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";
import type { Claim, Identity } from "#src/ports/outbox.ts";
import { remindAt } from "./before-sending.ts";
import { identitiesOf, CircuitOpen, type GuardedMessenger } from "./reach.ts";

/* What becomes of a claimed nudge that was not delivered: it is closed, or given back for another try. */

/** What delivering needs. */
export interface DeliveryDeps {
  context(): Context;
  readonly clock: Clock;
  readonly messengers: ReadonlyMap<string, GuardedMessenger>;
  readonly log: Log;
  readonly meters: Meters;
  /** When messages were due that could not go out at the first try: a new try is due later. */
  readonly heldUp: HeldUp;
}

/** See `DeliveryDeps.heldUp`. Of this process alone: it is for figures. */
export type HeldUp = Map<NudgeId, Instant>;

/** A flood of failures over days must not fill the memory. */
const REMEMBERED = 50_000;

/** Gives a claimed message back for another try at a moment. */
async function tryAgainAt(deps: DeliveryDeps, claim: Claim, at: Instant): Promise<void> {
  const { heldUp } = deps;
  const { id, dueAt } = claim.nudge;
  if (heldUp.size >= REMEMBERED) heldUp.clear();
  if (!claim.reminder && !heldUp.has(id)) heldUp.set(id, dueAt);
  await deps.context().store.giveBack(claim, at);
}

/** Handles a failed send (see errors.ts): either nothing has arrived, or it is unknown. */
export async function afterFailure(
  deps: DeliveryDeps,
  claim: Claim,
  identity: Identity,
  error: unknown,
): Promise<Instant | undefined> {
  const context = deps.context();
  const now = deps.clock.now();
  const code = error instanceof AttuneError ? error.code : "ambiguous";
  if (!(error instanceof CircuitOpen) && isCounted(claim, code)) deps.meters.failed(code);
  switch (code) {
    case "rate-limited": {
      const until = later(now, (error as AttuneError).retryAfter ?? 1_000);
      await tryAgainAt(deps, claim, until);
      return until;
    }
    case "unavailable": {
      const rest = error instanceof CircuitOpen ? error.retryAfter : undefined;
      await tryAgainAt(deps, claim, later(now, rest ?? retryAfter(claim.attempts)));
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
          {
            person: claim.nudge.person,
            nudge: claim.nudge.id,
            kind: claim.nudge.kind,
            platform: identity.platform,
          },
          "nobody knows whether a message arrived",
        );
      if (deps.messengers.get(identity.platform)!.supports.lookup) return undefined;
      await context.store.close(claim, "uncertain", "ambiguous", now, remindAt(context, claim, now));
      if (isTold(claim)) deps.meters.undelivered("ambiguous");
      return undefined;
    }
    default:
      return code satisfies never;
  }
}

/** The platform could not tell who the person is. Nothing was sent, so it is tried again. */
export async function whereUnknown(
  deps: DeliveryDeps,
  claim: Claim,
  error: unknown,
): Promise<Instant | undefined> {
  if (!(error instanceof AttuneError) || error.code === "store") throw error;
  const now = deps.clock.now();
  if (!(error instanceof CircuitOpen)) deps.meters.failed(error.code);
  const until = later(now, error.retryAfter ?? retryAfter(claim.attempts));
  await tryAgainAt(deps, claim, until);
  return error.code === "rate-limited" ? until : undefined;
}

/** What stays so, asked again. */
type Refusal = "unreachable" | "rejected";

/**
 * What a look-up under all of a person's accounts tells of an interrupted send. `nothing`: it did not arrive. `unknown`: a platform
 * has no look-up. A refusal: one of the accounts cannot be looked up, and asked again it would be the same for ever.
 * @throws AttuneError when a later look-up may tell
 */
export async function lookedUp(
  { messengers }: Pick<DeliveryDeps, "messengers">,
  context: Context,
  person: Person | undefined,
  key: DeliveryKey,
): Promise<{ readonly identity: Identity; readonly message: MessageRef } | "nothing" | "unknown" | Refusal> {
  const identities = person === undefined ? [] : await identitiesOf(messengers, context, person);
  let canTell = identities.length > 0;
  let refusal: Refusal | undefined;
  for (const identity of identities) {
    const messenger = messengers.get(identity.platform)!;
    if (messenger.find === undefined) canTell = false;
    try {
      const message = await messenger.find?.(identity.address, key);
      if (message !== undefined) return { identity, message };
    } catch (error) {
      const code = codeOf(error);
      if (code !== "unreachable" && code !== "rejected") throw error;
      refusal = code;
    }
  }
  if (!canTell) return "unknown";
  return refusal ?? "nothing";
}

/** Closes a nudge that cannot be delivered. */
export async function failed(deps: DeliveryDeps, claim: Claim, reason: LossReason): Promise<undefined> {
  const { store, now } = deps.context();
  await store.close(claim, "failed", reason, now);
  deps.heldUp.delete(claim.nudge.id);
  if (!isTold(claim)) return;
  const { id, kind, person } = claim.nudge;
  if (!isWaiting(kind, reason)) deps.meters.undelivered(reason);
  deps.log.warn({ person, nudge: id, kind, reason }, "a nudge cannot be delivered");
}

/** Milliseconds before the next try if nothing has arrived: half a minute, doubled each time, an hour at most. */
export const retryAfter = (attempts: number): number => Math.min(HOUR, 30_000 * 2 ** attempts);

/** One person's trouble with a look back is not, nor that somebody is yet to come. */
const isCounted = (claim: Claim, code: ErrorCode): boolean =>
  !isPersonal(code) || (isTold(claim) && !isWaiting(claim.nudge.kind, code));

/** Whether a failure concerns only one person and not the platform. */
const isPersonal = (code: string): boolean => ["unreachable", "rejected", "gone", "ambiguous"].includes(code);
