import { givenRoster } from "#src/simulation/given-roster.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Address } from "#src/domain/person.ts";
import { DAY, HOUR, MINUTE, instant, later, type Instant } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { guardedClock, HOLD, type GuardedClock } from "#src/runtime/guarded-clock.ts";
import { createScheduler } from "#src/runtime/scheduler.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { sentTo, SILENT } from "#test/support/attune.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { agreed } from "#test/support/agreed.ts";

const RUNS = { numRuns: campaignSize({ quick: 3, usual: 8, long: 12, soak: 300 }) };
const START = local("2026-12-01T06:00");
const LENGTH = 15 * HOUR;

/** A wall clock that is off by `by` milliseconds from one minute of the day on, for some minutes. */
interface Jump {
  readonly from: number;
  readonly minutes: number;
  readonly by: number;
}

const PEOPLE = ["r1", "r2", "a1"] as const;
const program = programOf({ people: [...PEOPLE] });
const roster = rosterOf([
  "r1 2026-12-01T08:00 2026-12-01T17:00",
  "r2 2026-12-01T09:00 2026-12-01T18:00",
  "a1 2026-12-01T08:00 2026-12-01T17:00",
  "r1 2026-12-02T08:00 2026-12-02T17:00",
  "a1 2026-12-02T08:00 2026-12-02T17:00",
]);

/** A day at a hospital whose machine has such a clock, beat by beat: what became of every nudge, and what was sent. */
async function lived(jumps: readonly Jump[]) {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store(program.id);
  for (const { id } of program.people) {
    await store.changeStanding(id, { consent: "given" }, `consent ${id}`, START);
    await store.rememberIdentity(
      id,
      { platform: "memory", account: id, address: id as string as Address },
      START,
    );
  }
  await agreed(store, program.people, START);
  const state = { steady: 0, wrong: 0 };
  const wall = (): Instant => later(START, state.steady + state.wrong);
  const cloud = memoryCloud();
  const clock: GuardedClock = guardedClock({
    database: { now: async () => wall() },
    host: { now: wall, sleep: async () => {} },
    notes: db.notes,
    log: SILENT,
    steady: () => state.steady,
  });
  const running = runProgram({
    program,
    store,
    clock,
    messengers: [memoryMessenger({ now: () => clock.now(), cloud })],
    owner: "test",
    log: SILENT,
    meters: NO_METERS,
    findRosterUpdate: givenRoster(roster),
    wake() {},
  });
  const scheduler = createScheduler({
    hostedPrograms: [
      { program: program.id, log: SILENT, beat: () => running.beat(), edit: () => running.edit() },
    ],
    log: SILENT,
    meters: NO_METERS,
    align: () => clock.align(),
    isHeld: () => clock.held() !== undefined,
  });
  for (let minute = 0; minute * MINUTE < LENGTH; minute += 1) {
    state.steady = minute * MINUTE;
    const jump = jumps.find(({ from, minutes }) => from <= minute && minute < from + minutes);
    state.wrong = jump?.by ?? 0;
    await scheduler.beat();
  }
  const nudges = (
    await Promise.all(PEOPLE.map((id) => store.nudgesOf(id as never, instant(0), later(START, 60 * DAY))))
  ).flat();
  const known = nudges.map(({ person, kind, subject, state: now }) => `${person} ${kind} ${subject} ${now}`);
  const sent = PEOPLE.map((id) => sentTo({ cloud }, id));
  return { ledger: known.toSorted(), sent };
}

/** Jumps that do not last, with the true time between them. */
const jumps = fc
  .array(
    fc.record({
      pause: fc.integer({ min: 2, max: 240 }),
      minutes: fc.integer({ min: 1, max: HOLD / MINUTE - 1 }),
      by: fc.oneof(
        fc.integer({ min: 2 * MINUTE, max: 10 * DAY }),
        fc.integer({ min: -10 * DAY, max: -2 * MINUTE }),
      ),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((all) => {
    let from = 0;
    return all.map(({ pause, minutes, by }): Jump => {
      const jump = { from: from + pause, minutes, by };
      from = jump.from + minutes;
      return jump;
    });
  });

it("a clock that is wrong for less than the hold, however often, leaves every nudge as an honest one does", async () => {
  const honest = await lived([]);

  expect(honest.sent.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2);
  await fc.assert(
    fc.asyncProperty(jumps, async (wrong) => {
      expect(await lived(wrong)).toEqual(honest);
    }),
    RUNS,
  );
});

it("three days ahead for twelve seconds expire nothing, and what is due meanwhile goes out late", async () => {
  const honest = await lived([]);

  expect(await lived([{ from: 110, minutes: 1, by: 3 * DAY }])).toEqual(honest);
});
