import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./failure.ts";
import { schemaOf, SCHEMA } from "./migrate.ts";
import type { Soundness } from "../statements/soundness.ts";
import { holdersOf } from "./holders.ts";

/** How many faults are reported: a few, to see of which kind they are. */
const FAULTS = 3;

/**
 * Checks every page of an open database, compares its indexes with its tables, and checks every reference between rows. SQLite
 * cannot see a change within a value; for encrypted values, decrypting finds it.
 * @param name the file's name for messages
 * @throws AttuneError `store` that names the file and its first faults
 */
export function demandSound(client: Client.Database, name: string): void {
  let faults: readonly string[];
  try {
    faults = faultsOf(client);
  } catch (thrown) {
    if (!isDamage(thrown)) throw storeFailure(thrown);
    faults = [(thrown as Error).message];
  }
  if (faults.length > 0) throw damaged(name, faults);
}

const damaged = (name: string, faults: readonly string[]): AttuneError =>
  new AttuneError("store", `${name} is damaged: ${faults.join("; ")}. Restore a backup.`);

function faultsOf(client: Client.Database): readonly string[] {
  const found = client.prepare(`pragma integrity_check(${FAULTS})`).pluck().all() as string[];
  if (found.join() !== "ok") return found.slice(0, FAULTS).map(inOneLine);
  const dangling = client.prepare("pragma foreign_key_check").all() as { table: string; parent: string }[];
  return dangling
    .slice(0, 1)
    .map(({ table, parent }) => `${dangling.length} rows of ${table} belong to no ${parent}`);
}

const inOneLine = (text: string): string => text.replaceAll(/\s+/gu, " ").slice(0, 200);

const isDamage = (thrown: unknown): boolean =>
  thrown instanceof Client.SqliteError && thrown.code.startsWith("SQLITE_CORRUPT");

/** The same for a file that this process does not have open. */
export function demandSoundFile(file: string, name = file): void {
  const client = new Client(file, { fileMustExist: true });
  try {
    client.pragma("query_only = ON");
    demandSound(client, name);
  } finally {
    client.close();
  }
}

/** Milliseconds to wait for a locked file. */
const PATIENCE = 1_000;

/**
 * Checks a database file, and whether it can be written to. Changes nothing.
 * @throws AttuneError `store` that says what is wrong, or which process has locked it
 */
export function soundnessOfFile(file: string): Soundness {
  let client: Client.Database | undefined;
  try {
    client = new Client(file, { fileMustExist: true, timeout: PATIENCE });
    const schema = schemaOf(client);
    client.exec("begin immediate; rollback");
    client.pragma("query_only = ON");
    demandSound(client, file);
    return { looked: "every page, index and reference is whole", isOlder: schema < SCHEMA };
  } catch (thrown) {
    throw isDamage(thrown) ? damaged(file, [(thrown as Error).message]) : named(file, thrown);
  } finally {
    client?.close();
  }
}

function named(file: string, thrown: unknown): unknown {
  const failure = storeFailure(thrown);
  if (!(failure instanceof AttuneError) || failure.message.includes(file)) return failure;
  const isHeld = thrown instanceof Client.SqliteError && thrown.code.startsWith("SQLITE_BUSY");
  const holders = isHeld ? holdersOf(file) : [];
  const by = holders.length === 0 ? "" : `: process ${holders.join(", ")}`;
  const what = isHeld ? `another process holds the database${by}` : failure.message;
  return new AttuneError("store", `${file}: ${what}`, { cause: thrown });
}
