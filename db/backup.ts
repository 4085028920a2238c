import { randomUUID } from "node:crypto";
import { closeSync, existsSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./failure.ts";

/** Pages copied between two turns of the event loop: 3 ms at most. */
const PAGES = 100;

/**
 * Copies a database to `target`, whole or not at all, and never over a file that is there. It reads one
 * snapshot through a connection of its own: without one, SQLite begins a copy anew whenever another process has
 * written (72 times in a copy of 26 MB beside one busy writer).
 */
export async function backUp(
  file: string,
  target: string,
  progress?: (share: number) => void,
): Promise<void> {
  const draft = `${target}.${randomUUID()}.part`;
  try {
    // The copy holds what its database holds: for its owner's eyes only.
    closeSync(openSync(draft, "wx", 0o600));
    const source = new Client(file, { readonly: true, timeout: 5_000 });
    try {
      source.exec("begin; select count(*) from sqlite_schema");
      await source.backup(draft, {
        progress: ({ totalPages, remainingPages }) => {
          progress?.(1 - remainingPages / totalPages);
          return PAGES;
        },
      });
    } finally {
      source.close();
    }
    place(draft, target);
  } catch (thrown) {
    throw notWritten(target, thrown);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Puts a finished draft in its place. A link fails where a file is, in one step; some network disks have no links. */
export function place(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || existsSync(target)) throw error;
    renameSync(draft, target);
  }
}

/** Why a copy could not be written, with the name of its file. */
export function notWritten(target: string, thrown: unknown): AttuneError {
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
