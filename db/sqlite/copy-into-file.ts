import { existsSync } from "node:fs";
import { AttuneError } from "#src/errors.ts";
import { wholeOrNot } from "./draft.ts";
import type { Key } from "../keys/keys.ts";
import { openSqlite } from "./open.ts";
import { demandSoundFile } from "./soundness.ts";
import { copyDatabase, type Copied, type CopyOptions } from "../transfer/copy.ts";
import type { Source } from "../transfer/sides.ts";
import { sqliteTarget } from "./copy-side.ts";

/** Copies a database into a new SQLite file, completely or not at all. */
export async function copyIntoFile(
  source: Source,
  file: string,
  keys: Key,
  options: Omit<CopyOptions, "replaces">,
): Promise<readonly Copied[]> {
  if (existsSync(file)) throw new AttuneError("config", `${file} is there already: name another file.`);
  return wholeOrNot(file, async (draft) => {
    await openSqlite({ file: draft, keys }).close();
    const copied = await filled(source, draft, options);
    demandSoundFile(draft, `The copy for ${file}`);
    return copied;
  });
}

async function filled(source: Source, draft: string, options: CopyOptions): Promise<readonly Copied[]> {
  await using target = sqliteTarget(draft);
  return await copyDatabase(source, target, { ...options, replaces: true });
}
