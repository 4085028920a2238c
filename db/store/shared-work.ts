import { and, sql } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Kept } from "./store-context.ts";
import { command, query, rows, run, type Steps } from "../statements/statement.ts";
import { given, givenValue, is, isIn } from "./placeholders.ts";

/** What several processes on one program must know of each other. */
export const sharedWork = (kept: Kept): Pick<Store, "hold" | "versions"> => {
  const { program, tables } = kept;
  const { lease: t } = tables;
  const hold = command((db) =>
    db
      .insert(t)
      .values({ program, task: given("task"), owner: given("owner"), until: given("leaseUntil") })
      .onConflictDoUpdate({
        target: [t.program, t.task],
        set: { owner: givenValue("owner"), until: givenValue("leaseUntil") },
        setWhere: sql`${t.owner} = ${given("owner")} or ${t.until} <= ${given("now")}`,
      }),
  );
  const read = versions(kept);
  return {
    hold: async (task, { owner, now, length }) =>
      (await kept.singly(hold, { task, owner, now, leaseUntil: now + length })) === 1,
    versions: () => kept.reading(read),
  };
};

export const ROSTER = "roster version";
export const WISHES = "wishes version";

/** How often the roster, and somebody's wishes, have been changed. */
export const versions = ({ program, tables: { note: t } }: Kept) => {
  const counts = query({ key: t.key, value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, program), isIn(t.key, [ROSTER, WISHES]))),
  );
  return function* (): Steps<{ readonly roster: number; readonly wishes: number }> {
    const found = new Map((yield* rows(counts)).map(({ key, value }) => [key, Number(value)]));
    return { roster: found.get(ROSTER) ?? 0, wishes: found.get(WISHES) ?? 0 };
  };
};

/** What changes the roster, and what is planned from it, happens in turn. */
export const ROSTER_TURN = "roster";

/** Tells the other processes, with the commit it is part of, that the roster or somebody's wishes are new. */
export const renewal = ({ program, tables: { note: t } }: Kept, what: "roster" | "wishes") => {
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
