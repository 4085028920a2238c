import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { passingKey } from "#db/keys.ts";
import { openSqlite } from "#db/open.ts";
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

storeContract("SQLite in a file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-store-"));
  const keys = passingKey();
  const open = () => openSqlite({ file: join(folder, "attune.db"), keys });
  let house = open();
  const other = open();
  return {
    store: (program) => house.store(program),
    elsewhere: (program) => other.store(program),
    reopen: async () => {
      await house.close();
      house = open();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([house.close(), other.close()]);
      rmSync(folder, { recursive: true });
    },
  };
});
