import { randomUUID } from "node:crypto";
import pLimit from "p-limit";
import { and, eq } from "drizzle-orm";
import type { StoreContext } from "./store-context.ts";
import { command, first, query, run, type Steps } from "../statements/statement.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";

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
