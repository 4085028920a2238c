import { flushCompileCache } from "node:module";
import { updateOf } from "#src/roster/change/merge.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { keyOf } from "#db/keys/keys.ts";
import { isOnServer } from "#src/config/database-place.ts";
import { later, instant, type Instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { AttuneError } from "#src/errors.ts";
import type { Clock } from "#src/ports/clock.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { weekProgram, weekRoster } from "../chaos/week.ts";
import { busyProgram, busyRoster, KEY } from "./morning.ts";
import { burning, killableMessenger, killableStore } from "./points.ts";
import { farMessenger } from "./far-messenger.ts";
import type { Ask, LifeWish, Told } from "./life.ts";

/*
 * The process that is killed: the real bot, engine, planner and store on a real file.
 * Its clock is the parent's; waiting for a platform's moment of patience takes no time.
 */
const wish = JSON.parse(process.argv[2]!) as LifeWish;
const past = burning(wish.fuse);
const tell = (told: Told): void => void process.send!(told);

let now: Instant = instant(0);
const clock: Clock = {
  now: () => now,
  async sleep(milliseconds) {
    now = later(now, milliseconds);
    await new Promise((resolve) => setImmediate(resolve));
  },
};
const [program, roster] =
  wish.place === "week"
    ? [weekProgram(), weekRoster(wish.days)]
    : [busyProgram(wish.teams), busyRoster(wish.days, wish.teams)];
const db = isOnServer(wish.database)
  ? await openPostgres({ url: wish.database, keys: keyOf(KEY), connections: 4, silence: 2_000 })
  : openSqlite({ file: wish.database, keys: keyOf(KEY), busyTimeout: 10_000 });
const running = runProgram({
  program,
  store: killableStore(db.store(program.id), past),
  clock,
  messengers: [killableMessenger(farMessenger(wish.port, wish.lookup), past)],
  owner: wish.owner,
  log: { debug() {}, info() {}, warn() {}, error() {} },
  meters: NO_METERS,
  async findRosterUpdate(before) {
    if (before.input.roster.assignments.length === roster.assignments.length) return undefined;
    return updateOf(before, { added: roster.assignments, moved: [], removed: [], absences: [] });
  },
  wake() {},
});

async function answer(ask: Ask): Promise<Told> {
  const { id } = ask;
  if (ask.now > now) now = ask.now;
  try {
    if (ask.type === "act") {
      const reply = await running.bot.receive(ask.inbound);
      past("before-ack");
      return { type: "done", id, reply };
    }
    await (ask.type === "beat" ? running.beat() : db.check());
    return { type: "done", id };
  } catch (error) {
    return { type: "failed", id, code: error instanceof AttuneError ? error.code : String(error) };
  }
}

process.on("message", (ask: Ask) => void answer(ask).then(tell));
process.on("disconnect", () => process.exit(0));
// A life that is killed leaves what it has compiled to those after it.
flushCompileCache();
tell({ type: "ready" });
