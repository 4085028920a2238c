import { setImmediate as turn } from "node:timers/promises";
import { givenRoster } from "#src/simulation/given-roster.ts";
import { expect, it } from "vitest";
import { cronTicker } from "#adapters/cron/ticker.ts";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { MINUTE, instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { opsRoutes } from "#src/ops/routes.ts";
import type { Messenger } from "#src/ports/messenger.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { createScheduler } from "#src/runtime/scheduler.ts";
import { SILENT } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { agreed } from "#test/support/agreed.ts";

const people = ["r1", "r2", "a1"];
const START = local("2026-12-01T07:45");

/** The first message stands, but the call that sent it never comes back. */
function stalled(messenger: Messenger): Messenger {
  let isFirst = true;
  return {
    ...messenger,
    async send(to, card, key) {
      const sent = await messenger.send(to, card, key);
      if (!isFirst) return sent;
      isFirst = false;
      return new Promise(() => {});
    },
  };
}

it("goes on beside a beat that never comes back, says so meanwhile, and sends nothing twice", async () => {
  const program = programOf({ people });
  const roster = rosterOf(people.map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`));
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const clock = handClock(START);
  const cloud = memoryCloud();
  await agreed(db.store(program.id), program.people, START);
  const running = runProgram({
    program,
    store: db.store(program.id),
    clock,
    messengers: [stalled(memoryMessenger({ now: () => clock.now(), cloud }))],
    owner: "one",
    log: SILENT,
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  const warnings: string[] = [];
  let minute = () => {};
  const steady = () => clock.now() - START;
  const ticker = cronTicker({
    wakeUps: { start: (calls) => void (minute = calls.minute), async stop() {} },
    steady,
  });
  const scheduler = createScheduler({
    hostedPrograms: [
      { program: program.id, log: SILENT, beat: () => running.beat(), edit: () => running.edit() },
    ],
    log: { ...SILENT, warn: (_, message) => void warnings.push(message) },
    meters: NO_METERS,
    align: async () => {},
    steady,
  });
  const routes = opsRoutes({
    db,
    beats: scheduler,
    steady,
    platforms: () => ({}),
    metrics: { text: async () => "", contentType: "text/plain" },
  });
  const healthz = async () => (await routes.request("/healthz")).status;
  const passes = async (minutes: number) => {
    await clock.set(instant(START + minutes * MINUTE));
    minute();
    // Nothing here waits for anything outside of this process: so many turns are enough on any machine.
    for (let turns = 0; turns < 500; turns += 1) await turn();
  };

  ticker.start(() => scheduler.beginRound());
  await passes(4);
  const whileStalled = { status: await healthz(), warnings: [...warnings] };
  await passes(6);
  const after = { status: await healthz(), warnings: [...warnings] };
  await passes(8);

  expect(whileStalled).toEqual({ status: 503, warnings: [] });
  expect(after).toEqual({
    status: 200,
    warnings: ["a beat is over its deadline; the next one begins beside it"],
  });
  const keys = cloud.deliveries.filter(({ type }) => type === "sent").map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
  const nudges = await db.store(program.id).nudgesDuring(START, instant(START + MINUTE));
  expect(nudges.filter(({ kind }) => kind === "shift-goal").map(({ state }) => state)).toEqual([
    "sent",
    "sent",
  ]);
});
