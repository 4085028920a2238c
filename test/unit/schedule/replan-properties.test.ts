import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import type { Assignment, Roster } from "#src/domain/roster.ts";
import { DAY, instant, later, type Instant } from "#src/domain/time.ts";
import type { RosterChange, Store } from "#src/ports/store.ts";
import { line, planOf } from "#test/support/plans.ts";
import { assignmentFrom, named, randomProgram, type RandomProgram } from "#test/support/random-rosters.ts";

const db = openSqlite({ file: ":memory:", keys: passingKey() });
afterAll(() => db.close());

let programs = 0;
/** A store of its own, for a program that nobody else has. */
const fresh = (): Store => db.store(`program ${++programs}`);
const BEFORE = instant(0);
const FOREVER = instant(Date.UTC(2100, 0));
const plan = ({ program, wishes }: RandomProgram, roster: Roster) => planOf(program, roster, wishes);
const unsent = async (store: Store, now: Instant) =>
  (await store.nudgesDuring(instant(0), FOREVER))
    .filter((one) => one.state === "planned" && one.expiresAt > now)
    .map((one) => `${one.subject} ${line(one)}`)
    .toSorted();

describe("planning again", () => {
  it("changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(randomProgram, async (random) => {
        const store = fresh();
        const wanted = plan(random, random.roster);

        const first = await store.plan(wanted, BEFORE);
        const second = await store.plan(wanted, BEFORE);

        expect(first).toEqual({ inserted: wanted.length, moved: 0, withdrawn: 0 });
        expect(second).toEqual({ inserted: 0, moved: 0, withdrawn: 0 });
      }),
      { numRuns: campaignSize({ quick: 15, usual: 60, long: 200 }) },
    );
  });

  it("after any changes of the roster, one by one, gives what planning from scratch gives", async () => {
    const changed = randomProgram.chain((random) =>
      fc.record({ random: fc.constant(random), steps: fc.array(stepOf(random), { maxLength: 5 }) }),
    );
    await fc.assert(
      fc.asyncProperty(changed, async ({ random, steps }) => {
        const store = fresh();
        await store.changeRoster(
          { added: random.roster.assignments, moved: [], removed: [], absences: random.roster.absences },
          BEFORE,
        );
        await store.plan(plan(random, await store.roster()), BEFORE);
        for (const [i, step] of steps.entries()) {
          await store.changeRoster(changeOf(await store.roster(), step, 100 * (i + 1)), BEFORE);
          await store.plan(plan(random, await store.roster()), BEFORE);
        }

        const scratch = fresh();
        await scratch.plan(plan(random, await store.roster()), BEFORE);
        expect(await unsent(store, BEFORE)).toEqual(await unsent(scratch, BEFORE));
      }),
      { numRuns: campaignSize({ quick: 15, usual: 60, long: 200 }) },
    );
  });

  it("in the middle of it all leaves what is over, and inserts nothing that has expired", async () => {
    const days = fc.integer({ min: 0, max: 30 });
    await fc.assert(
      fc.asyncProperty(randomProgram, days, async (random, passed) => {
        const store = fresh();
        const first = Math.min(...random.roster.assignments.map((one) => one.start), FOREVER - 40 * DAY);
        const now = later(instant(first), passed * DAY);

        await store.plan(plan(random, random.roster), now);

        const there = await store.nudgesDuring(instant(0), FOREVER);
        expect(there.every((one) => one.expiresAt > now)).toBe(true);
        expect(await store.plan(plan(random, random.roster), now)).toEqual({
          inserted: 0,
          moved: 0,
          withdrawn: 0,
        });
      }),
      { numRuns: campaignSize({ quick: 15, usual: 60, long: 200 }) },
    );
  });
});

/** One import: some shifts are gone, some moved, some new; and the leave may be another. */
interface Step {
  readonly removed: readonly number[];
  readonly moved: readonly { readonly index: number; readonly by: number }[];
  readonly added: readonly Omit<Assignment, "id">[];
  readonly keepsLeave: boolean;
}

const stepOf = ({ roster }: RandomProgram): fc.Arbitrary<Step> => {
  const base = instant(Math.min(...roster.assignments.map((one) => one.start), Date.UTC(2026, 2)));
  return fc.record({
    removed: fc.array(fc.nat({ max: 60 }), { maxLength: 4 }),
    moved: fc.array(
      fc.record({
        index: fc.nat({ max: 60 }),
        by: fc.integer({ min: -200, max: 200 }).map((n) => n * 15 * 60_000),
      }),
      { maxLength: 4 },
    ),
    added: fc.array(assignmentFrom(base), { maxLength: 4 }),
    keepsLeave: fc.boolean(),
  });
};

function changeOf({ assignments, absences }: Roster, step: Step, firstId: number): RosterChange {
  const gone = new Set(step.removed);
  const moves = new Map(
    step.moved.filter(({ index }) => !gone.has(index)).map(({ index, by }) => [index, by]),
  );
  return {
    added: named(step.added, firstId),
    removed: assignments.filter((_, i) => gone.has(i)),
    moved: assignments.flatMap((from, i) => {
      const by = moves.get(i);
      return by === undefined
        ? []
        : [{ from, to: { ...from, start: later(from.start, by), end: later(from.end, by) } }];
    }),
    absences: step.keepsLeave ? absences : [],
  };
}
