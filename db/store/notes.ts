import { and, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Kept } from "../kept.ts";
import { command, first, query } from "../statement.ts";
import { given, givenValue, is } from "./given.ts";

/** Small facts by name. */
export const notes = (kept: Kept): Pick<Store, "note" | "setNote" | "changeNote"> => {
  const { program, tables } = kept;
  const t = tables.note;
  const read = query({ value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.key, given("key")))),
  );
  const write = command((db) =>
    db
      .insert(t)
      .values({ program, key: given("key"), value: given("value") })
      .onConflictDoUpdate({ target: [t.program, t.key], set: { value: givenValue("value") } }),
  );
  const add = command((db) =>
    db
      .insert(t)
      .values({ program, key: given("key"), value: given("value") })
      .onConflictDoNothing(),
  );
  const replace = command((db) =>
    db
      .update(t)
      .set({ value: givenValue("value") })
      .where(and(is(t.program, program), eq(t.key, given("key")), eq(t.value, given("before")))),
  );
  return {
    note: (key) =>
      kept.reading(function* () {
        return (yield* first(read, { key }))?.value;
      }),
    setNote: async (key, value) => {
      await kept.singly(write, { key, value });
    },
    changeNote: async (key, before, value) =>
      (await (before === undefined
        ? kept.singly(add, { key, value })
        : kept.singly(replace, { key, before, value }))) === 1,
  };
};
