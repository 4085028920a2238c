import { once } from "node:events";
import { keyOf } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { AT_ONCE, each, send, workOff } from "./work-off.ts";

// A replica in a process of its own: ready, it waits for the word, sends until nothing is due, and says how many it
// sent and for how many milliseconds its processor was busy with them.
const [url, secret, owner] = process.argv.slice(2);
await using db = await openPostgres({
  url: url!,
  keys: keyOf(Buffer.from(secret!, "hex")),
  connections: AT_ONCE,
});
await each(AT_ONCE, () => db.check());
process.send!("ready");
await once(process, "message");
const before = process.cpuUsage();
const sent = await workOff(db.store("bench"), owner!, send);
const { user, system } = process.cpuUsage(before);
process.send!({ sent, busy: (user + system) / 1_000 });
process.disconnect();
