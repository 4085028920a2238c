import { randomUUID } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./failure.ts";

/**
 * Writes a database to `target`, whole or not at all, and never over a file that is there: into a draft of its own
 * first, so that of two copies to one name one is kept and neither takes the other's away.
 */
export async function wholeOrNot<Result>(
  target: string,
  write: (draft: string) => Promise<Result>,
): Promise<Result> {
  const draft = `${target}.${randomUUID()}.part`;
  try {
    clearAway(target);
    // It holds what its database holds: for its owner's eyes only, from the first byte.
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

/** Takes away the drafts of this copy that killed processes left: they hold what the database holds. */
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

/** Whoever copies into a file holds its lock, which goes with the process. */
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

/** Puts a finished draft in its place. A link fails where a file is, in one step; some network disks have no links. */
function place(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(target)) throw error;
    renameSync(draft, target);
  }
}

/** Why a copy could not be written, with the name of its file. */
function notWritten(target: string, thrown: unknown): AttuneError {
  // What has its own words already names the trouble, which may be elsewhere.
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
