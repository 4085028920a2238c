import { expect, it } from "vitest";
import { weekOf } from "#src/domain/zone.ts";
import { programFigures } from "#src/flows/program-figures.ts";
import { en } from "#src/words/en.ts";
import { personId } from "#src/domain/person.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const PEOPLE = ["r1", "a1", "r2", "a2", "r3", "a3", "c1"];
const SHIFTS = ["2026-12-01T08", "2026-12-01T14", "2026-12-02T08"];
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

/** Three pairs have answered on a shift each; it is the Tuesday after. */
async function answered(shifts: readonly string[] = SHIFTS): Promise<Flow> {
  const roster = rosterOf(dutiesOf(shifts));
  const attune = await flow({ program: programOf({ people: PEOPLE }), roster });
  for (const [i, start] of shifts.entries()) {
    await attune.until(`${start}:05`);
    const [resident, attending] = [attune.phone(`r${i + 1}`), attune.phone(`a${i + 1}`)];
    await resident.agrees();
    for (const label of ["Procedures and ultrasound", "Skip", ...STRATEGY]) await resident.taps(label);
    await attending.agrees();
    for (const label of STRATEGY) await attending.taps(label);
  }
  await attune.until("2026-12-08T09:05");
  return attune;
}

const figures = ({ store, running, clock }: Flow) =>
  programFigures(store, weekOf(running.zone.dayOf(clock.now())));

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

  expect(before.both).toEqual({ hits: 3, of: 3 });
  expect(now).toEqual(before);
  expect(await figures(attune)).toEqual(before);
});

it("a shift is counted once the week is over in which the last ask about it closes", async () => {
  // On the Sunday: its looks back are open until the Monday.
  await using attune = await answered(["2026-12-06T08", "2026-12-06T13", "2026-12-06T18"]);
  const soon = await figures(attune);

  await attune.until("2026-12-14T09:00");

  expect(soon.both).toBeUndefined();
  expect((await figures(attune)).both).toEqual({ hits: 3, of: 3 });
});

it("a total that was shown keeps nothing of who stands behind it", async () => {
  await using attune = await answered();

  const kept = await attune.store.note("figures");

  for (const id of PEOPLE) expect(kept).not.toContain(id);
  expect(JSON.parse(kept!)).toMatchObject({ parts: { both: [{ hits: 3, of: 3 }] } });
});
