import { and, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Kept } from "./store-context.ts";
import { command, first, query } from "../statements/statement.ts";
import { given, givenValue, is } from "./placeholders.ts";
import { sealedTexts } from "./sealed-texts.ts";

/** Small facts by name. A program's are sealed alike: some tell of people. The house's own stand in clear. */
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
  const sealed = sealedTexts(kept).note;
  const asKept = (key: string, value: string) => (program === HOUSE ? value : sealed(key).seal(value));
  return {
    note: (key) =>
      kept.reading(function* () {
        const value = (yield* first(read, { key }))?.value;
        return value === undefined || program === HOUSE ? value : sealed(key).open(value);
      }),
    setNote: async (key, value) => {
      await kept.singly(write, { key, value: asKept(key, value) });
    },
    changeNote: async (key, before, value) =>
      (await (before === undefined
        ? kept.singly(add, { key, value: asKept(key, value) })
        : kept.singly(replace, { key, before: asKept(key, before), value: asKept(key, value) }))) === 1,
  };
};

/** The program whose notes are the house's own. */
export const HOUSE = "";
