import { afterAll, beforeAll } from "vitest";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { postgresDatabase } from "#test/support/store-rigs.ts";
import { storeContract } from "./store.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

storeContract("PostgreSQL", () => postgresDatabase(server));
