import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Key } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command } from "../statements/statement.ts";
import { rows, run, type Steps } from "../statements/steps.ts";
import { auditAnchor, type AuditTrouble } from "./audit-anchor.ts";
import { chained, chainHolds, content, everyEntry, verifying, type AuditEntry } from "./audit.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";

/**
 * Converts a log of an earlier version, whose hashes had no key. It is verified once more with the old hashes. If that fails, it is
 * converted as it is, and the tampering is reported for ever.
 */
export const carryingOver = (context: StoreContext) => {
  const chain = chaining(context, context.masterKey);
  const all = everyEntry(context.program, context.tables);
  return function* (): Steps<void> {
    yield* chain(chainHolds(yield* rows(all), plainHash) ? undefined : "rewritten");
  };
};

/** Converts a log to another master key. */
export const rekeyingLog = (context: StoreContext, to: Key) => {
  const chain = chaining(context, to);
  const verify = verifying(context);
  const anchor = auditAnchor(context);
  return function* (): Steps<void> {
    const { count, trouble } = yield* verify();
    if (count > 0 || (yield* anchor.isExpected())) yield* chain(trouble);
  };
};

/** Computes a log's hashes anew with a key, unless it was tampered with, and writes its anchor. */
const chaining = (context: StoreContext, key: Key) => {
  const { program, tables } = context;
  const t = tables.audit;
  const all = everyEntry(program, tables);
  const anchor = auditAnchor({ ...context, masterKey: key });
  const change = command((db) =>
    db
      .update(t)
      .set({ mac: placeholderValue("mac") })
      .where(and(is(t.program, program), eq(t.id, placeholder("id")))),
  );
  return function* (trouble: AuditTrouble | undefined): Steps<void> {
    const entries = yield* rows(all);
    let newest: string | undefined;
    for (const entry of entries) {
      newest = trouble === undefined ? chained(key, newest, entry) : entry.mac;
      if (newest !== entry.mac) yield* run(change, { id: entry.id, mac: newest });
    }
    yield* anchor.write({ count: entries.length, newest: newest ?? "", trouble });
  };
};

const plainHash = (before: string | undefined, entry: AuditEntry): string =>
  createHash("sha256").update(content(before, entry)).digest("hex");
