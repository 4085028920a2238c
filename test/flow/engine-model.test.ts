import { updateOf } from "#src/roster/change/merge.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger, type Trouble } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { HOUR, MINUTE, instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { SILENT } from "#test/support/attune.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { agreed } from "#test/support/agreed.ts";

const people = ["r1", "r2", "r3", "a1"];
const program = programOf({ people });
const roster = rosterOf(people.map((id) => `${id} 2026-12-01T08:00 2026-12-01T17:00`));
const START = local("2026-12-01T07:30");

/** One of two dispatchers beats, or both at once, after the clock has gone on or was set back; some sends meet trouble. */
const step = fc.record({
  who: fc.constantFrom("one", "two", "both"),
  minutes: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constantFrom(-3 * 60, -20, 2 * 60)),
  troubles: fc.array(
    fc.constantFrom<Trouble | undefined>(undefined, "lost", "arrived", "unavailable", "rate-limited"),
    { maxLength: 4 },
  ),
});

/** Two engines on one store and one platform, which is in trouble as told. */
async function twoDispatchers(lookup: boolean) {
  const db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store(program.id);
  const clock = handClock(START);
  const cloud = memoryCloud();
  const troubles: (Trouble | undefined)[] = [];
  const engineOf = (owner: string, kept: Store) =>
    runProgram({
      program,
      store: kept,
      // Waiting for a platform is left to the next beat.
      clock: { now: () => clock.now(), sleep: async () => clock.advance(1_000) },
      messengers: [
        memoryMessenger({
          now: () => clock.now(),
          cloud,
          supports: { lookup },
          trouble: () => troubles.shift(),
        }),
      ],
      owner,
      log: SILENT,
      meters: NO_METERS,
      findRosterUpdate: async (before) =>
        before.input.roster.assignments.length > 0
          ? undefined
          : updateOf(before, { added: roster.assignments, moved: [], removed: [], absences: [] }),
      wake() {},
    });
  const engines = { one: engineOf("one", store), two: engineOf("two", store) };
  return { db, store, clock, cloud, troubles, engines };
}

const most = (keys: readonly string[]): number =>
  Math.max(0, ...[...Map.groupBy(keys, (key) => key).values()].map((same) => same.length));

it.each([true, false])(
  "two dispatchers under a clock that jumps post no nudge twice and leave none behind (look-up: %s)",
  async (lookup) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
        const world = await twoDispatchers(lookup);
        await using _ = world.db;
        for (const { who, minutes, troubles } of steps) {
          await world.clock.set(instant(world.clock.now() + minutes * MINUTE));
          world.troubles.splice(0, Infinity, ...troubles);
          const beating = who === "both" ? (["one", "two"] as const) : [who];
          await Promise.all(beating.map((name) => world.engines[name].beat()));
        }
        world.troubles.length = 0;
        const latest = Math.max(world.clock.now(), local("2026-12-01T07:50"));
        for (const at of [latest, latest + HOUR / 2, latest + HOUR, latest + 26 * HOUR, latest + 27 * HOUR]) {
          await world.clock.set(instant(at));
          await world.engines.one.beat();
        }

        const posts = world.cloud.deliveries.filter(({ type }) => type === "sent").map(({ key }) => key);
        const nudges = await world.store.nudgesDuring(instant(0), local("2026-12-02T00:00"));
        expect(most(posts)).toBeLessThanOrEqual(1);
        expect(nudges.length).toBeGreaterThan(0);
        expect(nudges.filter(({ state }) => ["planned", "claimed", "sending"].includes(state))).toEqual([]);
      }),
      { numRuns: campaignSize({ quick: 10, usual: 30, long: 60 }) },
    );
  },
);

it.each([
  ["back", -5 * HOUR],
  ["forward", 2 * HOUR],
])("a clock that steps %s by hours sends each goal once, and closes it in the end", async (_, step) => {
  const world = await twoDispatchers(true);
  await using _db = world.db;
  await agreed(world.store, program.people, world.clock.now());
  await world.clock.set(local("2026-12-01T07:50"));
  await world.engines.one.beat();
  const before = world.cloud.deliveries.filter(({ type }) => type === "sent").length;

  await world.clock.set(instant(world.clock.now() + step));
  await world.engines.one.beat();
  await world.clock.set(local("2026-12-01T07:55"));
  await world.engines.one.beat();
  const posts = world.cloud.deliveries.filter(({ type }) => type === "sent").map(({ key }) => key);
  await world.clock.set(local("2026-12-04T08:00"));
  await world.engines.one.beat();

  const goals = (await world.store.nudgesDuring(instant(0), local("2026-12-02T00:00"))).filter(
    ({ kind }) => kind === "shift-goal",
  );
  expect(before).toBe(3);
  expect(most(posts)).toBe(1);
  expect(goals.map(({ state }) => state)).toEqual(["expired", "expired", "expired"]);
});
