import { and } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Key, Place } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command, forUpdate, query } from "../statements/statement.ts";
import { first, run, type Steps } from "../statements/steps.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { DATABASE } from "./shared-work.ts";

/**
 * How an audit log was tampered with. "missing": the whole log or its anchor is gone. "cut": entries are gone. "rewritten": entries
 * were changed, added or exchanged.
 */
export type AuditTrouble = "missing" | "cut" | "rewritten";

/** An anchor: how many entries a log has, and the keyed hash of its newest entry. */
export interface Anchored {
  readonly count: number;
  readonly newest: string;
  /** Tampering that was found earlier. It is reported for ever. */
  readonly trouble?: AuditTrouble | undefined;
}

export interface AuditAnchor {
  /** Undefined if there is none, or if it was encrypted with another key. */
  read(): Steps<Anchored | undefined>;
  write(anchored: Anchored): Steps<void>;
  /** Whether the program should have a log. */
  isExpected(): Steps<boolean>;
  /** Deletes the anchor, and the note that the program has a log. */
  forget(): Steps<void>;
}

export const ANCHOR = "audit anchor";
/** The list of programs that have a log. Without it somebody could delete a log together with its anchor unseen. */
const LOGGED = "audit logs";

/** A log's anchor, encrypted with the master key. It is written with each entry. */
export const auditAnchor = (context: Pick<StoreContext, "program" | "masterKey" | "tables">): AuditAnchor => {
  const { program, masterKey } = context;
  const own = sealedNote(context, program, ANCHOR);
  const logged = loggedPrograms(context);
  return {
    *read() {
      const text = yield* own.read(masterKey);
      return text === undefined ? undefined : (JSON.parse(text) as Anchored);
    },
    *write(anchored) {
      yield* own.write(masterKey, JSON.stringify(anchored));
      if (anchored.count > 1) return;
      const programs = yield* logged.take(masterKey);
      if (programs !== undefined && !programs.includes(program))
        yield* logged.write(masterKey, [...programs, program]);
    },
    *isExpected() {
      const programs = yield* logged.read(masterKey);
      return programs === undefined || programs.includes(program);
    },
    *forget() {
      const programs = yield* logged.take(masterKey);
      if (programs?.includes(program) === true)
        yield* logged.write(
          masterKey,
          programs.filter((one) => one !== program),
        );
    },
  };
};

/** The programs that have a log. Every database has this list from the start. Undefined if somebody deleted it. */
export const loggedPrograms = ({ tables }: Pick<StoreContext, "tables">) => {
  const note = sealedNote({ tables }, DATABASE, LOGGED);
  const listed = (text: string | undefined) =>
    text === undefined ? undefined : (JSON.parse(text) as readonly string[]);
  return {
    *read(key: Key): Steps<readonly string[] | undefined> {
      return listed(yield* note.read(key));
    },
    /** The same, locked until this transaction ends, to change it. */
    *take(key: Key): Steps<readonly string[] | undefined> {
      return listed(yield* note.take(key));
    },
    write: (key: Key, programs: readonly string[]): Steps<void> => note.write(key, JSON.stringify(programs)),
  };
};

const sealedNote = ({ tables: { note: t } }: Pick<StoreContext, "tables">, program: string, name: string) => {
  const place: Place = { table: "note", row: JSON.stringify([program, name]), column: "value" };
  const stored = query({ value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, program), is(t.key, name))),
  );
  const taken = forUpdate(stored);
  const keep = command((db) =>
    db
      .insert(t)
      .values({ program, key: name, value: placeholder("value") })
      .onConflictDoUpdate({ target: [t.program, t.key], set: { value: placeholderValue("value") } }),
  );
  const opened = (key: Key, sealed: string | undefined): string | undefined => {
    if (sealed === undefined) return undefined;
    try {
      return key.open(Buffer.from(sealed, "base64"), place).toString();
    } catch (thrown) {
      // It was written with another key or none, so it proves nothing.
      if (thrown instanceof AttuneError) return undefined;
      throw thrown;
    }
  };
  return {
    *read(key: Key): Steps<string | undefined> {
      return opened(key, (yield* first(stored))?.value);
    },
    *take(key: Key): Steps<string | undefined> {
      return opened(key, (yield* first(taken))?.value);
    },
    *write(key: Key, text: string): Steps<void> {
      yield* run(keep, { value: key.seal(text, place).toString("base64") });
    },
  };
};
