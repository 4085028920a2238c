import { randomUUID } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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
  try {
    clearAway(target);
    // It contains people's answers, so only its owner may read it, from the first byte on.
    closeSync(openSync(draft, "wx", 0o600));
    const result = await write(draft);
    place(draft, target);
    return result;
  } catch (thrown) {
    throw notWritten(target, thrown);
  } finally {
    remove(draft);
  }
}

const remove = (draft: string): void => {
  for (const end of ["", "-journal", "-wal", "-shm"]) rmSync(draft + end, { force: true });
};

/** Deletes drafts that killed processes have left: they contain people's answers. */
function clearAway(target: string): void {
  const [start, end] = [`${basename(target)}.`, ".part"];
  for (const name of readdirSync(dirname(target))) {
    const isDraft = name.startsWith(start) && UUID.test(name.slice(start.length, -end.length));
    const draft = join(dirname(target), name);
    if (!isDraft || !name.endsWith(end) || isBeingWritten(draft)) continue;
    remove(draft);
  }
}

const UUID = /^[0-9a-f-]{36}$/;

/** Whether a process still writes a draft. It holds the file's lock, which ends with the process. */
function isBeingWritten(draft: string): boolean {
  const client = new Client(draft, { timeout: 0 });
  try {
    client.exec("begin exclusive; rollback");
    return false;
  } catch (thrown) {
    return thrown instanceof Client.SqliteError && thrown.code.startsWith("SQLITE_BUSY");
  } finally {
    client.close();
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
  };
  const why =
    failure instanceof AttuneError
      ? failure.message
      : (reasons[code ?? ""] ?? `it cannot be written (${code ?? String(thrown)}).`);
  return new AttuneError("store", `${target}: ${why}`, { cause: thrown });
}
