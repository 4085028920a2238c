import { and, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, first, query } from "../statements/statement.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { sealedTexts } from "./person-keys.ts";

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
