/* A process that is made to be killed: it sends what is due to a local Slack, and ends once nothing is left. */
import { givenRoster } from "#src/simulation/given-roster.ts";
import { slackPlatform } from "#adapters/slack/platform.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { loadMasterKey } from "#db/keys/key-file.ts";
import { DAY, instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { agreed } from "#test/support/agreed.ts";
import { SILENT } from "#test/support/attune.ts";
import { rosterOf } from "#test/support/programs.ts";
import { HURRIED } from "./joined.ts";
import { slackProgram } from "./office.ts";
import { BOT_TOKEN } from "./stand-in.ts";

const [file = "", apiUrl = "", people = "", time = ""] = process.argv.slice(2);
const ids = Array.from({ length: Number(people) }, (_, index) => `r${index + 1}`);
const program = slackProgram(ids);
const roster = rosterOf(ids.map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`));
const started = performance.now();
const db = openSqlite({ file, keys: loadMasterKey(`${file}.key`, { create: true }) });
const store = db.store(program.id);
const isNew = (await store.roster()).assignments.length === 0;
const { messenger } = slackPlatform(
  { botToken: BOT_TOKEN, way: { mode: "socket", appToken: "xapp-none" }, apiUrl },
  { receive: async () => ({ kind: "none" }), log: SILENT },
  { pace: HURRIED },
);
const running = runProgram({
  program,
  store,
  clock: {
    now: () => instant(Math.round(Number(time) + performance.now() - started)),
    sleep: async () => {},
  },
  messengers: [messenger],
  owner: `mortal-${process.pid}`,
  log: SILENT,
  meters: NO_METERS,
  findRosterUpdate: isNew ? givenRoster(roster) : async () => undefined,
  wake() {},
});
if (isNew) await agreed(store, program.people, instant(Number(time)));
await running.beat();
const asks = await store.nudgesDuring(instant(0), instant(Number(time) + 365 * DAY));
const left = asks.filter(({ kind, state }) => kind === "shift-goal" && !["sent", "failed"].includes(state));
await db.close();
process.exit(left.length === 0 ? 0 : 3);
