import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { DAY, dayNumber, mondayOf, weekOf } from "#src/domain/time.ts";
import { programFigures, publishedWeeks } from "#src/flows/digests/program-figures.ts";
import { en } from "#src/words/en.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { takePart } from "#test/support/tongues.ts";
import type { Store } from "#src/ports/store.ts";

const PEOPLE = ["r1", "a1", "r2", "a2", "r3", "a3", "r4", "a4", "r5", "a5", "c1"];
const SHIFTS = ["2026-12-01T08", "2026-12-01T14", "2026-12-02T08", "2026-12-02T14", "2026-12-03T08"];
const dutiesOf = (shifts: readonly string[]): readonly string[] =>
  shifts.flatMap((start, i) => {
    const end = `${start.slice(0, -2)}${String(Number(start.slice(-2)) + 4).padStart(2, "0")}:00`;
    return [`r${i + 1} ${start}:00 ${end}`, `a${i + 1} ${start}:00 ${end}`];
  });
const duties = dutiesOf(SHIFTS);
const STRATEGY = [
  "Resident leads, attending steps in when needed",
  "Before orders or procedures",
  "After the case",
];

/** Five pairs have answered on a shift each; it is the Tuesday after. */
async function answered(
  shifts: readonly string[] = SHIFTS,
  planned: readonly string[] = STRATEGY,
  settling: readonly number[] = [],
  store?: Store,
): Promise<Flow> {
  const roster = rosterOf(dutiesOf(shifts));
  const program = programOf({ people: PEOPLE });
  const attune = await flow({ program, roster, ...(store === undefined ? {} : { store }) });
  for (const [i, start] of shifts.entries()) {
    await attune.until(`${start}:05`);
    const [resident, attending] = [attune.phone(`r${i + 1}`), attune.phone(`a${i + 1}`)];
    await resident.agrees();
    for (const label of ["Procedures and ultrasound", "Skip", ...STRATEGY]) await resident.taps(label);
    await attending.agrees();
    for (const label of planned) await attending.taps(label);
    if (settling.includes(i)) await attending.taps(en.settle.apart);
  }
  await attune.until("2026-12-08T09:05");
  return attune;
}

/** All five residents and so many of their attendings have looked back on the week; it is over in which their answers could change. */
async function checkedIn(
  attendings: number,
  twisted: Readonly<Record<string, 1 | 5>> = {},
  { day, asked, over }: typeof ON_MONDAY | typeof ON_FRIDAY = ON_MONDAY,
): Promise<Flow> {
  const program = programOf({ people: PEOPLE, policy: { checkIn: { day, hour: 9 } } });
  const attune = await flow({ program, roster: rosterOf(duties) });
  await takePart(attune, en, PEOPLE);
  await attune.until(asked);
  const trust = { r1: 5, r2: 4, r3: 3, r4: 2, r5: 4, a1: 5, a2: 5, a3: 4, ...twisted } as const;
  for (const [id, answer] of Object.entries(trust))
    if (id.startsWith("r") || Number(id.slice(1)) <= attendings)
      await taps(attune, id, [en.agreement[5], en.agreement[5], en.agreement[answer], en.buttons.skip]);
  await attune.until(over);
  return attune;
}

const ON_MONDAY = { day: 1, asked: "2026-12-07T09:05", over: "2026-12-15T09:05" } as const;
/** What is answered then can change until the week after. */
const ON_FRIDAY = { day: 5, asked: "2026-12-11T09:05", over: "2026-12-22T09:05" } as const;

const ALL_FIVE = { hits: 5, of: 5, people: { residents: 5, attendings: 5, atLeast: false } };

const figures = ({ running, clock }: Flow) =>
  programFigures(running.context(), weekOf(running.zone.dayOf(clock.now())));

it.each<[string, (attune: Flow) => Promise<unknown>]>([
  ["one of the people stops", (attune) => attune.phone("a1").says("stop")],
  ["one of the people pauses", (attune) => attune.phone("r2").says("pause until 2026-12-20")],
  [
    "one of the people turns out to have been on leave",
    (attune) =>
      attune.publishes(
        rosterOf(duties, undefined, [
          { person: personId("r3"), start: local("2026-12-01T00:00"), end: local("2026-12-12T00:00") },
        ]),
      ),
  ],
  [
    "one of the people has everything of theirs erased",
    async (attune) => {
      await attune.phone("a1").says("erase me");
      await attune.phone("a1").taps(en.commands.eraseYes);
    },
  ],
  [
    "one of the people is no longer in people.csv",
    (attune) =>
      attune.reopens(
        programOf({ people: PEOPLE.filter((id) => id !== "r1") }),
        rosterOf(duties.filter((text) => !text.startsWith("r1"))),
      ),
  ],
])("what is published does not move by a single person's part when %s", async (_, happens) => {
  await using attune = await answered();
  const before = await figures(attune);

  await happens(attune);
  await attune.beat();

  const now = await figures(attune);
  await attune.until("2026-12-21T09:05");

  expect(before.both).toEqual({ figure: ALL_FIVE });
  expect(now).toEqual(before);
  expect(await figures(attune)).toEqual(before);
});

it("a shift is counted once the week is over in which the last ask about it closes", async () => {
  // On the Sunday: its looks back are open until the Monday.
  await using attune = await answered([
    "2026-12-06T00",
    "2026-12-06T05",
    "2026-12-06T10",
    "2026-12-06T15",
    "2026-12-06T19",
  ]);
  const soon = await figures(attune);

  await attune.until("2026-12-14T09:00");

  expect(soon.both).toEqual({ wanted: { residents: 5, attendings: 3 } });
  expect((await figures(attune)).both).toEqual({ figure: ALL_FIVE });
});

it("a total that was shown keeps nothing of who stands behind it", async () => {
  await using attune = await answered();

  const kept = await attune.store.note("program-figures");

  for (const id of PEOPLE) expect(kept).not.toContain(id);
  expect(JSON.parse(kept!)).toMatchObject({ tallies: { shifts: { parts: [{ of: 5, hits: { both: 5 } }] } } });
});

// domain: Below the thresholds nothing is shown
it("tells how many residents and attendings are still wanted, and never that one more is", async () => {
  await using attune = await answered(SHIFTS.slice(0, 3));
  const before = await figures(attune);

  await attune.phone("r2").says("erase me");
  await attune.phone("r2").taps(en.commands.eraseYes);
  await attune.until("2026-12-15T09:05");

  expect(before.both).toEqual({ wanted: { residents: 2, attendings: 0 } });
  expect(before.closed).toEqual({ wanted: { residents: 5, attendings: 3 } });
  expect(await figures(attune)).toEqual(before);
});

// domain: The part since the start tells both answered
it("what was settled of the gaps of two steps is told once enough people had one, and nothing of it before", async () => {
  const planned = ["Attending leads, resident watches", ...STRATEGY.slice(1)];
  await using few = await answered(SHIFTS.slice(0, 4), planned, [0, 1, 2, 3]);
  await using enough = await answered(SHIFTS, planned, [0, 2, 4]);
  const read = async (attune: Flow) => {
    await attune.phone("c1").agrees();
    await attune.phone("c1").says("home");
    return attune.phone("c1").reads();
  };

  expect((await figures(few)).settled).toBeUndefined();
  expect(await read(few)).not.toContain(en.coordinator.settled);
  expect((await figures(enough)).settled).toEqual({ ...ALL_FIVE, hits: 3 });
  expect(await read(enough)).toContain(`${en.coordinator.settled}: 60%`);
});

/** So many weeks before the one that these shifts are in. */
const weeksBefore = (weeks: number) => weekOf(dayNumber("2026-11-30")) - weeks;
/** A month of figures as version 0.1 kept them: each by itself. */
const EARLIER = {
  week: weeksBefore(0),
  parts: {
    both: [
      { through: weeksBefore(3), hits: 8, of: 8 },
      { through: weeksBefore(1), hits: 10, of: 10 },
    ],
    closed: [{ through: weeksBefore(2), hits: 3, of: 6 }],
    help: [{ through: weeksBefore(3), hits: 0, of: 6 }],
    call: [{ through: weeksBefore(3), hits: 0, of: 6 }],
  },
  wanted: { both: [], closed: [], help: [{ week: weeksBefore(4), residents: 2, attendings: 0 }] },
};

// domain: Program aggregates are published in parts that never change
it("what a version before 0.2 has published stands, after each of its weeks, and what comes is added to it", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const store = db.store("test");
  await store.setNote("figures", JSON.stringify(EARLIER));
  const stood = async (weeks: number) => {
    const { both, closed, partly, gaps } = await programFigures(
      { store, program: programOf() },
      weeksBefore(weeks),
    );
    return [both, closed, partly, gaps.get("help")];
  };
  const after = async () => Promise.all([4, 3, 2, 1].map(stood));
  const before = await after();

  await using attune = await answered(SHIFTS, STRATEGY, [], store);

  const none = { wanted: { residents: 5, attendings: 3 } };
  const help = { figure: { hits: 0, of: 6 } };
  expect(before).toEqual([
    [none, none, none, { wanted: { residents: 2, attendings: 0 } }],
    [{ figure: { hits: 8, of: 8 } }, none, none, help],
    [{ figure: { hits: 8, of: 8 } }, { figure: { hits: 3, of: 6 } }, none, help],
    [{ figure: { hits: 18, of: 18 } }, { figure: { hits: 3, of: 6 } }, none, help],
  ]);
  expect(await after()).toEqual(before);
  expect((await figures(attune)).both).toMatchObject({ figure: { hits: 23, of: 23 } });
  expect((await figures(attune)).gaps.get("help")).toMatchObject({ figure: { hits: 0, of: 11 } });
});

// domain: Trust answers never reach the partner; they count
it("trust counts in one figure, once five residents and three attendings have answered, and 4 or 5 is easy", async () => {
  await using few = await checkedIn(2);
  await using enough = await checkedIn(3);
  await using late = await checkedIn(3, {}, ON_FRIDAY);

  expect((await figures(few)).easy).toEqual({ wanted: { residents: 0, attendings: 1 } });
  for (const one of [enough, late])
    expect((await figures(one)).easy).toEqual({
      figure: { hits: 6, of: 8, people: { residents: 5, attendings: 3, atLeast: false } },
    });
});

// domain: self: only the person who answered
it("what one of them has answered about trust changes that one figure, and nothing else that anybody else reads", async () => {
  await using attune = await checkedIn(3);
  await using asEasy = await checkedIn(3, { r2: 5 });
  await using hard = await checkedIn(3, { r2: 1 });
  const read = async (of: Flow) => {
    await of.phone("c1").says("home");
    const others = PEOPLE.filter((id) => id !== "r2");
    return others.map((id) => of.phone(id).chat().join("\n"));
  };

  const texts = await read(attune);

  expect(texts.join()).toContain(en.coordinator.share(75));
  expect(await read(asEasy)).toEqual(texts);
  const told = (all: readonly string[]) =>
    all.map((text) =>
      text.replaceAll(new RegExp(`${en.coordinator.share(75)}|${en.coordinator.share(63)}`, "g"), ""),
    );
  expect(told(await read(hard))).toEqual(told(texts));
});

it("is counted week by week, and reads none of the weeks of which all is published", async () => {
  await using db = openSqlite({ file: ":memory:", keys: passingKey() });
  const kept = db.store("test");
  const since = weeksBefore(0);
  const tallies = Object.fromEntries(
    ["shifts", "exchanges", "differences", "goals", "check-ins"].map((one) => [one, { parts: [], since }]),
  );
  await kept.setNote("program-figures", JSON.stringify({ tallies }));
  const read: { from: number; to: number }[] = [];
  const store: Store = {
    ...kept,
    repliesDuring(from, to) {
      read.push({ from, to });
      return kept.repliesDuring(from, to);
    },
  };

  await using attune = await answered(SHIFTS, STRATEGY, [], store);

  await attune.until("2026-12-21T09:00");

  expect((await figures(attune)).both).toEqual({ wanted: { residents: 5, attendings: 3 } });
  expect(read.length).toBeGreaterThan(0);
  for (const { from, to } of read) {
    expect(to).toBeGreaterThan(attune.running.zone.at(mondayOf(since + 1), 0));
    expect(to - from).toBeLessThanOrEqual(10 * DAY);
  }
});

it("the weeks after which figures have moved are told oldest first, each once, up to the week that is asked for", () => {
  const endingWith = (...weeks: readonly number[]) => ({
    parts: weeks.map((week) => ({ through: week, hits: {}, of: 2 })),
  });
  const tallies = { shifts: endingWith(2, 9, 11), goals: endingWith(3, 9, 10) };

  const weeks = publishedWeeks({ tallies }, ["shifts", "goals", "check-ins"], 10);

  expect(weeks).toEqual([2, 3, 9, 10]);
});
