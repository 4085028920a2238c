import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { sqliteInFile } from "#test/support/store-rigs.ts";
import { storeContract } from "./store.ts";

storeContract("SQLite in memory", async () => {
  const house = openSqlite({ file: ":memory:", keys: passingKey() });
  return {
    store: (program) => house.store(program),
    elsewhere: (program) => house.store(program),
    reopen: async () => undefined,
    [Symbol.asyncDispose]: () => house.close(),
  };
});

storeContract("SQLite in a file", sqliteInFile);
