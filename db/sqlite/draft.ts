import { randomUUID } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname } from "node:path";
import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./failure.ts";

/**
 * Writes a database to `target`, completely or not at all, and never over an existing file. It writes to a draft first. If two
 * processes write to one name, one of them succeeds, and neither deletes the other's file.
 */
export async function wholeOrNot<Result>(
  target: string,
  write: (draft: string) => Promise<Result>,
): Promise<Result> {
  const draft = `${target}.${randomUUID()}.part`;
  let held: Client.Database | undefined;
  try {
    clearAway(target);
    held = hold(draft);
    // It contains people's answers, so only its owner may read it, from the first byte on.
    closeSync(openSync(draft, "wx", 0o600));
    const result = await write(draft);
    place(draft, target);
    return result;
  } catch (thrown) {
    throw notWritten(target, thrown);
  } finally {
    held?.close();
    if (held !== undefined) remove(draft);
  }
}

/** An empty file beside a draft. Its lock says that the draft's process is alive. */
const HELD = "-held";

const remove = (draft: string): void => {
  for (const end of ["", "-journal", "-wal", "-shm", HELD, `${HELD}-journal`])
    rmSync(draft + end, { force: true });
};

/**
 * Locks a draft for as long as it is written. The draft's own lock is not enough: it is there only while SQLite writes, and not
 * while its source is checked or a file is copied.
 */
function hold(draft: string): Client.Database {
  const client = new Client(draft + HELD);
  try {
    return client.exec("begin exclusive");
  } catch (thrown) {
    client.close();
    throw thrown;
  }
}

/** Deletes drafts that killed processes have left: they contain people's answers. */
function clearAway(target: string): void {
  const start = `${basename(target)}.`;
  for (const name of readdirSync(dirname(target))) {
    const id = DRAFT.exec(name.slice(start.length))?.groups?.["id"];
    if (!name.startsWith(start) || id === undefined) continue;
    const draft = `${target}.${id}.part`;
    if (!isLocked(draft + HELD) && !isLocked(draft)) remove(draft);
  }
}

const DRAFT = new RegExp(`^(?<id>[0-9a-f-]{36})\\.part(?:${HELD})?$`, "u");

/** Whether a process has a file's lock, which ends with the process. */
function isLocked(file: string): boolean {
  let client: Client.Database | undefined;
  try {
    client = new Client(file, { timeout: 0, fileMustExist: true });
    client.exec("begin exclusive; rollback");
    return false;
  } catch (thrown) {
    return thrown instanceof Client.SqliteError && thrown.code.startsWith("SQLITE_BUSY");
  } finally {
    client?.close();
  }
}

/** Gives a finished draft its name. A hard link fails if the file exists, in one step. Some network disks have no links. */
function place(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(target)) throw error;
    renameSync(draft, target);
  }
}

/** The error for a copy that could not be written, with the name of its file. */
function notWritten(target: string, thrown: unknown): AttuneError {
  // An AttuneError says what is wrong already. That may be another file.
  if (thrown instanceof AttuneError) return thrown;
  const failure = storeFailure(thrown);
  const code = (thrown as NodeJS.ErrnoException).code;
  const reasons: Readonly<Record<string, string>> = {
    EEXIST: "there is a file already; name another one.",
    ENOENT: "its folder does not exist.",
    ENOTDIR: "its folder does not exist.",
  };
  const why =
    failure instanceof AttuneError
      ? failure.message
      : (reasons[code ?? ""] ?? `it cannot be written (${code ?? String(thrown)}).`);
  return new AttuneError("store", `${target}: ${why}`, { cause: thrown });
}
