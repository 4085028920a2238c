import type { CheckInWeek } from "../domain/check-in-week.ts";
import type { Locale } from "../domain/locale.ts";
import type { Nudge, NudgeId, PlannedNudge } from "../domain/nudge.ts";
import type { PersonId, ShiftRole } from "../domain/person.ts";
import type { Reply } from "../domain/reply.ts";
import type { Absence, Assignment, Roster } from "../domain/roster.ts";
import type { Span } from "../domain/retention.ts";
import type { DateText, Instant, WeekNumber } from "../domain/time.ts";
import type { BeginningStore } from "./beginning.ts";
import type { FileStore } from "./files.ts";
import type { MessageRef } from "./messenger.ts";
import type { Identity, Lease, Outbox } from "./outbox.ts";
import type { UnknownAccountsStore } from "./unknown-accounts.ts";

/** What a person has told Attune about themselves, and how often they answered lately. */
export interface Standing {
  readonly consent: "unasked" | "given" | "declined";
  /** The language that the person has chosen. Without it, the one of people.csv or program.yaml. */
  readonly locale?: Locale;
  readonly pausedUntil?: Instant;
  readonly stopped: boolean;
  /** How many of this person's asks, the newest ones in a row, ended without an answer. */
  readonly unansweredInARow: number;
  readonly lastAskAt?: Instant;
}

/** What somebody says about a study: about which version of its text, and whether they take part; nothing about that with a word on trust. */
export interface ResearchWord {
  readonly event: string;
  readonly person: PersonId;
  readonly now: Instant;
  readonly version: string;
  readonly takesPart?: boolean;
  readonly withTrust: boolean;
  readonly tapped?: NudgeId;
}

/** Changes to a standing; `null` takes a value away. */
export interface StandingChange {
  readonly consent?: "given" | "declined";
  readonly locale?: Locale;
  readonly pausedUntil?: Instant | null;
  readonly stopped?: boolean;
}

/** Somebody in another program. */
export interface InProgram {
  readonly program: string;
  readonly person: PersonId;
}

/** What one act of a person changes. All of it is one commit: all or nothing. */
export interface Recording {
  /** The id of the act on its platform. The same id is recorded once. */
  readonly event: string;
  readonly person: PersonId;
  readonly now: Instant;
  readonly nudge: NudgeId;
  readonly replies: readonly Omit<Reply, "nudge" | "person" | "at" | "before">[];
  /** All questions of the ask are answered. Its other messages (a reminder, say) are marked for an edit. */
  readonly complete: boolean;
  /** It is taken after the ask is over, too, as what two people settle on is. Whoever records it has looked until when. */
  readonly late?: boolean;
  /** The message that was tapped. It shows this nudge from now on. */
  readonly message?: MessageRef;
  /** The platform of `message`. Without it, the platform that this person used last. */
  readonly platform?: string;
  /** Nudges, of anybody, whose messages now have to show something else. They are marked for an edit. */
  readonly edit: readonly NudgeId[];
  /** What else to mark for an edit if somebody has answered since `edit` was worked out. */
  readonly ifMoved?: IfMoved;
  /** Unsent nudges that become due earlier: a goal that has come in hastens the plan ask. */
  readonly hasten: readonly { readonly nudge: NudgeId; readonly dueAt: Instant }[];
  /** Messages that this brings about, each once, whatever else asks for the same. */
  readonly notices?: readonly PlannedNudge[];
  /** Asks again at this moment, in place of the reminder that was planned. */
  readonly remindAt?: Instant;
}

/** What an act records that answers no question. */
export const NO_ANSWER = {
  replies: [],
  complete: false,
  edit: [],
  hasten: [],
} as const satisfies Partial<Recording>;

/**
 * Marks the messages of `edit` for an edit if one of the occasions no longer has as many replies in force as were counted here.
 */
export interface IfMoved {
  readonly occasions: readonly { readonly occasion: string; readonly replies: number }[];
  readonly edit: readonly NudgeId[];
}

/**
 * `moved`: it was recorded, and somebody had answered since it was worked out (`ifMoved`). `again`: this event was recorded before.
 * `closed`: the nudge takes no more answers.
 */
export type Recorded = "recorded" | "moved" | "again" | "closed";

export interface RosterChange {
  readonly added: readonly Assignment[];
  readonly moved: readonly { readonly from: Assignment; readonly to: Assignment }[];
  readonly removed: readonly Assignment[];
  readonly absences: readonly Absence[];
}

/** What a change of the roster means for asks that were sent already, and for those that were answered. */
export interface RosterEffects {
  /** The roster no longer asks for them. They are closed, and their card says so. */
  readonly recalled: readonly NudgeId[];
  /** Still right, but about other people or another time. Their card is made anew. */
  readonly changed: readonly NudgeId[];
}

/**
 * What is stored for one program. No method but `changeStanding` can reach another program's rows. Each method is one transaction: when its
 * promise resolves, the change is on disk. If the disk or the server fails, the method rejects with an AttuneError of code
 * `store`, and nothing was changed.
 */
export interface Store extends Outbox, FileStore, BeginningStore, UnknownAccountsStore {
  // people
  standing(person: PersonId): Promise<Standing>;
  standings(): Promise<ReadonlyMap<PersonId, Standing>>;
  /**
   * Records what a person told us. Resolves to "again" when the event was recorded before. A consent
   * releases what was held for it. A change of consent marks their messages for an edit, and a change of language those that are open; not
   * the one of `tapped`, which the response to this act replaces. Whoever stops or comes back is with nobody, or with them again: their
   * open asks and those of the same shifts are marked, but for what was answered to the end. The same is recorded of `also`: the one
   * change that reaches other programs, since it is one person's.
   */
  changeStanding(
    person: PersonId,
    change: StandingChange,
    event: string,
    now: Instant,
    told?: { readonly tapped?: NudgeId; readonly also?: readonly InProgram[] },
  ): Promise<"recorded" | "again">;
  /** Where a person can be reached. The platform that they used last comes first. */
  identities(person: PersonId): Promise<readonly Identity[]>;
  /** Whose account this is. Knows only people who agreed to take part. */
  knownBy(platform: string, account: string): Promise<PersonId | undefined>;
  /**
   * Stores or renews an identity of a person who takes part; for anybody else it does nothing. An account is one person's: it is
   * nobody else's from then on.
   */
  rememberIdentity(person: PersonId, identity: Identity, now: Instant): Promise<void>;
  /** Forgets a person's identity on one platform: it was never theirs. */
  forgetIdentity(person: PersonId, platform: string): Promise<void>;

  // roster
  /** The stored roster, without shifts that have no role yet. */
  roster(): Promise<Roster>;
  /**
   * Gives the shifts their role that an older Attune has stored, which knew none. Each keeps it from then on. Shifts of
   * people for whom `usual` knows none stay without.
   */
  giveRoles(usual: (person: PersonId) => ShiftRole | undefined): Promise<void>;
  /**
   * Applies a change to the stored roster together with its effects on asks that were sent, all or nothing. Recalled asks
   * are closed; a later plan may open them again. Changed asks get their card anew. Asks that were answered completely
   * stay as they are. False, and nothing is changed, when the stored roster is no longer the `version` that the change was
   * worked out from.
   */
  changeRoster(
    change: RosterChange,
    now: Instant,
    effects?: RosterEffects,
    version?: number,
  ): Promise<boolean>;

  // replies
  record(recording: Recording): Promise<Recorded>;
  /**
   * Keeps what somebody says about a study. It answers no nudge, and changes nobody else's messages; those of their own that ask about this
   * version are marked for an edit, but for the one of `tapped`. "again": the event was recorded before.
   */
  recordResearch(said: ResearchWord): Promise<"recorded" | "again">;
  /** Who did this event, and when it was recorded. Undefined for an event that stored nothing. */
  recordedBy(event: string): Promise<{ readonly person: PersonId; readonly at: Instant } | undefined>;
  /** Everybody's replies to one occasion, without those that were superseded, but each with what it superseded (`before`). */
  replies(occasion: string): Promise<readonly Reply[]>;
  /** The same for all occasions that both partners answered about each other in these roles, oldest first. */
  repliesOfPair(resident: PersonId, attending: PersonId): Promise<readonly Reply[]>;
  /** One person's replies of [from, to) that were not superseded, oldest first. */
  repliesOf(person: PersonId, from: Instant, to: Instant): Promise<readonly Reply[]>;
  /** Everybody's replies of [from, to) that were not superseded, oldest first. For aggregates. */
  repliesDuring(from: Instant, to: Instant): Promise<readonly Reply[]>;

  // check-ins
  /**
   * Keeps whom a week's check-ins are about: once for each week. False, and nothing is changed, where it was kept before. It counts as
   * a change of wishes, so that every process plans by it.
   */
  keepCheckIns(chosen: CheckInWeek, now: Instant): Promise<boolean>;
  /** The weeks from `from` on whose check-ins were kept, in order. Without pairs of people who were erased since. */
  checkInWeeks(from: WeekNumber): Promise<readonly CheckInWeek[]>;

  // several processes
  /** Gives `task` to this owner until the lease ends, or renews the lease. False while another owner has the task. */
  hold(task: string, lease: Lease): Promise<boolean>;
  /** Counters. `roster` grows with each change of the roster, `wishes` with each change of a standing and of
   * whom check-ins are about, by any process. */
  versions(): Promise<{ readonly roster: number; readonly wishes: number }>;

  // the rest
  /** A small value by its key, which outlives a restart: the playground's clock, say. */
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;
  /** Sets the value if it still is `before` (undefined: there was none). False if another process has changed it. */
  changeNote(key: string, before: string | undefined, value: string): Promise<boolean>;
  /** Everything that is stored about a person, with superseded replies. */
  export(person: PersonId): Promise<PersonRecord>;
  /**
   * Destroys the person's key and deletes their replies, nudges, messages and identities. What stays is that they want no
   * more messages, and an entry in the audit log that `actor` had it done. Messages of others that may show something of
   * it are marked for an edit. The database's files are cleared of it as well. If another reader (a backup) prevents
   * that, `finishErasing` does it later.
   */
  erase(person: PersonId, now: Instant, actor: string): Promise<void>;
  /**
   * Erases a portion of what everybody answered in this span: replies with those that they superseded, the events, and the playground's
   * chat. The first portion of each `before` (a local day) is written into the audit log in the same commit. Resolves to how many rows
   * there were; 0 once nothing is left.
   */
  eraseAnswers(span: Span, before: DateText, now: Instant): Promise<number>;
  /**
   * Clears the database's files of what was erased, if that is still to be done: the process ended too early, or another
   * reader (a backup) prevented it. True once nothing is left to do. False while a reader still prevents it.
   */
  finishErasing(): Promise<boolean>;
  /** Appends to the audit log, whose entries are chained by hashes. `what` is a code, never free text. */
  audit(actor: string, what: string, subject: string, now: Instant): Promise<void>;
}

/** What `export` returns: plain values that can be printed. */
export interface PersonRecord {
  readonly person: PersonId;
  readonly standing: Standing;
  readonly identities: readonly { readonly platform: string; readonly account: string }[];
  /** Without a role: an older Attune stored it, and nobody knows one since. */
  readonly assignments: readonly (Omit<Assignment, "role"> & { readonly role: ShiftRole | null })[];
  readonly nudges: readonly Nudge[];
  /** Whom check-ins asked them about, by the week's label. */
  readonly checkIns: readonly { readonly week: string; readonly partner: PersonId }[];
  readonly replies: readonly (Reply & { readonly superseded: boolean })[];
}
