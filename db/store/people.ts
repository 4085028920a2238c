import { and, eq } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { Standing, StandingChange, Store } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, first, query, rows, run } from "../statements/statement.ts";
import { inboxOf } from "./events.ts";
import { personLock } from "./locks.ts";
import { placeholder, is } from "./placeholders.ts";
import { renewal } from "./shared-work.ts";

/** What people told Attune about themselves. Somebody without a row has told nothing yet. */
export const people = (context: StoreContext): Pick<Store, "standing" | "standings" | "changeStanding"> => {
  const { program, tables } = context;
  const t = tables.person;
  const inbox = inboxOf(context);
  const renewed = renewal(context, "wishes");
  const columns = standingColumns(tables);
  const one = query(columns, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.id, placeholder("person")))),
  );
  const everybody = query({ id: t.id, ...columns }, (select) => select.from(t).where(is(t.program, program)));

  return {
    standing: (person) =>
      context.read(function* () {
        const row = yield* first(one, { person });
        return row === undefined ? UNKNOWN : standingOf(row);
      }),
    standings: () =>
      context.read(function* () {
        return new Map((yield* rows(everybody)).map((row) => [row.id, standingOf(row)]));
      }),
    changeStanding: (person, change, event, now) =>
      context.lockedTransaction([personLock(person)], function* () {
        if (!(yield* inbox.keep(event, person, now))) return "again";
        const set = changed(change, now);
        const upsert = command((db) => {
          const insert = db.insert(t).values({ program, id: person, ...set });
          return Object.keys(set).length === 0
            ? insert.onConflictDoNothing()
            : insert.onConflictDoUpdate({ target: [t.program, t.id], set });
        });
        yield* run(upsert);
        yield* renewed();
        return "recorded";
      }),
  };
};

const UNKNOWN: Standing = { consent: "unasked", stopped: false, unansweredInARow: 0 };

export const standingColumns = ({ person: t }: Tables) => ({
  consent: t.consent,
  locale: t.locale,
  pausedUntil: t.pausedUntil,
  stopped: t.stopped,
  unansweredInARow: t.unansweredInARow,
  lastAskAt: t.lastAskAt,
});

type StandingRow = Pick<Tables["person"]["$inferSelect"], keyof ReturnType<typeof standingColumns>>;

export const standingOf = (row: StandingRow): Standing => ({
  consent: row.consent,
  stopped: row.stopped,
  unansweredInARow: row.unansweredInARow,
  ...(row.locale === null ? {} : { locale: row.locale }),
  ...(row.pausedUntil === null ? {} : { pausedUntil: row.pausedUntil }),
  ...(row.lastAskAt === null ? {} : { lastAskAt: row.lastAskAt }),
});

const changed = (change: StandingChange, now: Instant) => ({
  ...(change.consent === undefined ? {} : { consent: change.consent }),
  ...(change.consent === "given" ? { consentedAt: now } : {}),
  ...(change.locale === undefined ? {} : { locale: change.locale }),
  ...(change.pausedUntil === undefined ? {} : { pausedUntil: change.pausedUntil }),
  ...(change.stopped === undefined ? {} : { stopped: change.stopped }),
});
