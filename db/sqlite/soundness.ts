import Client from "better-sqlite3";
import { AttuneError } from "#src/errors.ts";
import { storeFailure } from "./failure.ts";
import { schemaOf, SCHEMA } from "./migrate.ts";
import type { Soundness } from "../statements/soundness.ts";
import { holdersOf } from "./holders.ts";

/** How many faults are looked for: one is enough to know, a few more to see of which kind. */
const FAULTS = 3;

/**
 * Looks at every page of an open database, at its indexes against its tables, and at every reference from row to row.
 * What SQLite cannot see is a change within a value: a sealed one shows it when it is opened.
 * @param name the file, as people know it
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

/** The same for a file that nobody here has open. */
export function demandSoundFile(file: string, name = file): void {
  const client = new Client(file, { fileMustExist: true });
  try {
    client.pragma("query_only = ON");
    demandSound(client, name);
  } finally {
    client.close();
  }
}

/** Milliseconds that a look waits for whoever holds the file. */
const PATIENCE = 1_000;

/**
 * Looks at a database file, and whether it can be written to just now. Changes nothing.
 * @throws AttuneError `store` that says what is wrong with it, or who holds it
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
