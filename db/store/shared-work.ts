import { and, sql, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, rows, run, type Steps, first } from "../statements/statement.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";
import { sealedTexts } from "./person-keys.ts";

/** What several processes on one program share: leases of tasks, and counters of changes. */
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
  const { program, tables } = context;
  const t = tables.note;
  const read = query({ value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.key, placeholder("key")))),
  );
  const write = command((db) =>
    db
      .insert(t)
      .values({ program, key: placeholder("key"), value: placeholder("value") })
      .onConflictDoUpdate({ target: [t.program, t.key], set: { value: placeholderValue("value") } }),
  );
  const add = command((db) =>
    db
      .insert(t)
      .values({ program, key: placeholder("key"), value: placeholder("value") })
      .onConflictDoNothing(),
  );
  const replace = command((db) =>
    db
      .update(t)
      .set({ value: placeholderValue("value") })
      .where(and(is(t.program, program), eq(t.key, placeholder("key")), eq(t.value, placeholder("before")))),
  );
  const sealed = sealedTexts(context).note;
  const asStored = (key: string, value: string) => (program === DATABASE ? value : sealed(key).seal(value));
  return {
    note: (key) =>
      context.read(function* () {
        const value = (yield* first(read, { key }))?.value;
        return value === undefined || program === DATABASE ? value : sealed(key).open(value);
      }),
    setNote: async (key, value) => {
      await context.write(write, { key, value: asStored(key, value) });
    },
    changeNote: async (key, before, value) =>
      (await (before === undefined
        ? context.write(add, { key, value: asStored(key, value) })
        : context.write(replace, { key, before: asStored(key, before), value: asStored(key, value) }))) === 1,
  };
};

/** The program whose notes are the database's own. */
export const DATABASE = "";
