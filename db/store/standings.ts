import { and, eq, gt } from "drizzle-orm";
import { NO_NUDGE, type NudgeId } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Standing, StandingChange, Store } from "#src/ports/store.ts";
import { command, query } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { inboxOf } from "./recording.ts";
import { shownMessages } from "./nudge-change.ts";
import { nudgeLife } from "./nudge-life.ts";
import { partnersMessages, saysWithWhom } from "./others-messages.ts";
import { personLock } from "./people.ts";
import { placeholder, is } from "./placeholders.ts";
import { renewal } from "./shared-work.ts";
import type { StoreContext, Tables } from "./store-context.ts";

/** People's standings. A person without a row has told nothing yet. */
export const standings = (
  context: StoreContext,
): Pick<Store, "standing" | "standings" | "changeStanding"> => {
  const { program, tables } = context;
  const t = tables.person;
  const columns = standingColumns(tables);
  const one = query(columns, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.id, placeholder("person")))),
  );
  const everybody = query({ id: t.id, ...columns }, (select) => select.from(t).where(is(t.program, program)));
  const change = changing(context);
  const elsewhere = new Map<string, Changing>();
  const changeIn = (other: string): Changing => {
    const known = elsewhere.get(other) ?? changing(context.beside(other));
    elsewhere.set(other, known);
    return known;
  };

  return {
    standing: (person) =>
      context.read(function* () {
        const row = yield* first(one, { person });
        return row === undefined ? UNTOLD_STANDING : standingOf(row);
      }),
    standings: () =>
      context.read(function* () {
        return new Map((yield* rows(everybody)).map((row) => [row.id, standingOf(row)]));
      }),
    changeStanding: (person, to, event, now, { tapped = NO_NUDGE, also = [] } = {}) => {
      const locks = also.map((other) => ({ program: other.program, name: personLock(other.person) }));
      return context.lockedTransaction([personLock(person), ...locks], function* () {
        if ((yield* change(person, to, event, now, tapped)) === "again") return "again";
        for (const other of also) yield* changeIn(other.program)(other.person, to, event, now, NO_NUDGE);
        return "recorded";
      });
    },
  };
};

type Changing = ReturnType<typeof changing>;

/** The steps that change a standing, with all that follows from it. */
function changing(context: StoreContext) {
  const { program, tables } = context;
  const t = tables.person;
  const inbox = inboxOf(context);
  const renewed = renewal(context, "wishes");
  const readOtherwise = shownMessages(context);
  const standsOtherwise = shownMessages(context, saysWithWhom(tables));
  const partners = partnersMessages(context);
  const released = nudgeLife(tables).release.of(
    and(
      is(tables.nudge.program, program),
      eq(tables.nudge.person, placeholder("person")),
      gt(tables.nudge.expiresAt, placeholder("now")),
    ),
  );
  return function* (
    person: PersonId,
    change: StandingChange,
    event: string,
    now: Instant,
    tapped: NudgeId,
  ): Steps<"recorded" | "again"> {
    if (!(yield* inbox.keep(event, person, now))) return "again";
    const set = changed(change, now);
    const upsert = command((db) => {
      const insert = db.insert(t).values({ program, id: person, ...set });
      return Object.keys(set).length === 0
        ? insert.onConflictDoNothing()
        : insert.onConflictDoUpdate({ target: [t.program, t.id], set });
    });
    yield* run(upsert);
    if (change.consent === "given") yield* run(released, { person, now });
    // Until somebody agrees, whatever stands in their chat is the consent, also where its ask is over.
    if (change.consent !== undefined) yield* run(readOtherwise, { person, now, tapped, openAt: 0 });
    else if (change.locale !== undefined) yield* run(readOtherwise, { person, now, tapped, openAt: now });
    else if (change.stopped !== undefined) yield* run(standsOtherwise, { person, now, tapped, openAt: now });
    if (change.stopped !== undefined || change.consent === "declined") yield* run(partners, { person, now });
    yield* renewed();
    return "recorded";
  };
}

/** The standing of a person who has told nothing yet. */
export const UNTOLD_STANDING: Standing = { consent: "unasked", stopped: false, unansweredInARow: 0 };

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
