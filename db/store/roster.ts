import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import type { ShiftRole } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { Store, RosterEffects } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { rows, run, runEach, type Steps } from "../statements/steps.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";
import { renewal, ROSTER_LOCK, versions } from "./shared-work.ts";
import { OUT } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";
import { nudgeLife } from "./nudge-life.ts";
import { editRequested } from "./nudge-change.ts";

type Kind = Pick<Store, "roster" | "changeRoster" | "giveRoles">;

/** The stored roster. */
export const roster = (context: StoreContext): Kind => {
  const { every, everyAbsence, remove, put, forgetAbsences, putAbsence } = rosterRows(context);
  const { lacking, give } = withoutRoles(context);
  const found = versions(context);
  const renewed = renewal(context, "roster");
  const follow = following(context);

  return {
    roster: () =>
      context.read(function* () {
        const found = yield* rows(every);
        // Of this query every row has a role.
        const assignments = found.map((one): Assignment => ({ ...one, role: one.role as ShiftRole }));
        return { assignments, absences: yield* rows(everyAbsence) };
      }),
    giveRoles: async (usual) => {
      const found = await context.read(() => rows(lacking));
      const given = found.flatMap(({ person }) => {
        const role = usual(person);
        return role === undefined ? [] : [{ person, role }];
      });
      if (given.length > 0) await context.transaction(() => runEach(give, given));
    },
    changeRoster: ({ added, moved, removed, absences }, now, effects, version) =>
      context.lockedTransaction([ROSTER_LOCK], function* () {
        if (version !== undefined && (yield* found()).roster !== version) return false;
        const renamed = moved.filter(({ from, to }) => from.id !== to.id).map(({ from }) => from);
        yield* runEach(remove, ids([...removed, ...renamed]));
        yield* runEach(put, withLengths([...moved.map(({ to }) => to), ...added]));
        yield* run(forgetAbsences);
        yield* runEach(
          putAbsence,
          absences.map(({ person, start, end }) => ({ person, start, end })),
        );
        if (effects !== undefined) yield* follow(effects, now);
        yield* renewed();
        return true;
      }),
  };
};

function rosterRows({ program, tables }: StoreContext) {
  const { assignment: t, absence: away } = tables;
  const columns = assignmentColumns(tables);
  const every = query(columns, (select) =>
    select
      .from(t)
      .where(and(is(t.program, program), isNotNull(t.role)))
      .orderBy(asc(t.start), asc(t.id)),
  );
  const everyAbsence = query({ person: away.person, start: away.start, end: away.end }, (select) =>
    select.from(away).where(is(away.program, program)).orderBy(asc(away.start), asc(away.person)),
  );
  const remove = command((db) =>
    db.delete(t).where(and(is(t.program, program), eq(t.id, placeholder("id")))),
  );
  const put = command((db) =>
    db
      .insert(t)
      .values({
        program,
        id: placeholder("id"),
        person: placeholder("person"),
        start: placeholder("start"),
        end: placeholder("end"),
        length: placeholder("length"),
        label: placeholder("label"),
        role: placeholder("role"),
      })
      .onConflictDoUpdate({
        target: [t.program, t.id],
        set: {
          person: placeholderValue("person"),
          start: placeholderValue("start"),
          end: placeholderValue("end"),
          length: placeholderValue("length"),
          label: placeholderValue("label"),
          role: placeholderValue("role"),
        },
      }),
  );
  const forgetAbsences = command((db) => db.delete(away).where(is(away.program, program)));
  const putAbsence = command((db) =>
    db
      .insert(away)
      .values({
        program,
        person: placeholder("person"),
        start: placeholder("start"),
        end: placeholder("end"),
      })
      .onConflictDoNothing(),
  );
  return { every, everyAbsence, remove, put, forgetAbsences, putAbsence };
}

/** Shifts that an older Attune stored, which knows no roles. */
function withoutRoles({ program, tables: { assignment: t } }: StoreContext) {
  const ours = and(is(t.program, program), isNull(t.role));
  const lacking = query({ person: t.person }, (select) => select.from(t).where(ours).groupBy(t.person));
  const give = command((db) =>
    db
      .update(t)
      .set({ role: placeholderValue("role") })
      .where(and(ours, eq(t.person, placeholder("person")))),
  );
  return { lacking, give };
}

export const assignmentColumns = ({ assignment: t }: Tables) => ({
  id: t.id,
  person: t.person,
  start: t.start,
  end: t.end,
  label: t.label,
  role: t.role,
});

const ids = (assignments: readonly Assignment[]) => assignments.map(({ id }) => ({ id }));

const withLengths = (assignments: readonly Assignment[]) =>
  assignments.map(({ id, person, start, end, label, role }) => ({
    id,
    person,
    start,
    end,
    label,
    role,
    length: end - start,
  }));

/** The steps that apply a roster change to asks that were sent, in the same transaction. */
export const following = ({ program, tables }: StoreContext) => {
  const t = tables.nudge;
  const life = nudgeLife(tables);
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  const recall = life.recall.of(that);
  const show = command((db) =>
    db
      .update(t)
      .set(editRequested(tables))
      .where(and(that, isIn(t.state, [...OUT, "answered"]))),
  );

  return function* ({ recalled, changed }: RosterEffects, now: Instant): Steps<void> {
    yield* runEach(
      recall,
      recalled.map((id) => ({ id, now })),
    );
    yield* runEach(
      show,
      changed.map((id) => ({ id, now })),
    );
  };
};
