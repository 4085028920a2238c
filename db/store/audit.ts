import { createHash } from "node:crypto";
import { asc, getTableColumns, desc } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Kept, Tables } from "../kept.ts";
import { command, first, query, rows, run, type Steps } from "../statement.ts";
import { given, is, limitGiven } from "./given.ts";

export interface AuditLog extends Pick<Store, "audit"> {
  /** False when an entry was changed or taken out since it was written (the newest ones could be missing). */
  auditHolds(): Promise<boolean>;
}

/** A log that shows when it was tampered with: each entry's hash covers the entry before it. */
export const auditLog = (kept: Kept): AuditLog => {
  const { program, tables } = kept;
  const t = tables.audit;
  const all = query(getTableColumns(t), (select) =>
    select.from(t).where(is(t.program, program)).orderBy(asc(t.id)),
  );
  const append = appending(kept);
  return {
    audit: (actor, what, subject, at) =>
      kept.inTurn([AUDIT_TURN], () => append({ program, at, actor, what, subject })),
    auditHolds: () =>
      kept.reading(function* () {
        let before: string | undefined;
        for (const entry of yield* rows(all)) {
          if (entry.hash !== chained(before, entry)) return false;
          before = entry.hash;
        }
        return true;
      }),
  };
};

/** Entries follow one another. */
export const AUDIT_TURN = "audit";

/** Appends an entry, in whose turn the caller is. */
export const appending = ({ program, tables: { audit: t } }: Kept) => {
  const newest = query({ hash: t.hash }, (select) =>
    select.from(t).where(is(t.program, program)).orderBy(desc(t.id)).limit(limitGiven("limit")),
  );
  const append = command((db) =>
    db.insert(t).values({
      program,
      at: given("at"),
      actor: given("actor"),
      what: given("what"),
      subject: given("subject"),
      hash: given("hash"),
    }),
  );
  return function* (entry: Entry): Steps<void> {
    yield* run(append, { ...entry, hash: chained((yield* first(newest, { limit: 1 }))?.hash, entry) });
  };
};

type Entry = Pick<Tables["audit"]["$inferSelect"], "program" | "at" | "actor" | "what" | "subject">;

const chained = (before: string | undefined, { program, at, actor, what, subject }: Entry): string =>
  createHash("sha256")
    .update(JSON.stringify([before ?? "", program, at, actor, what, subject]))
    .digest("hex");
