import { fileURLToPath } from "node:url";
import Client from "better-sqlite3";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { AttuneError } from "#src/errors.ts";
import { SEALING } from "../store/upgrade.ts";

/** "Attn": marks a SQLite file as Attune's (pragma application_id). */
export const ATTUNE = 0x4174746e;

const migrations = readMigrationFiles({
  migrationsFolder: fileURLToPath(new URL("../migrations/sqlite", import.meta.url)),
});

/** The newest schema that this version knows. */
export const SCHEMA = migrations.length;

/**
 * The version of a database's schema; 0 if it is empty.
 * @throws AttuneError `store` when it is newer than this version, or the file is not Attune's
 */
export const schemaOf = (client: Client.Database): number => {
  const applied = client.pragma("user_version", { simple: true }) as number;
  if (applied > SCHEMA) {
    throw new AttuneError(
      "store",
      `The database is from a newer Attune (schema ${applied}, this one knows ${SCHEMA}). Update Attune.`,
    );
  }
  if (client.pragma("application_id", { simple: true }) !== ATTUNE && !isEmpty(client)) {
    throw new AttuneError("store", "The database belongs to another program. Choose another file.");
  }
  return applied;
};

/** The same, for a command that only reads. @throws AttuneError `store` also when the database is older */
export const demandCurrent = (client: Client.Database): void => {
  const applied = schemaOf(client);
  if (applied < SCHEMA)
    throw new AttuneError(
      "store",
      `The database is from an older Attune (schema ${applied}, this one has ${SCHEMA}): start Attune, which brings it up to date.`,
    );
};

/**
 * Migrates the database to this version's schema, all or nothing. Of several processes that start at once, one migrates.
 * `user_version` counts the migrations. (Drizzle's own migrator takes no lock and makes a table that is not STRICT.) An older
 * database stops before the step that encrypts its values: the caller does that.
 */
export const migrate = (client: Client.Database): void => {
  client
    .transaction(() => {
      const applied = schemaOf(client);
      apply(client, applied, applied > 0 && applied <= SEALING ? SEALING : SCHEMA);
      client.pragma(`application_id = ${ATTUNE}`);
    })
    .immediate();
};

let inMemory: Buffer | undefined;

/** The bytes of a new database in memory, with this version's schema. To copy them takes a twentieth of the time of the migrations. */
export const newInMemory = (): Buffer => {
  if (inMemory === undefined) {
    const client = new Client(":memory:");
    migrate(client);
    inMemory = client.serialize();
    client.close();
  }
  return inMemory;
};

/** Encrypts some of the values, in a transaction. Returns whether all are done. */
export const sealSome = (client: Client.Database, some: () => boolean): boolean =>
  client
    .transaction(() => {
      const applied = appliedTo(client);
      if (applied !== SEALING) return true;
      if (!some()) return false;
      apply(client, applied, SCHEMA);
      return true;
    })
    .immediate();

const appliedTo = (client: Client.Database): number =>
  client.pragma("user_version", { simple: true }) as number;

const apply = (client: Client.Database, applied: number, version: number): void => {
  if (applied >= version) return;
  for (const { sql } of migrations.slice(applied, version)) for (const one of sql) client.exec(one);
  client.pragma(`user_version = ${version}`);
};

const isEmpty = (client: Client.Database): boolean =>
  client.prepare("select count(*) from sqlite_schema").pluck().get() === 0;
