import type { Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { ChatLog } from "#src/ports/chat.ts";
import type { Store } from "#src/ports/store.ts";
import { chatLog } from "./chat.ts";
import type { StoreContext } from "./store-context.ts";
import { kindMark, type KindMark } from "./kind.ts";
import { mending } from "./mending.ts";
import { newestMoment } from "./newest.ts";
import { createStore } from "./store.ts";
import type { AuditLog } from "./audit.ts";
import { clearing } from "./clearing.ts";

/** An open database. It holds any number of programs, each with its own store. */
export interface Database extends AsyncDisposable, KindMark {
  store(program: string): Store & AuditLog;
  chat(program: string): ChatLog;
  /**
   * Empties a program. Its audit log goes too: this is for a demo that starts over, not for erasing a person.
   * AttuneError `rejected` on a real database.
   */
  clear(program: string): Promise<void>;
  /**
   * Writes a consistent copy to `file` while this and other processes go on working; `progress` is told its share
   * from 0 to 1. The copy needs the same master key. AttuneError `store` when a file is there or cannot be written.
   */
  backup(file: string, progress?: (share: number) => void): Promise<void>;
  /** Small values of the database itself, by key. Those of a program are in its store. */
  readonly notes: Pick<Store, "note" | "setNote">;
  /** The database's time: the same for every process that uses it. */
  now(): Promise<Instant>;
  /**
   * Corrects moments in a program that are further in the future than any lease or retry: they were stored while the clock was wrong.
   * This concerns leases, retries, edits, reminders, and when people were asked last. Returns how many there were.
   */
  mendFuture(program: string, now: Instant): Promise<number>;
  /** The newest moment at which anything was sent or answered, in all programs. Reads every row. */
  newest(): Promise<Instant | undefined>;
  /** Checks with a small commit that the database can be read and written. @throws AttuneError `store` */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What SQLite and PostgreSQL do differently. */
interface Ground extends Pick<Database, "backup" | "close" | "now"> {
  context(program: string): StoreContext;
  /** Checks that there is space for new rows. A small commit alone may succeed on a full disk. */
  hasRoom?(): Promise<void>;
}

/** The database over an open connection, whatever its dialect. */
export const databaseOf = ({ context, backup, close, now, hasRoom }: Ground): Database => {
  const db = createStore(context(""));
  const mark = kindMark(context(""));
  let checks = 0;
  return {
    store: (program) => createStore(context(named(program))),
    chat: (program) => chatLog(context(named(program))),
    ...mark,
    newest: newestMoment(context("")),
    mendFuture: (program, now) => mending(context(named(program)))(now),
    async clear(program) {
      if ((await mark.kind()) === "real")
        throw new AttuneError(
          "rejected",
          "A real database is never emptied: only the playground starts over.",
        );
      await clearing(context(named(program)))();
    },
    backup,
    notes: db,
    now,
    async check() {
      await db.setNote("check", String((checks += 1)));
      await hasRoom?.();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
};

/** The empty name is the database's own. */
const named = (program: string): string => {
  if (program === "") throw new AttuneError("config", "A program needs an id.");
  return program;
};
