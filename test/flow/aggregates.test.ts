import { expect, it } from "vitest";
import { weekOf } from "#src/domain/zone.ts";
import { programFigures } from "#src/flows/digests/program-figures.ts";
import { en } from "#src/words/en.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

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
): Promise<Flow> {
  const roster = rosterOf(dutiesOf(shifts));
  const attune = await flow({ program: programOf({ people: PEOPLE }), roster });
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

  expect(before.both).toEqual({ figure: { hits: 5, of: 5 } });
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
  expect((await figures(attune)).both).toEqual({ figure: { hits: 5, of: 5 } });
});

it("a total that was shown keeps nothing of who stands behind it", async () => {
  await using attune = await answered();

  const kept = await attune.store.note("figures");

  for (const id of PEOPLE) expect(kept).not.toContain(id);
  expect(JSON.parse(kept!)).toMatchObject({ parts: { both: [{ hits: 5, of: 5 }] } });
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

// domain: The coordinator's digest tells the program's figures
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
  expect((await figures(enough)).settled).toEqual({ hits: 3, of: 5 });
  expect(await read(enough)).toContain(`${en.coordinator.settled}: 60%`);
});

it("what was published under an earlier rule stands", async () => {
  await using attune = await answered(SHIFTS.slice(0, 1));
  const part = { through: weekOf(attune.running.zone.dayOf(local("2026-11-23T00:00"))), hits: 2, of: 3 };
  await attune.store.setNote("figures", JSON.stringify({ parts: { both: [part] } }));

  await attune.until("2026-12-15T09:05");

  expect((await figures(attune)).both).toEqual({ figure: { hits: 2, of: 3 } });
});
