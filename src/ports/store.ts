import type { Locale } from "../domain/locale.ts";
import type { Nudge, NudgeId } from "../domain/nudge.ts";
import type { PersonId } from "../domain/person.ts";
import type { Reply } from "../domain/reply.ts";
import type { Absence, Assignment, Roster } from "../domain/roster.ts";
import type { Instant } from "../domain/time.ts";
import type { MessageRef } from "./messenger.ts";
import type { Identity, Lease, Outbox } from "./outbox.ts";

/** What a person has told Attune about itself. */
export interface Standing {
  readonly consent: "unasked" | "given" | "declined";
  /** Chosen by the person; else the program file's. */
  readonly locale?: Locale;
  readonly pausedUntil?: Instant;
  readonly stopped: boolean;
  /** Of this person's closed asks, how many in a row, up to now, ended unanswered. */
  readonly unansweredInARow: number;
  readonly lastAskAt?: Instant;
}

/** Changes to a standing; `null` takes a value away. */
export interface StandingChange {
  readonly consent?: "given" | "declined";
  readonly locale?: Locale;
  readonly pausedUntil?: Instant | null;
  readonly stopped?: boolean;
}

/** What one inbound act changes. All of it, with the event's key, is one commit: nothing is half-kept. */
export interface Recording {
  /** The inbound event; the same key is recorded once. */
  readonly event: string;
  readonly person: PersonId;
  readonly now: Instant;
  readonly nudge: NudgeId;
  readonly replies: readonly Omit<Reply, "nudge" | "person" | "at">[];
  /** The ask is answered whole. Other messages that show it are marked for refresh: a reminder's, say. */
  readonly complete: boolean;
  /** The message that was tapped: it shows this nudge from now on. */
  readonly message?: MessageRef;
  /** Where `message` stands; else the platform that this person used last. */
  readonly platform?: string;
  /** Nudges of others (or of this person) whose messages show something else from now on. */
  readonly refresh: readonly NudgeId[];
  /** What `refresh` was judged by, and what it leaves out; for the case that somebody else has answered meanwhile. */
  readonly ifMoved?: IfMoved;
  /** Unsent nudges that are due earlier from now on: the plan ask follows the goal. */
  readonly hasten: readonly { readonly nudge: NudgeId; readonly dueAt: Instant }[];
  /** Asks again at this moment, in place of the reminder that was planned. */
  readonly remindAt?: Instant;
}

/** Messages that show something else only where the replies in force are no longer as many as they were looked at. */
export interface IfMoved {
  readonly occasions: readonly { readonly occasion: string; readonly replies: number }[];
  readonly refresh: readonly NudgeId[];
}

/** `again`: this event was recorded before. `closed`: the nudge takes no answers any more. */
export type Recorded = "recorded" | "again" | "closed";

export interface RosterChange {
  readonly added: readonly Assignment[];
  readonly moved: readonly { readonly from: Assignment; readonly to: Assignment }[];
  readonly removed: readonly Assignment[];
  readonly absences: readonly Absence[];
}

/** What a change of the roster means for asks that stand in people's chats. */
export interface RosterEffects {
  /** The roster no longer implies them: they are closed with a kind word. */
  readonly recalled: readonly NudgeId[];
  /** Still right, but about other people or another time. */
  readonly changed: readonly NudgeId[];
}

/**
 * What is kept, for one program: no method can reach another program's rows. Each method is one
 * atomic step; when its promise resolves, what it changed is on disk. A disk or server that cannot
 * keep it rejects with an AttuneError of code `store`, and nothing was changed.
 */
export interface Store extends Outbox {
  // people
  standing(person: PersonId): Promise<Standing>;
  standings(): Promise<ReadonlyMap<PersonId, Standing>>;
  /** Records what a person told us. Resolves to "again" when the event was recorded before. */
  changeStanding(
    person: PersonId,
    change: StandingChange,
    event: string,
    now: Instant,
  ): Promise<"recorded" | "again">;
  /** Where to write to a person: the platform they used last comes first. */
  identities(person: PersonId): Promise<readonly Identity[]>;
  /** Whose account this is, of those who agreed to take part. */
  knownBy(platform: string, account: string): Promise<PersonId | undefined>;
  /** Keeps (or renews) an identity, while its person takes part: else nothing. No commit when nothing changed. */
  rememberIdentity(person: PersonId, identity: Identity, now: Instant): Promise<void>;

  // roster
  roster(): Promise<Roster>;
  /**
   * Applies the differences to the stored roster, and what they mean for asks that were sent, all or nothing: the
   * recalled are closed (and open again should a later plan want them), the changed show their card anew. What was
   * answered whole is left. False, and nothing is changed, when the roster is no longer of the `version` with which
   * the change was worked out.
   */
  changeRoster(
    change: RosterChange,
    now: Instant,
    effects?: RosterEffects,
    version?: number,
  ): Promise<boolean>;

  // replies
  record(recording: Recording): Promise<Recorded>;
  /** The replies in force (not superseded) to one occasion, by anybody. */
  replies(occasion: string): Promise<readonly Reply[]>;
  /** The replies in force on every occasion that both partners answered about each other, oldest first. */
  repliesOfPair(resident: PersonId, attending: PersonId): Promise<readonly Reply[]>;
  /** A person's own replies in force given in [from, to), oldest first. */
  repliesOf(person: PersonId, from: Instant, to: Instant): Promise<readonly Reply[]>;
  /** Everybody's replies in force given in [from, to), oldest first: for aggregates. */
  repliesDuring(from: Instant, to: Instant): Promise<readonly Reply[]>;

  // several processes
  /** Gives `task` to this owner until the lease ends; asked again, it renews. False while another owner has it. */
  hold(task: string, lease: Lease): Promise<boolean>;
  /** Grow by one with each change of the roster, and of what people have told about themselves, whichever process kept it. */
  versions(): Promise<{ readonly roster: number; readonly wishes: number }>;

  // the rest
  /** Small facts that outlive a restart (what was planned last, the playground's clock). */
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;
  /** Sets it if it still is `before` (undefined: not there yet); else somebody else was faster, and false is returned. */
  changeNote(key: string, before: string | undefined, value: string): Promise<boolean>;
  /** Everything that is kept of a person, superseded replies included. */
  export(person: PersonId): Promise<PersonRecord>;
  /**
   * Destroys the person's key and deletes their replies, nudges, messages and identities; keeps that they want no
   * more, and, in the audit log, that `actor` had it done. What others' messages may show of it is marked for refresh.
   * The database's files are cleared of it too, unless somebody is in the way: then `finishErasing` does it later.
   */
  erase(person: PersonId, now: Instant, actor: string): Promise<void>;
  /**
   * Clears the database's files of what was erased, where that is still to be done: the process ended before it, or
   * somebody (a backup) was reading what was there before. True once nothing is left to do; false while somebody is in
   * the way.
   */
  finishErasing(): Promise<boolean>;
  /** Appends to the hash-chained audit log. `what` is a code; no free text. */
  audit(actor: string, what: string, subject: string, now: Instant): Promise<void>;
}

/** What `export` returns: plain values, ready to print. */
export interface PersonRecord {
  readonly person: PersonId;
  readonly standing: Standing;
  readonly identities: readonly { readonly platform: string; readonly account: string }[];
  readonly assignments: readonly Assignment[];
  readonly nudges: readonly Nudge[];
  readonly replies: readonly (Reply & { readonly superseded: boolean })[];
}
