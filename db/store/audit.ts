import { createHash } from "node:crypto";
import { asc, getTableColumns, desc } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Kept, Tables } from "../kept.ts";
import { command, first, query, rows, run } from "../statement.ts";
import { given, is, limitGiven } from "./given.ts";

export interface AuditLog extends Pick<Store, "audit"> {
  /** False when an entry was changed or taken out since it was written (the newest ones could be missing). */
  auditHolds(): Promise<boolean>;
}

/** A log that shows when it was tampered with: each entry's hash covers the entry before it. */
export const auditLog = (kept: Kept): AuditLog => {
  const { program, tables } = kept;
  const t = tables.audit;
  const ours = is(t.program, program);
  const newest = query({ hash: t.hash }, (select) =>
    select.from(t).where(ours).orderBy(desc(t.id)).limit(limitGiven("limit")),
  );
  const all = query(getTableColumns(t), (select) => select.from(t).where(ours).orderBy(asc(t.id)));
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
  return {
    audit: async (actor, what, subject, at) => {
      await kept.inTurn(["audit"], function* () {
        const entry = { program, at, actor, what, subject };
        yield* run(append, { ...entry, hash: chained((yield* first(newest, { limit: 1 }))?.hash, entry) });
      });
    },
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

type Entry = Pick<Tables["audit"]["$inferSelect"], "program" | "at" | "actor" | "what" | "subject">;

const chained = (before: string | undefined, { program, at, actor, what, subject }: Entry): string =>
  createHash("sha256")
    .update(JSON.stringify([before ?? "", program, at, actor, what, subject]))
    .digest("hex");
