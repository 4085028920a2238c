import type { Ask, Nudge, NudgeId, NudgeKind, PlannedNudge } from "../domain/nudge.ts";
import type { NudgeReason, NudgeState } from "../domain/nudge-life.ts";
import type { Address, PersonId } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";
import type { MessageRef } from "./messenger.ts";

/** A person's account on one platform, and how to write to them there. */
export interface Identity {
  readonly platform: string;
  readonly account: string;
  readonly address: Address;
}

/** The right to work on one nudge until the lease ends. Every later step names its claim. It is refused when the claim is over. */
export interface Claim {
  readonly nudge: Nudge;
  readonly owner: string;
  readonly fence: number;
  /** The lease's length, in milliseconds. It begins anew right before the message is sent. */
  readonly length: number;
  /** How often this nudge was claimed before. */
  readonly attempts: number;
  /** It is a reminder of an ask that was sent before. */
  readonly reminder: boolean;
  /** The version to which its messages were edited last (see PendingEdit). */
  readonly edited: number;
  /** Which message of this nudge it is: 0 the ask, 1 its reminder, 2 and more after each "ask me later". A retry has the same number. */
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
  /** The roster has changed since the plan was made. So not everything was applied: plan again. */
  readonly isOvertaken?: true;
}

/** What a plan covers. Everything when absent. */
export interface PlanScope {
  readonly people?: ReadonlySet<PersonId>;
  /** The version of the roster that the plan was made from. If the stored roster is another one, nothing is applied. */
  readonly rosterVersion?: number;
  /** Who is in people.csv: what is withdrawn of anybody else says that they have left. */
  readonly members?: ReadonlySet<PersonId>;
}

/** A message of ours on a platform. */
export interface Shown {
  readonly platform: string;
  readonly message: MessageRef;
}

/**
 * Whether a nudge whose messages are gone is the caller's to post anew. `first`: it is. `interrupted`: it is, but somebody
 * before may have done it: look first. `busy`: somebody else is about to. `done`: it was posted anew before, once is enough.
 */
export type Repost = "first" | "interrupted" | "busy" | "done";

/** A nudge whose messages must be edited: they have to show its card as it is now. */
export interface PendingEdit {
  readonly nudge: Nudge;
  readonly messages: readonly Shown[];
  /** Pass it to `edited`. So a change that comes during the edit is not missed. */
  readonly version: number;
  /** The version to which they were edited last, by any process; 0 where they never were. */
  readonly edited: number;
}

/** The nudges of one program, from the plan to the message in a person's chat. Part of the Store. */
export interface Outbox {
  /**
   * Makes everybody's (or the scope's) unsent nudges equal to `wanted`: inserts what is new,
   * moves what is due at another time, withdraws what is no longer implied, brings back what was withdrawn
   * by an earlier plan. What was sent is not touched; what expired before `now` is not inserted.
   */
  plan(wanted: readonly PlannedNudge[], now: Instant, scope?: PlanScope): Promise<PlanChange>;
  /**
   * Its person wants to answer this ask without being asked: from now on it takes answers until `expiresAt`, whatever became of its
   * message, and is not sent for that. Where the plan has left it out, it is kept as withdrawn.
   */
  openAnyway(ask: PlannedNudge): Promise<Nudge>;
  /**
   * A coordinator has a message go out that is planned for later: it is due now, and the audit log has who said so. False, and nothing
   * is changed, where it is due already, has gone out, or is not planned any more.
   */
  sendNow(nudge: NudgeId, by: PersonId, now: Instant): Promise<boolean>;
  /** Messages that something else than the roster brings about, each once by its kind, person and subject, whoever else asks for the same. */
  tell(notices: readonly PlannedNudge[]): Promise<void>;
  /** Up to `limit` nudges (and reminders) that are due and not expired, earliest first. Each goes to one caller only, until its lease ends. */
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
  /** The send failed and nothing arrived. It is due again at `notBefore`. */
  giveBack(claim: Claim, notBefore: Instant): Promise<boolean>;
  /**
   * It will not be sent, or not again: `withdrawn` (no longer wanted), `failed` (cannot arrive), `uncertain` (may have arrived). A reminder
   * only ends itself, never its ask. A consent that failed counts as due at that moment, however late it was: what goes out in its place is
   * reckoned from then.
   */
  close(
    claim: Claim,
    state: "withdrawn" | "failed" | "uncertain",
    reason: NudgeReason,
    now: Instant,
    remindAt?: Instant,
  ): Promise<boolean>;
  /** Sends that were interrupted: their lease ended before anybody said what became of them. One caller gets each, to find out. */
  claimDoubtful(lease: Lease, limit: number): Promise<readonly Claim[]>;
  /** Closes every nudge whose time is over and marks sent ones for an edit. Returns how many it closed. */
  expire(now: Instant): Promise<number>;
  nudge(id: NudgeId): Promise<Nudge | undefined>;
  /** The nudge of this kind, person and subject. */
  nudgeAbout(kind: NudgeKind, person: PersonId, subject: string): Promise<Nudge | undefined>;
  /** The nudge that this message shows. */
  nudgeShownIn(platform: string, message: MessageRef): Promise<Nudge | undefined>;
  /** A person's asks that were sent (or may have been) and still take answers at `now`, newest first. */
  openNudges(person: PersonId, now: Instant): Promise<readonly Ask[]>;
  /** One person's nudges due in [from, to), by due time. */
  nudgesOf(person: PersonId, from: Instant, to: Instant): Promise<readonly Nudge[]>;
  /** Everybody's nudges due in [from, to), by due time. */
  nudgesDuring(from: Instant, to: Instant): Promise<readonly Nudge[]>;
  /** Asks whose time ended in (from, to], by their end; not those that ended without an answer: `expire` marks them itself. */
  asksEnded(from: Instant, to: Instant): Promise<readonly Ask[]>;
  /** When the next nudge or reminder is due. */
  nextDue(): Promise<Instant | undefined>;
  /**
   * How many nudges are on their way or open, by kind and state, and of those due in the day before `now` how many failed or wait for
   * their person (`isWaiting`). Of goal's asks those count as sent that were due in the three hours before `now` and went out,
   * whatever became of them: that one was answered is nobody else's to know. The same kind and state may come several times.
   */
  nudgeCounts(now: Instant): Promise<
    readonly {
      readonly kind: NudgeKind;
      readonly state: NudgeState | "waiting";
      readonly count: number;
    }[]
  >;
  /**
   * The newest moment of an answer, or of a message that is still open: from the future only if the clock was wrong. Unlike `newest`
   * of a database it reads no more the more is kept.
   */
  newestOpen(): Promise<Instant | undefined>;

  // messages that show a nudge
  /** Marks the messages that show these nudges for an edit: they read otherwise now. */
  markForEdit(nudges: readonly NudgeId[], now: Instant): Promise<void>;
  claimEdits(now: Instant, limit: number): Promise<readonly PendingEdit[]>;
  /** The messages now show `version`. A later change stays marked. */
  edited(nudge: NudgeId, version: number): Promise<void>;
  /** The edit failed: try again at `notBefore`. */
  editLater(nudge: NudgeId, notBefore: Instant): Promise<void>;

  /** This message shows the nudge no more: it was taken out of its chat. */
  messageRemoved(nudge: NudgeId, message: Shown): Promise<void>;

  // messages that are gone
  /** None of the nudge's messages is there any more: claims for `length` milliseconds that it is posted anew, which is done once. */
  claimRepost(nudge: Nudge, now: Instant, length: number): Promise<Repost>;
  /** It was posted anew: `message` shows it from now on, and those that are `gone` no more. False when it was not claimed. */
  reposted(nudge: Nudge, gone: readonly Shown[], message: Shown, now: Instant): Promise<boolean>;
  /** It could not be posted anew, and nothing has arrived: the claim is over, and may be made again. */
  repostLater(nudge: Nudge): Promise<void>;
}
