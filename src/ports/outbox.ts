import type { Ask, Nudge, NudgeId, NudgeKind, PlannedNudge } from "../domain/nudge.ts";
import type { NudgeState } from "../domain/nudge-life.ts";
import type { Address, PersonId } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";
import type { MessageRef } from "./messenger.ts";

/** A person's account on one platform, and how to write to them there. */
export interface Identity {
  readonly platform: string;
  readonly account: string;
  readonly address: Address;
}

/** The right to work on one nudge until the lease ends. Every later step names it and is refused once it is over. */
export interface Claim {
  readonly nudge: Nudge;
  readonly owner: string;
  readonly fence: number;
  /** The lease's length, in milliseconds: it begins anew when the message is about to leave. */
  readonly length: number;
  /** How often this nudge was claimed before. */
  readonly attempts: number;
  /** A reminder of an ask that was sent before, and not the ask itself. */
  readonly reminder: boolean;
  /** Which delivery of this nudge it is: 0 the ask, 1 its reminder, 2 and more after each "ask me later". The same at every try. */
  readonly round: number;
}

export interface Lease {
  readonly owner: string;
  readonly now: Instant;
  /** Milliseconds. */
  readonly length: number;
}

export interface PlanChange {
  readonly inserted: number;
  readonly moved: number;
  readonly withdrawn: number;
  /** The roster is no longer the one that was planned from: what is not done yet was left for another plan. */
  readonly isOvertaken?: true;
}

/** What a plan is about; all of it when absent. */
export interface PlanScope {
  readonly people?: ReadonlySet<PersonId>;
  /** The version of the roster that was planned from: of another roster, nothing is planned. */
  readonly rosterVersion?: number;
}

/** A message that shows a nudge and must be edited to what the nudge's card says now. */
export interface Refresh {
  readonly nudge: Nudge;
  readonly messages: readonly { readonly platform: string; readonly message: MessageRef }[];
  /** Given back to `refreshed`, so that a change during the edit is not missed. */
  readonly version: number;
}

/** The nudges of one program, from the plan to the message that stands in somebody's chat. Part of the Store. */
export interface Outbox {
  /**
   * Makes everybody's (or the scope's) unsent nudges equal to `wanted`: inserts what is new,
   * moves what is due at another time, withdraws what is no longer implied, brings back what was withdrawn
   * by an earlier plan. What was sent is not touched; what expired before `now` is not inserted.
   */
  plan(wanted: readonly PlannedNudge[], now: Instant, scope?: PlanScope): Promise<PlanChange>;
  /** Up to `limit` nudges (and reminders) that are due and not expired, earliest first, each to exactly one caller until its lease ends. */
  claimDue(lease: Lease, limit: number): Promise<readonly Claim[]>;
  /**
   * Writes down that this claim is about to leave the process, and begins its lease anew: the way to a platform has a
   * whole lease, however long the claim waited. False when the claim is over: then do not send.
   */
  intend(claim: Claim, now: Instant): Promise<boolean>;
  /** The message stands at `message`. `remindAt` plans the ask's one reminder. False when the claim is over. */
  sent(
    claim: Claim,
    identity: Identity,
    message: MessageRef,
    now: Instant,
    remindAt?: Instant,
  ): Promise<boolean>;
  /** Nothing arrived: it is due again at `notBefore`. */
  giveBack(claim: Claim, notBefore: Instant): Promise<boolean>;
  /** It will not be sent: `withdrawn` (no longer wanted), `failed` (cannot arrive), `uncertain` (may have arrived). A reminder only ends itself, never its ask. */
  close(
    claim: Claim,
    state: "withdrawn" | "failed" | "uncertain",
    reason: string,
    now: Instant,
    remindAt?: Instant,
  ): Promise<boolean>;
  /** Sends whose lease ended in the middle, claimed anew so that one caller finds out what became of each. */
  claimDoubtful(lease: Lease, limit: number): Promise<readonly Claim[]>;
  /** Closes every nudge past its expiry; sent ones are marked for refresh. How many. */
  expire(now: Instant): Promise<number>;
  nudge(id: NudgeId): Promise<Nudge | undefined>;
  /** The nudge of this kind, person and subject. */
  nudgeAbout(kind: NudgeKind, person: PersonId, subject: string): Promise<Nudge | undefined>;
  /** Asks of a person that were sent (or may have been) and still take answers at `now`, newest first. */
  openNudges(person: PersonId, now: Instant): Promise<readonly Ask[]>;
  /** One person's nudges due in [from, to), by due time. */
  nudgesOf(person: PersonId, from: Instant, to: Instant): Promise<readonly Nudge[]>;
  /** Everybody's nudges due in [from, to), by due time. */
  nudgesDuring(from: Instant, to: Instant): Promise<readonly Nudge[]>;
  /** When the earliest unsent nudge or reminder is due. */
  nextDue(): Promise<Instant | undefined>;
  /**
   * How many nudges are on their way, open or failed, by kind and state. What is planned or over is not looked at. With
   * `now`, those goal's asks count as sent that were due in the three hours before it and went out, whatever became of
   * them: that one was answered is nobody else's to know. The same kind and state may come several times.
   */
  nudgeCounts(
    now?: Instant,
  ): Promise<readonly { readonly kind: NudgeKind; readonly state: NudgeState; readonly count: number }[]>;

  // messages that show a nudge
  claimRefreshes(now: Instant, limit: number): Promise<readonly Refresh[]>;
  /** The messages show version `version`; a later request stays open. */
  refreshed(nudge: NudgeId, version: number): Promise<void>;
  /** The edit failed: try again at `notBefore`. */
  refreshLater(nudge: NudgeId, notBefore: Instant): Promise<void>;
}
