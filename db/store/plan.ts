import { setImmediate } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import {
  LEFT,
  NUDGE_LIFE,
  OUT,
  RECALLED,
  UNIMPLIED,
  UNSENT,
  type NudgeState,
} from "#src/domain/nudge-life.ts";
import { rulesOf, type PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { PlanChange, PlanScope } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, rowInsert, type RowInsert } from "../statements/statement.ts";
import { insertEach, rows, runEach, type Steps } from "../statements/steps.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";
import { nudgeLife } from "./nudge-life.ts";
import { editRequested } from "./nudge-change.ts";
import { ROSTER_LOCK, versions } from "./shared-work.ts";
import { storedNudges, type StoredNudge } from "./nudges.ts";

/** How many nudges one transaction changes. So an answer never waits long for a plan. */
const PORTION = 10_000;

/**
 * Makes the unsent nudges equal to the plan, person by person, with some thousands of nudges in a transaction. If it is interrupted,
 * some people's nudges are done, and the next plan does the rest. It takes the lock of roster changes: a process that was frozen
 * during one must not bring an old plan back.
 */
export const plan = (context: StoreContext): Pick<Store, "plan"> => {
  const { program, tables } = context;
  const t = tables.nudge;
  const withUnsent = query({ person: t.person }, (select) =>
    select
      .from(t)
      .where(and(is(t.program, program), isIn(t.state, UNSENT)))
      .groupBy(t.person),
  );
  const reconcile = reconciling(context);

  return {
    plan: async (wanted, now, { people, rosterVersion, members } = {}) => {
      const byPerson = Map.groupBy(
        wanted.filter((nudge) => nudge.expiresAt > now && (people === undefined || people.has(nudge.person))),
        (nudge) => nudge.person,
      );
      const everybody = people ?? (await context.read(() => rows(withUnsent))).map(({ person }) => person);
      const total = { inserted: 0, moved: 0, withdrawn: 0 };
      for (const portion of portions(byPerson, everybody)) {
        const changes = await context.lockedTransaction([ROSTER_LOCK], () =>
          reconcile(portion, now, rosterVersion, members),
        );
        if (changes === undefined) return { ...total, isOvertaken: true };
        total.inserted += changes.inserted;
        total.moved += changes.moved;
        total.withdrawn += changes.withdrawn;
        await setImmediate();
      }
      return total;
    },
  };
};

/** Makes some people's nudges equal to the plan. Undefined if the roster has changed since the plan was made. */
function reconciling(context: StoreContext) {
  const found = versions(context);
  const stored = storedNudges(context);
  const write = planWrites(context);

  return function* (
    portion: ReadonlyMap<PersonId, readonly PlannedNudge[]>,
    now: Instant,
    rosterVersion: number | undefined,
    members: PlanScope["members"],
  ): Steps<PlanChange | undefined> {
    if (rosterVersion !== undefined && (yield* found()).roster !== rosterVersion) return undefined;
    const changes = { inserted: 0, moved: 0, withdrawn: 0 };
    for (const [person, wanted] of portion) {
      const there: readonly StoredNudge[] = yield* rows(stored, { person, now });
      const { fresh, moved, revived, prolonged, withdrawn, reopened, followed } = differences(
        wanted,
        there,
        now,
      );
      changes.inserted += yield* insertEach(
        write.insert,
        fresh as readonly (PlannedNudge & Record<string, unknown>)[],
      );
      changes.inserted += yield* runEach(write.revive, revived);
      changes.moved += yield* runEach(write.move, moved);
      changes.moved += yield* runEach(write.prolong, prolonged);
      changes.withdrawn += yield* runEach(
        write.withdraw,
        withdrawn.map((id) => ({ id, now, reason: members?.has(person) === false ? LEFT : UNIMPLIED })),
      );
      yield* runEach(
        write.reopen,
        reopened.map((one) => ({ ...one, now })),
      );
      yield* runEach(
        write.follow,
        followed.map((one) => ({ ...one, now })),
      );
    }
    return changes;
  };
}

type Move = { readonly id: number; readonly dueAt: Instant; readonly expiresAt: Instant };
type Prolonging = Omit<Move, "dueAt">;

interface Differences {
  readonly fresh: readonly PlannedNudge[];
  readonly moved: readonly Move[];
  /** Withdrawn by an earlier plan, and wanted again. */
  readonly revived: readonly Move[];
  /** Due at the same time; only the expiry changed. */
  readonly prolonged: readonly Prolonging[];
  readonly withdrawn: readonly number[];
  /** Recalled earlier, and wanted again. Its message is still in the chat. */
  readonly reopened: readonly Prolonging[];
  /** Sent; now open until another time. */
  readonly followed: readonly Prolonging[];
}

/** Their message has been sent. What was answered can be changed as long as what was not is open. */
const IN_CHATS: readonly NudgeState[] = [...OUT, "answered"];

const NONE = { moved: [], revived: [], prolonged: [], withdrawn: [], reopened: [], followed: [] };

/** What must change so that one person's unsent nudges equal the plan. Sent nudges stay as they are. */
function differences(
  wanted: readonly PlannedNudge[],
  stored: readonly StoredNudge[],
  now: Instant,
): Differences {
  if (stored.length === 0) return { ...NONE, fresh: wanted };
  const left = new Map(stored.map((nudge) => [`${nudge.kind} ${nudge.subject}`, nudge]));
  const [moved, revived]: [Move[], Move[]] = [[], []];
  const [prolonged, reopened, followed]: [Prolonging[], Prolonging[], Prolonging[]] = [[], [], []];
  const fresh: PlannedNudge[] = [];
  for (const { kind, person, subject, dueAt, expiresAt } of wanted) {
    const there = left.get(`${kind} ${subject}`);
    left.delete(`${kind} ${subject}`);
    if (there === undefined) fresh.push({ kind, person, subject, dueAt, expiresAt });
    else if (there.state === "withdrawn" && NUDGE_LIFE.revive.because.some((one) => one === there.reason))
      revived.push({ id: there.id, dueAt, expiresAt });
    else if (there.state === "withdrawn" && there.reason === RECALLED)
      reopened.push({ id: there.id, expiresAt });
    else if (IN_CHATS.includes(there.state) && there.expiresAt !== expiresAt)
      followed.push({ id: there.id, expiresAt });
    else if (!UNSENT.includes(there.state)) continue;
    else if (there.plannedDue !== dueAt) moved.push({ id: there.id, dueAt, expiresAt });
    else if (there.expiresAt !== expiresAt) prolonged.push({ id: there.id, expiresAt });
  }
  const withdrawn = [...left.values()]
    .filter(
      ({ kind, state, expiresAt }) => rulesOf(kind).planned && UNSENT.includes(state) && expiresAt > now,
    )
    .map(({ id }) => id);
  return { fresh, moved, revived, prolonged, withdrawn, reopened, followed };
}

/** Writes a new nudge, planned or left out. One of the same kind, person and subject stays as it is. */
export function newNudge({ program, tables }: StoreContext, as: "plan" | "leaveOut" = "plan"): RowInsert {
  const { nudge: t } = tables;
  return rowInsert((db) =>
    db
      .insert(t)
      .values({
        program,
        person: placeholder("person"),
        kind: placeholder("kind"),
        subject: placeholder("subject"),
        dueAt: placeholder("dueAt"),
        plannedDue: placeholder("dueAt"),
        expiresAt: placeholder("expiresAt"),
        ...nudgeLife(tables)[as],
      })
      .onConflictDoNothing(),
  );
}

/** What a plan writes, nudge by nudge. */
function planWrites(context: StoreContext) {
  const { tables } = context;
  const { nudge: t } = tables;
  const life = nudgeLife(tables);
  const that = eq(t.id, placeholder("id"));
  return {
    insert: newNudge(context),
    move: life.move.of(that),
    revive: life.revive.of(that),
    withdraw: life.withdraw.of(that),
    reopen: life.reopen.of(that),
    prolong: command((db) =>
      db
        .update(t)
        .set({ expiresAt: placeholderValue("expiresAt") })
        .where(and(that, isIn(t.state, UNSENT))),
    ),
    follow: command((db) =>
      db
        .update(t)
        .set({ expiresAt: placeholderValue("expiresAt"), ...editRequested(tables) })
        .where(and(that, isIn(t.state, IN_CHATS))),
    ),
  };
}

/** Sorts nudges in the order of the index by person, so that a large plan writes each page of the index once. */
function* portions(wanted: ReadonlyMap<PersonId, readonly PlannedNudge[]>, everybody: Iterable<PersonId>) {
  let portion = new Map<PersonId, readonly PlannedNudge[]>();
  let size = 0;
  for (const person of [...new Set([...wanted.keys(), ...everybody])].toSorted()) {
    const theirs = wanted.get(person) ?? [];
    portion.set(person, theirs);
    size += theirs.length + 1;
    if (size < PORTION) continue;
    yield portion;
    portion = new Map();
    size = 0;
  }
  if (portion.size > 0) yield portion;
}
