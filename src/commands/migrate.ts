import { resolve } from "node:path";
import { loadMasterKey } from "#db/keys/key-file.ts";
import type { Key } from "#db/keys/keys.ts";
import { copyDatabase, type Copied, type CopyOptions } from "#db/transfer/copy.ts";
import { copyIntoFile } from "#db/sqlite/copy-into-file.ts";
import { postgresSource, postgresTarget } from "#db/postgres/copy-side.ts";
import type { Source } from "#db/transfer/sides.ts";
import { sqliteSource } from "#db/sqlite/copy-side.ts";
import { isOnServer, shownDatabase } from "#src/config/database-place.ts";
import { AttuneError } from "#src/errors.ts";
import { openExistingDatabase } from "#src/composition/open-database.ts";
import { demandRest } from "./at-rest.ts";
import { sayKind } from "./kind-line.ts";
import type { Output } from "./output.ts";

export interface MigrateOptions {
  readonly from: string;
  readonly to: string;
}

/** Copies everything into an empty database and compares both sides. The old database stays as it is. */
export async function migrateDatabase(
  { from, to }: MigrateOptions,
  keyFile: string,
  output: Output,
): Promise<void> {
  if (placeOf(from) === placeOf(to))
    throw new AttuneError("config", "--from and --to name the same database.");
  await prepared(from, keyFile, output);
  const keys = loadMasterKey(keyFile);
  await using source = isOnServer(from) ? postgresSource(from) : sqliteSource(from);
  const progress = (share: number) => output.progress(`copying … ${Math.floor(share * 100)} %`);
  const copied = await copiedTo(source, to, keys, keyFile, { progress, mustRest: true });
  for (const line of table(copied)) output.line(line);
  output.line(`Everything is in ${shownDatabase(to)}, counted and compared on both sides.`);
  output.line(
    `It opens with the same key, ${keyFile}. Set ATTUNE_DB to it and ATTUNE_KEY_FILE to the key, run attune doctor, then start Attune. Nothing in ${shownDatabase(from)} was changed: keep it until all is well, then destroy it.`,
  );
}

const placeOf = (database: string): string => (isOnServer(database) ? database : resolve(database));

async function copiedTo(
  source: Source,
  to: string,
  keys: Key,
  keyFile: string,
  options: CopyOptions,
): Promise<readonly Copied[]> {
  if (!isOnServer(to)) return copyIntoFile(source, to, keys, options);
  await prepared(to, keyFile);
  await using target = postgresTarget(to);
  return await copyDatabase(source, target, options);
}

/** Prepares a database: migrates its schema, checks the key, and makes sure that no process has it open. */
async function prepared(database: string, keyFile: string, output?: Output): Promise<void> {
  const db = await openExistingDatabase({ database, keyFile });
  if (output !== undefined) await sayKind(db, database, output);
  await db.close();
  await demandRest(database);
}

function table(copied: readonly Copied[]): readonly string[] {
  const lines = copied.map(({ table: name, rows, sum }) => [name, String(rows), sum] as const);
  const total = copied.reduce((all, { rows }) => all + rows, 0);
  return [["table", "rows", "checksum"] as const, ...lines, ["all", String(total), ""] as const].map(
    ([name, rows, sum]) => `${name.padEnd(12)}${rows.padStart(10)}  ${sum}`.trimEnd(),
  );
}
