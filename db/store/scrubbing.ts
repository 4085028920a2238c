import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { and, eq } from "drizzle-orm";
import type { StoreContext } from "./store-context.ts";
import { command, first, query, run, type Steps } from "../statements/statement.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";

/** What a deletion for good still has to do once it is committed. */
export interface Scrubbing {
  /** Writes down, with the commit that deletes, that the files are to be scrubbed: whoever comes next does it. */
  owe(): Steps<void>;
  /** Scrubs the files when that is owed, one scrub after the other. False when somebody is in the way: it stays owed. */
  settle(): Promise<boolean>;
}

export const OWED = "scrub owed";

/** Makes what was deleted unreadable in the database's files, now or, whatever happens, later. */
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
      // Each deletion's own: a scrub that began before it does not pay for it.
      yield* run(write, { mark: randomUUID() });
    },
    settle: () => inTurn(settled),
  };
};
