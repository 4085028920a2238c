import { afterAll, beforeAll, describe } from "vitest";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { postgresDatabase, sqliteInFile } from "#test/support/store-rigs.ts";
import { frozenReplicaRules } from "./replicas/frozen.ts";
import { startingRules } from "./replicas/starting.ts";
import { replicaRules } from "./replicas/rules.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

describe.each([
  ["one SQLite file", sqliteInFile],
  ["one PostgreSQL", () => postgresDatabase(server)],
])("replicas on %s", (_, rig) => {
  replicaRules(rig);
  frozenReplicaRules(rig);
  startingRules(rig);
});
