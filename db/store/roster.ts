import { and, asc, eq } from "drizzle-orm";
import type { Assignment } from "#src/domain/roster.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query, rows, run, runEach } from "../statements/statement.ts";
import { following } from "./following.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { renewal, ROSTER_LOCK, versions } from "./shared-work.ts";

type Kind = Pick<Store, "roster" | "changeRoster">;

/** The duty roster as it was last applied. */
export const roster = (context: StoreContext): Kind => {
  const { program, tables } = context;
  const { assignment: t, absence: away } = tables;
  const columns = assignmentColumns(tables);
  const every = query(columns, (select) =>
    select.from(t).where(is(t.program, program)).orderBy(asc(t.start), asc(t.id)),
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
      })
      .onConflictDoUpdate({
        target: [t.program, t.id],
        set: {
          person: placeholderValue("person"),
          start: placeholderValue("start"),
          end: placeholderValue("end"),
          length: placeholderValue("length"),
          label: placeholderValue("label"),
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

  const found = versions(context);
  const renewed = renewal(context, "roster");
  const follow = following(context);

  return {
    roster: () =>
      context.read(function* () {
        return { assignments: yield* rows(every), absences: yield* rows(everyAbsence) };
      }),
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

export const assignmentColumns = ({ assignment: t }: Tables) => ({
  id: t.id,
  person: t.person,
  start: t.start,
  end: t.end,
  label: t.label,
});

const ids = (assignments: readonly Assignment[]) => assignments.map(({ id }) => ({ id }));

const withLengths = (assignments: readonly Assignment[]) =>
  assignments.map(({ id, person, start, end, label }) => ({
    id,
    person,
    start,
    end,
    label,
    length: end - start,
  }));
