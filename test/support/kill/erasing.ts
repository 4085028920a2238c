import Client from "better-sqlite3";
import { keyOf } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { ANNA, at } from "../../contract/store/case.ts";
import { KEY } from "./morning.ts";

/* Erases Anna in a process of its own, which dies once that is committed and before the file is cleared. */
const db = openSqlite({ file: process.argv[2]!, keys: keyOf(KEY) });
Client.prototype.pragma = () => {
  process.kill(process.pid, "SIGKILL");
  // The signal may be a moment on its way: meanwhile nothing more happens here.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
await db.store("p").erase(ANNA, at(5), "test");
