import { asc, desc, getTableColumns } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { Key } from "../keys/keys.ts";
import type { StoreContext, Tables } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, rows, run, type Steps } from "../statements/steps.ts";
import { auditAnchor, type AuditTrouble } from "./audit-anchor.ts";
import { placeholder, is, limitPlaceholder } from "./placeholders.ts";

export interface AuditLog extends Pick<Store, "audit"> {
  /** How the log was tampered with; undefined if it was not. */
  auditTrouble(): Promise<AuditTrouble | undefined>;
}

/**
 * A log that shows tampering. Each entry has a keyed hash that covers the entry before it. An encrypted anchor, written in the same
 * commit, says how many entries there are and which is the newest. Somebody with the database but without the key cannot add,
 * change or delete an entry unseen. One thing stays unseen: replacing log and anchor together by an older state of both.
 */
export const auditLog = (context: StoreContext): AuditLog => {
  const append = appending(context);
  const verify = verifying(context);
  return {
    audit: (actor, what, subject, at) =>
      context.lockedTransaction([AUDIT_LOCK], () =>
        append({ program: context.program, at, actor, what, subject }),
      ),
    auditTrouble: () =>
      context.read(function* () {
        return (yield* verify()).trouble;
      }),
  };
};

/** The lock for appending: one entry at a time. */
export const AUDIT_LOCK = "audit";

/** Appends an entry; the caller holds the lock. It follows the anchor's entry, so a log that was cut stays recognisable. */
export const appending = (context: StoreContext) => {
  const { program, masterKey, tables } = context;
  const t = tables.audit;
  const anchor = auditAnchor(context);
  const newest = query({ id: t.id }, (select) =>
    select.from(t).where(is(t.program, program)).orderBy(desc(t.id)).limit(limitPlaceholder("limit")),
  );
  const append = command((db) =>
    db.insert(t).values({
      program,
      at: placeholder("at"),
      actor: placeholder("actor"),
      what: placeholder("what"),
      subject: placeholder("subject"),
      mac: placeholder("mac"),
    }),
  );
  return function* (entry: AuditEntry): Steps<void> {
    const before = yield* anchor.read();
    const isLost = before === undefined && (yield* anchor.isExpected());
    // Entries without an anchor were not written by Attune.
    const isForged = before === undefined && !isLost && (yield* first(newest, { limit: 1 })) !== undefined;
    const mac = chained(masterKey, before?.newest, entry);
    yield* run(append, { ...entry, mac });
    const trouble = before?.trouble ?? (isLost ? "missing" : isForged ? "rewritten" : undefined);
    yield* anchor.write({ count: (before?.count ?? 0) + 1, newest: mac, trouble });
  };
};

/** Verifies the whole log. */
export const verifying = (context: StoreContext) => {
  const { program, masterKey, tables } = context;
  const anchor = auditAnchor(context);
  const all = everyEntry(program, tables);
  return function* (): Steps<{
    readonly count: number;
    readonly newest?: string;
    readonly trouble?: AuditTrouble;
  }> {
    const entries = yield* rows(all);
    const anchored = yield* anchor.read();
    const isExpected = anchored !== undefined || (yield* anchor.isExpected());
    const last = entries.at(-1);
    const state = { count: entries.length, ...(last === undefined ? {} : { newest: last.mac }) };
    const trouble = troubleOf(entries, anchored, isExpected, (before, entry) =>
      chained(masterKey, before, entry),
    );
    return trouble === undefined ? state : { ...state, trouble };
  };
};

const troubleOf = (
  entries: readonly (AuditEntry & { readonly mac: string })[],
  anchored:
    | { readonly count: number; readonly newest: string; readonly trouble?: AuditTrouble | undefined }
    | undefined,
  isExpected: boolean,
  hashed: (before: string | undefined, entry: AuditEntry) => string,
): AuditTrouble | undefined => {
  if (anchored === undefined) return isExpected ? "missing" : entries.length > 0 ? "rewritten" : undefined;
  if (anchored.trouble !== undefined) return anchored.trouble;
  if (entries.length === 0) return "missing";
  if (entries.length < anchored.count) return "cut";
  const holds = chainHolds(entries, hashed) && entries.length === anchored.count;
  return holds && entries.at(-1)?.mac === anchored.newest ? undefined : "rewritten";
};

/** Whether each entry has the hash that follows from the entry before it. */
export const chainHolds = (
  entries: readonly (AuditEntry & { readonly mac: string })[],
  hashed: (before: string | undefined, entry: AuditEntry) => string,
): boolean => {
  let before: string | undefined;
  for (const entry of entries) {
    if (entry.mac !== hashed(before, entry)) return false;
    before = entry.mac;
  }
  return true;
};

export type AuditEntry = Pick<
  Tables["audit"]["$inferSelect"],
  "program" | "at" | "actor" | "what" | "subject"
>;

/** The log of a program, oldest first. */
export const everyEntry = (program: string, { audit: t }: Tables) =>
  query(getTableColumns(t), (select) => select.from(t).where(is(t.program, program)).orderBy(asc(t.id)));

/** What an entry's hash covers. */
export const content = (
  before: string | undefined,
  { program, at, actor, what, subject }: AuditEntry,
): string => JSON.stringify([before ?? "", program, at, actor, what, subject]);

/** An entry's keyed hash, which covers the one before it. */
export const chained = (key: Key, before: string | undefined, entry: AuditEntry): string =>
  key.mac(content(before, entry));
