import { and, eq, ne, or, sql } from "drizzle-orm";
import { RECALLED } from "#src/domain/nudge-life.ts";
import type { Store } from "#src/ports/store.ts";
import { command, query } from "../statements/statement.ts";
import { first, insertEach, run } from "../statements/steps.ts";
import { nudgeColumns, nudgeOf } from "./nudges.ts";
import { personLock } from "./people.ts";
import { newNudge } from "./plan.ts";
import { hidden, is, placeholder, placeholderValue } from "./placeholders.ts";
import type { StoreContext } from "./store-context.ts";

/** An ask that its person answers without being asked. What became of its message stays as it is: that is nobody else's to know. */
export const openAnyway = (context: StoreContext): Pick<Store, "openAnyway"> => {
  const { program, tables } = context;
  const { nudge: t } = tables;
  const that = and(
    is(t.program, program),
    eq(t.person, hidden("person")),
    eq(t.kind, placeholder("kind")),
    eq(t.subject, placeholder("subject")),
  );
  const insert = newNudge(context, "leaveOut");
  const open = command((db) =>
    db
      .update(t)
      .set({
        expiresAt: placeholderValue("expiresAt"),
        reason: sql`case when ${is(t.reason, RECALLED)} then null else ${t.reason} end`,
      })
      .where(and(that, or(ne(t.expiresAt, placeholder("expiresAt")), is(t.reason, RECALLED)))),
  );
  const found = query(nudgeColumns(tables), (select) => select.from(t).where(that));

  return {
    openAnyway: async ({ kind, person, subject, dueAt, expiresAt }) =>
      context.lockedTransaction([personLock(person)], function* () {
        const values = { kind, person, subject, dueAt, expiresAt };
        // An insert that does nothing uses up an id, and others see from theirs that somebody came here.
        if ((yield* first(found, values)) === undefined) yield* insertEach(insert, [values]);
        yield* run(open, values);
        return nudgeOf((yield* first(found, values))!);
      }),
  };
};
