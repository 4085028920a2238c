import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { sqliteInFile } from "#test/support/store-rigs.ts";
import { storeContract } from "./store.ts";

storeContract("SQLite in memory", async () => {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  return {
    store: (program) => db.store(program),
    elsewhere: (program) => db.store(program),
    reopen: async () => undefined,
    [Symbol.asyncDispose]: () => db.close(),
  };
});

storeContract("SQLite in a file", sqliteInFile);
