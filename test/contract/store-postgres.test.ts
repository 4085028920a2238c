import { afterAll, beforeAll } from "vitest";
import { passingKey } from "#db/keys.ts";
import { openPostgres } from "#db/open-postgres.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { storeContract } from "./store.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

storeContract("PostgreSQL", async () => {
  const url = await server.database();
  const keys = passingKey();
  let house = await openPostgres({ url, keys });
  const other = await openPostgres({ url, keys });
  return {
    store: (program) => house.store(program),
    elsewhere: (program) => other.store(program),
    reopen: async () => {
      await house.close();
      house = await openPostgres({ url, keys });
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([house.close(), other.close()]);
    },
  };
});
