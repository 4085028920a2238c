import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Locale } from "#src/domain/locale.ts";
import type { ItemId } from "#src/domain/forms.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import type { NudgeReason, NudgeState } from "#src/domain/nudge-life.ts";
import type { PersonId, ShiftRole } from "#src/domain/person.ts";
import type { AssignmentId } from "#src/domain/roster.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";
import type { Standing } from "#src/ports/store.ts";
import { counted, instant, number, personColumn, program, sealed } from "./postgres-columns.ts";

export { checkInPair, checkInWeek } from "./postgres-check-ins.ts";
export { fileVersion } from "./postgres-files.ts";
export { lease, note } from "./postgres-shared.ts";

/** What a person told Attune, and their own data key, wrapped by the master key. */
export const person = pgTable(
  "person",
  {
    program: program(),
    id: text("id").$type<PersonId>().notNull(),
    consent: text("consent").$type<Standing["consent"]>().notNull().default("unasked"),
    consentedAt: instant("consented_at"),
    locale: text("locale").$type<Locale>(),
    pausedUntil: instant("paused_until"),
    stopped: boolean("stopped").notNull().default(false),
    unansweredInARow: integer("unanswered_in_a_row").notNull().default(0),
    lastAskAt: instant("last_ask_at"),
    wrappedKey: sealed("wrapped_key"),
    erasedAt: instant("erased_at"),
  },
  (t) => [primaryKey({ columns: [t.program, t.id] })],
);

/** An account on one platform. `usedAt` orders them: the platform used last comes first. */
export const identity = pgTable(
  "identity",
  {
    program: program(),
    person: personColumn(),
    platform: text("platform").notNull(),
    /** Sealed alike, since people are looked up by it. */
    account: text("sealed_account").notNull(),
    address: sealed("address").notNull(),
    usedAt: instant("used_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.person, t.platform] })],
);

/**
 * A person on a shift. `length` is end − start: an older Attune that runs beside this one searches by it, and writes no
 * `role`: whoever knows people.csv gives those shifts one (`giveRoles`).
 */
export const assignment = pgTable(
  "assignment",
  {
    program: program(),
    id: text("id").$type<AssignmentId>().notNull(),
    person: personColumn(),
    start: instant("start").notNull(),
    end: instant("end").notNull(),
    length: number("length").notNull(),
    label: text("label").notNull(),
    role: text("role").$type<ShiftRole>(),
  },
  (t) => [
    primaryKey({ columns: [t.program, t.id] }),
    index("assignment_person").on(t.program, t.person, t.end),
    index("assignment_start").on(t.program, t.start),
    index("assignment_length").on(t.program, t.length),
  ],
);

export const absence = pgTable(
  "absence",
  {
    program: program(),
    person: personColumn(),
    start: instant("start").notNull(),
    end: instant("end").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.person, t.start, t.end] })],
);

/**
 * The outbox. Ids are never used twice. Two indexes hold every row, since planning inserts hundreds of thousands
 * at once and each index (even without rows) costs a bulk insert a tenth; the other two hold only rows with work
 * under way, so that a beat with nothing to do costs the same whatever is stored.
 */
export const nudge = pgTable(
  "nudge",
  {
    id: counted("id").primaryKey(),
    program: program(),
    person: personColumn(),
    kind: text("kind").$type<NudgeKind>().notNull(),
    subject: text("subject").notNull(),
    dueAt: instant("due_at").notNull(),
    /** What the plan said last; `dueAt` also moves when the ask is hastened or given back. */
    plannedDue: instant("planned_due").notNull(),
    expiresAt: instant("expires_at").notNull(),
    state: text("state").$type<NudgeState>().notNull(),
    reason: text("reason").$type<NudgeReason>(),
    owner: text("owner"),
    fence: integer("fence").notNull().default(0),
    leaseUntil: instant("lease_until"),
    attempts: integer("attempts").notNull().default(0),
    sentAt: instant("sent_at"),
    /** When the person first acted on it. */
    touchedAt: instant("touched_at"),
    answeredAt: instant("answered_at"),
    /** A reminder waits for this moment; while it is under way, its lease ends then. */
    remindAt: instant("remind_at"),
    /** A reminder is under way; it has its own claim and intent, the ask's state stays. */
    reminder: text("reminder").$type<"claimed" | "sending">(),
    /** "Ask me later", said while a reminder was under way: the next one waits for this moment. */
    snoozedUntil: instant("snoozed_until"),
    /** How many reminders were begun. */
    round: integer("round").notNull().default(0),
    /** Which change of its card is newest, and which one its messages show. The columns keep the older word for an edit. */
    editVersion: integer("refresh_version").notNull().default(0),
    editedVersion: integer("refreshed_version").notNull().default(0),
    /** The messages are to be edited, at this moment at the earliest. */
    editAt: instant("refresh_at"),
    /** When its message must next be looked at: to be edited, or because the ask is over. */
    tendAt: instant("tend_at").generatedAlwaysAs(
      sql`case
        when state not in ('claimed', 'sent', 'uncertain') then refresh_at
        when refresh_at < expires_at then refresh_at
        else expires_at
      end`,
    ),
  },
  (t) => [
    uniqueIndex("nudge_about").on(t.program, t.person, t.kind, t.subject),
    // With the id, of what is due at one moment the first come first, without sorting the rest.
    index("nudge_due").on(t.program, t.state, t.dueAt, t.id),
    index("nudge_remind")
      .on(t.program, t.remindAt)
      .where(sql`remind_at is not null`),
    index("nudge_tend")
      .on(t.program, t.tendAt)
      .where(sql`tend_at is not null`),
    index("nudge_ended")
      .on(t.program, t.expiresAt)
      .where(sql`state in ('answered', 'withdrawn', 'failed')`),
  ],
);

/** A message that shows a nudge: the ask, its reminder, the answer to a command. */
export const message = pgTable(
  "message",
  {
    program: program(),
    platform: text("platform").notNull(),
    /** Sealed alike: on some platforms it names the person's chat. */
    ref: text("sealed_ref").notNull(),
    nudge: number("nudge")
      .notNull()
      .references(() => nudge.id),
    at: instant("at").notNull(),
    /** `sending`: it is gone, and was begun to be posted anew at `at`. `stands`: it was posted in place of one that was gone. */
    repost: text("repost").$type<"sending" | "stands">(),
  },
  (t) => [primaryKey({ columns: [t.program, t.platform, t.ref] }), index("message_nudge").on(t.nudge)],
);

/** Append-only: a corrected answer is a new row, and the earlier one says by which it was superseded. */
export const reply = pgTable(
  "reply",
  {
    id: counted("id").primaryKey(),
    program: program(),
    person: personColumn(),
    nudge: number("nudge").notNull(),
    about: text("about").$type<PersonId>(),
    occasion: text("occasion").notNull(),
    item: text("item").$type<ItemId>().notNull(),
    /** What was answered, a choice too, under the person's key. */
    words: sealed("words"),
    text: boolean("text").notNull(),
    at: instant("at").notNull(),
    supersededBy: number("superseded_by"),
  },
  (t) => [
    index("reply_occasion").on(t.program, t.occasion, t.at),
    index("reply_person").on(t.program, t.person, t.at),
    index("reply_at").on(t.program, t.at),
  ],
);

/** Inbound events that were kept, sealed alike: dedupe and replay protection at once. */
export const inbox = pgTable(
  "inbox",
  {
    program: program(),
    event: text("sealed_event").notNull(),
    person: personColumn(),
    at: instant("at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.program, t.event] })],
);

/** The playground's messages. `body` is the card or the text, under the person's key. */
export const chat = pgTable(
  "chat",
  {
    id: counted("id").primaryKey(),
    program: program(),
    person: personColumn(),
    key: text("key").$type<DeliveryKey>().notNull(),
    from: text("from").$type<"attune" | "person">().notNull(),
    at: instant("at").notNull(),
    editedAt: instant("edited_at"),
    body: sealed("body").notNull(),
  },
  (t) => [
    uniqueIndex("chat_key").on(t.program, t.person, t.key),
    index("chat_person").on(t.program, t.person, t.id),
  ],
);

/** Append-only; each row's keyed hash covers the one before. Codes only, no free text. */
export const audit = pgTable(
  "audit",
  {
    id: counted("id").primaryKey(),
    program: program(),
    at: instant("at").notNull(),
    actor: text("actor").notNull(),
    what: text("what").notNull(),
    subject: text("subject").notNull(),
    mac: text("mac").notNull(),
  },
  (t) => [index("audit_program").on(t.program, t.id)],
);
