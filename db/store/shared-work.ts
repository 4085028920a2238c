import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { and, sql, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, type QueryBuilder } from "../statements/statement.ts";
import { rows, run, type Steps, first } from "../statements/steps.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";
import { sealedTexts } from "./people.ts";

/** What several processes on one program share: leases of tasks, and counters of changes; below, notes, and files to clear. */
export const sharedWork = (context: StoreContext): Pick<Store, "hold" | "versions"> => {
  const { program, tables } = context;
  const { lease: t } = tables;
  const hold = command((db) =>
    db
      .insert(t)
      .values({
        program,
        task: placeholder("task"),
        owner: placeholder("owner"),
        until: placeholder("leaseUntil"),
      })
      .onConflictDoUpdate({
        target: [t.program, t.task],
        set: { owner: placeholderValue("owner"), until: placeholderValue("leaseUntil") },
        setWhere: sql`${t.owner} = ${placeholder("owner")} or ${t.until} <= ${placeholder("now")}`,
      }),
  );
  const read = versions(context);
  return {
    hold: async (task, { owner, now, length }) =>
      (await context.write(hold, { task, owner, now, leaseUntil: now + length })) === 1,
    versions: () => context.read(read),
  };
};

export const ROSTER = "roster version";
export const WISHES = "wishes version";

/** Counters: changes of the roster, and changes of standings. */
export const versions = ({ program, tables: { note: t } }: StoreContext) => {
  const counts = query({ key: t.key, value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, program), isIn(t.key, [ROSTER, WISHES]))),
  );
  return function* (): Steps<{ readonly roster: number; readonly wishes: number }> {
    const found = new Map((yield* rows(counts)).map(({ key, value }) => [key, Number(value)]));
    return { roster: found.get(ROSTER) ?? 0, wishes: found.get(WISHES) ?? 0 };
  };
};

/** The lock for changing the roster and for applying a plan. */
export const ROSTER_LOCK = "roster";

/** Increases a counter in the current transaction, so that other processes see the change. */
export const renewal = ({ program, tables: { note: t } }: StoreContext, what: "roster" | "wishes") => {
  const count = command((db) =>
    db
      .insert(t)
      .values({ program, key: what === "roster" ? ROSTER : WISHES, value: "1" })
      .onConflictDoUpdate({
        target: [t.program, t.key],
        set: { value: sql`cast(cast(${t.value} as integer) + 1 as text)` },
      }),
  );
  return function* (): Steps<void> {
    yield* run(count);
  };
};

/** Small facts by name. A program's are sealed alike: some tell of people. The database's own stand in clear. */
export const notes = (context: StoreContext): Pick<Store, "note" | "setNote" | "changeNote"> => {
  const { read, write, change } = noteSteps(context);
  return {
    note: (key) => context.read(() => read(key)),
    setNote: (key, value) => context.transaction(() => write(key, value)),
    changeNote: (key, before, value) => context.transaction(() => change(key, before, value)),
  };
};

/** Notes in the current transaction. `change` sets one if it still is `before`; false if it is not. */
export function noteSteps(context: StoreContext) {
  const { program, tables } = context;
  const t = tables.note;
  const that = and(is(t.program, program), eq(t.key, placeholder("key")));
  const find = query({ value: t.value }, (select) => select.from(t).where(that));
  const insert = (db: QueryBuilder) =>
    db.insert(t).values({ program, key: placeholder("key"), value: placeholder("value") });
  const put = command((db) =>
    insert(db).onConflictDoUpdate({ target: [t.program, t.key], set: { value: placeholderValue("value") } }),
  );
  const add = command((db) => insert(db).onConflictDoNothing());
  const replace = command((db) =>
    db
      .update(t)
      .set({ value: placeholderValue("value") })
      .where(and(that, eq(t.value, placeholder("before")))),
  );
  const sealed = sealedTexts(context).note;
  const asStored = (key: string, value: string) => (program === DATABASE ? value : sealed(key).seal(value));
  return {
    *read(key: string): Steps<string | undefined> {
      const value = (yield* first(find, { key }))?.value;
      return value === undefined || program === DATABASE ? value : sealed(key).open(value);
    },
    *write(key: string, value: string): Steps<void> {
      yield* run(put, { key, value: asStored(key, value) });
    },
    *change(key: string, before: string | undefined, value: string): Steps<boolean> {
      const stored = { key, value: asStored(key, value) };
      const count =
        before === undefined
          ? yield* run(add, stored)
          : yield* run(replace, { ...stored, before: asStored(key, before) });
      return count === 1;
    },
  };
}

/** The program whose notes are the database's own. */
export const DATABASE = "";

/** Clears the database's files after a deletion was committed. */
export interface Scrubbing {
  /** Notes, in the transaction that deletes, that the files must be cleared. If this process ends, another one does it. */
  owe(): Steps<void>;
  /** Clears the files if that is noted, one scrub at a time. False if a reader prevents it; then the note stays. */
  settle(): Promise<boolean>;
}

export const OWED = "scrub owed";

/** Makes deleted data unreadable in the database's files, now or later. */
export const scrubbing = (context: StoreContext): Scrubbing => {
  const { program, tables } = context;
  const { note: t } = tables;
  const that = and(is(t.program, program), is(t.key, OWED));
  const owed = query({ mark: t.value }, (select) => select.from(t).where(that));
  const write = command((db) =>
    db
      .insert(t)
      .values({ program, key: OWED, value: placeholder("mark") })
      .onConflictDoUpdate({ target: [t.program, t.key], set: { value: placeholderValue("mark") } }),
  );
  const paid = command((db) => db.delete(t).where(and(that, eq(t.value, placeholder("mark")))));
  const settled = async (): Promise<boolean> => {
    for (;;) {
      const mark = (await context.read(() => first(owed)))?.mark;
      if (mark === undefined) return true;
      if (!(await context.scrub())) return false;
      await context.write(paid, { mark });
    }
  };
  const inTurn = pLimit(1);
  return {
    *owe() {
      // A note for each deletion: a scrub that began before the deletion does not count for it.
      yield* run(write, { mark: randomUUID() });
    },
    settle: () => inTurn(settled),
  };
};
