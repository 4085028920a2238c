import { wishesOf } from "#src/domain/wishes.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { changesNothing, rosterChange, updateOf } from "#src/roster/change/merge.ts";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Absence, Assignment } from "#src/domain/roster.ts";
import { DAY, HOUR, MINUTE, instant, later, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import type { RosterEntry } from "#src/roster/text/reader.ts";
import { windowsOf } from "#src/roster/change/coverage.ts";
import { createPlanning } from "#src/schedule/planning.ts";
import { SILENT } from "#test/support/attune.ts";
import { line, outlookOn } from "#test/support/plans.ts";
import { randomProgram, type RandomProgram } from "#test/support/random-rosters.ts";
import { roleBy } from "#test/support/programs.ts";

const db = openSqlite({ file: ":memory:", keys: passingKey() });
afterAll(() => db.close());
let programs = 0;
const fresh = (): Store => db.store(`program ${++programs}`);
const FOREVER = instant(Date.UTC(2100, 0));

/** What a hospital does to its roster, and people to their own part in it, some hours after the last time. */
const step = fc.record({
  hours: fc.integer({ min: 0, max: 60 }),
  what: fc.constantFrom(
    "swap",
    "move",
    "sick call",
    "leave",
    "back from leave",
    "leaves the rotation",
    "window moves on",
    "pause",
    "stop",
    "resume",
  ),
  one: fc.nat({ max: 60 }),
  other: fc.nat({ max: 60 }),
  quarters: fc.integer({ min: -200, max: 200 }),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

type Duty = Pick<Assignment, "person" | "start" | "end">;

/** The roster as the hospital has it; a feed shows of it what has not ended before `from`. */
class Hospital {
  duties: readonly Duty[];
  absences: readonly Absence[];
  from: Instant = instant(0);

  constructor({ roster }: RandomProgram) {
    this.duties = roster.assignments.map(({ person, start, end }) => ({ person, start, end }));
    this.absences = roster.absences;
  }

  does({ what, one, other, quarters }: Step, now: Instant): void {
    const coming = this.duties.filter((duty) => duty.start > now).toSorted((a, b) => a.start - b.start);
    const [first, second] = [coming[one % coming.length], coming[other % coming.length]];
    const person = PEOPLE[one % PEOPLE.length]!;
    const change = (from: Duty | undefined, to: readonly Duty[]) => {
      this.duties = this.duties.flatMap((duty) => (duty === from ? to : [duty]));
    };
    if (what === "swap" && first && second && first !== second) {
      change(first, [{ ...first, person: second.person }]);
      change(second, [{ ...second, person: first.person }]);
    }
    const by = quarters * 15 * MINUTE;
    if (what === "move" && first)
      change(first, [{ ...first, start: later(first.start, by), end: later(first.end, by) }]);
    if (what === "sick call") change(coming[0], []);
    if (what === "leave") {
      const start = later(now, one * HOUR);
      this.absences = [...this.absences, { person, start, end: later(start, (1 + (other % 5)) * DAY) }];
    }
    if (what === "back from leave")
      this.absences = this.absences.filter((_, index) => index !== one % this.absences.length);
    if (what === "leaves the rotation")
      this.duties = this.duties.filter((duty) => duty.person !== person || duty.start <= now);
    if (what === "window moves on") this.from = later(now, -(one % 3) * DAY);
  }

  published(): readonly RosterEntry[] {
    const shown = (one: Duty): RosterEntry => ({ kind: "duty", label: "", role: roleBy(one.person), ...one });
    const away = (one: Duty): RosterEntry => ({ kind: "absence", label: "", ...one });
    return [...this.duties.map(shown), ...this.absences.map(away)].filter((entry) => entry.end > this.from);
  }
}

const PEOPLE = ["r1", "r2", "r3", "r4", "a1", "a2", "a3"].map(personId);

const keyed = (one: Duty): readonly [string, Duty] => [keyOf(one), one];
const keyOf = ({ person, start, end }: Duty): string => `${person} ${start} ${end}`;

async function says(store: Store, who: PersonId, { what, hours }: Step, now: Instant, event: string) {
  const pausedUntil = later(now, (hours + 1) * 6 * HOUR);
  if (what === "pause") await store.changeStanding(who, { pausedUntil }, event, now);
  if (what === "stop") await store.changeStanding(who, { stopped: true }, event, now);
  if (what === "resume") await store.changeStanding(who, { stopped: false, pausedUntil: null }, event, now);
}

/** Lives through the steps, reading and planning after each; with what must be on the roster by our own count. */
async function lived(random: RandomProgram, steps: readonly Step[]) {
  const { program } = random;
  const store = fresh();
  const hospital = new Hospital(random);
  const people = program.people.map((person) => person.id);
  const planning = createPlanning({
    program,
    zone: zoneOf(program.timeZone),
    store,
    log: SILENT,
    clock: { now: () => instant(0) },
    owner: "test",
    findRosterUpdate: async (before, at) => {
      const stored = before.input.roster;
      const reading = { entries: hospital.published(), notUnderstood: [] };
      const windows = windowsOf(people, [{ reading, person: undefined }]);
      const change = rosterChange(stored, reading.entries, windows, at);
      return changesNothing(change, stored) ? undefined : updateOf(before, change);
    },
  });
  let now = later(instant(Math.min(FOREVER, ...hospital.duties.map((duty) => duty.start))), -DAY);
  let expected = new Map<string, Duty>();
  let away = new Map<string, Absence>();
  const read = async () => {
    const published = hospital.published();
    const duties = published.filter((entry) => entry.kind === "duty");
    const start = Math.min(...duties.map((one) => one.start));
    const end = Math.max(...duties.map((one) => one.end));
    // What lies outside of what is shown has only left the window.
    const unseen = [...expected].filter(([, one]) => one.end <= start || one.start >= end);
    expected = new Map([...unseen, ...duties.map(keyed)]);
    const unsaid = [...away].filter(([, one]) => one.end <= now || one.start < start || one.end > end);
    away = new Map([...unsaid, ...published.filter((entry) => entry.kind === "absence").map(keyed)]);
    await planning.prepare(now);
  };
  await read();
  for (const [index, one] of steps.entries()) {
    now = later(now, one.hours * HOUR);
    hospital.does(one, now);
    await says(store, PEOPLE[one.one % PEOPLE.length]!, one, now, `e${index}`);
    planning.replan();
    await read();
  }
  return { store, now, expected: [...expected.values()], away: [...away.keys()] };
}

const unsent = async (store: Store, now: Instant) =>
  (await store.nudgesDuring(instant(0), FOREVER)).filter(
    (one) => one.state === "planned" && one.expiresAt > now,
  );

it("after swaps, moves, sick calls, leave, people who leave or fall silent, and windows that move on, the plan is the roster's", async () => {
  await fc.assert(
    fc.asyncProperty(randomProgram, fc.array(step, { maxLength: 7 }), async (random, steps) => {
      const { store, now, expected, away } = await lived({ ...random, wishes: new Map() }, steps);

      const roster = await store.roster();
      const coming = (all: readonly Duty[]) => [...new Set(all.filter((one) => one.start > now).map(keyOf))];
      expect(coming(roster.assignments).toSorted()).toEqual(coming(expected).toSorted());

      expect(roster.absences.map(keyOf).toSorted()).toEqual(away.toSorted());

      const wishes = wishesOf(await store.standings());
      const scratch = fresh();
      const { program } = random;
      await scratch.plan(planNudges(outlookOn(program, roster, wishes)), now);
      const told = async (one: Store) =>
        (await unsent(one, now)).map((nudge) => `${nudge.subject} ${line(nudge)}`).toSorted();
      expect(await told(store)).toEqual(await told(scratch));

      for (const nudge of await unsent(store, now)) {
        const shift = roster.assignments.find((one) => one.id === nudge.subject);
        expect(nudge.kind.startsWith("shift-") ? shift?.person : nudge.person).toBe(nudge.person);
        expect(wishes.get(nudge.person)?.out ?? false).toBe(false);
        const isOnLeave = roster.absences.some(
          (away) => away.person === nudge.person && away.start <= nudge.dueAt && nudge.dueAt < away.end,
        );
        expect(isOnLeave).toBe(false);
      }
    }),
    { numRuns: campaignSize({ quick: 10, usual: 60, long: 200 }) },
  );
});
