import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { AttuneError } from "#src/errors.ts";
import { notWritten, place } from "../backup.ts";
import type { Key } from "../keys.ts";
import { openSqlite } from "../open.ts";
import { copyDatabase, type Copied, type CopyOptions } from "./copy.ts";
import type { Source } from "./sides.ts";
import { sqliteTarget } from "./sqlite-side.ts";

/**
 * Copies a database into a SQLite file that is not there yet, whole or not at all. An interrupted copy leaves a
 * draft, `FILE.part`, which the next one takes over.
 */
export async function copyIntoFile(
  source: Source,
  file: string,
  keys: Key,
  options: Omit<CopyOptions, "replaces">,
): Promise<readonly Copied[]> {
  if (existsSync(file)) throw new AttuneError("config", `${file} is there already: name another file.`);
  const draft = `${file}.part`;
  try {
    // For its owner's eyes only, from the first byte.
    closeSync(openSync(draft, "a", 0o600));
    await openSqlite({ file: draft, keys }).close();
    const copied = await filled(source, draft, options);
    place(draft, file);
    return copied;
  } catch (thrown) {
    throw notWritten(file, thrown);
  } finally {
    for (const end of ["", "-wal", "-shm"]) rmSync(draft + end, { force: true });
  }
}

async function filled(source: Source, draft: string, options: CopyOptions): Promise<readonly Copied[]> {
  await using target = sqliteTarget(draft);
  return await copyDatabase(source, target, { ...options, replaces: true });
}
