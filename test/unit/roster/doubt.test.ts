import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Assignment, Roster, AssignmentId } from "#src/domain/roster.ts";
import { DAY, HOUR, instant, later, utc, zoneOf, type Instant } from "#src/domain/time.ts";
import { ROSTER_READERS } from "#src/roster/formats/formats.ts";
import { doubtOf, followed, missingFrom } from "#src/roster/change/doubt.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { windowsOf } from "#src/roster/change/coverage.ts";
import { roleBy, someone } from "#test/support/programs.ts";

const NOW = instant(Date.UTC(2026, 11, 1));
const PEOPLE = ["r1", "r2", "r3", "a1", "a2"].map((id) => someone(id));
const CONTEXT = {
  people: PEOPLE,
  zone: zoneOf("UTC"),
  horizon: { from: later(NOW, -60 * DAY), to: later(NOW, 120 * DAY) },
};

/** A line of a roster: whoever is named, on day so many. */
interface Line {
  readonly who: string;
  readonly day: number;
}

const spanOf = (day: number): { start: Instant; end: Instant } => {
  const start = later(NOW, day * DAY + 8 * HOUR);
  return { start, end: later(start, 9 * HOUR) };
};
const textOf = (lines: readonly Line[]): string =>
  [
    "person,start,end",
    ...lines.map(({ who, day }) => `${who},${utc(spanOf(day).start)},${utc(spanOf(day).end)}`),
  ].join("\n");
const storedOf = (lines: readonly Line[]): Roster => ({
  assignments: lines.map(({ who, day }): Assignment => {
    const person = personId(who);
    return { id: `${who}@${day}` as AssignmentId, person, ...spanOf(day), label: "", role: roleBy(who) };
  }),
  absences: [],
});

/** What becomes of what is stored when these lines, of these files, are read. */
function read(stored: Roster, ...files: readonly (readonly Line[])[]) {
  const readings = files.map((lines, i) =>
    ROSTER_READERS.csv({ file: `${i}.csv`, text: textOf(lines), format: "csv" } as never, CONTEXT),
  );
  const windows = windowsOf(
    PEOPLE.map(({ id }) => id),
    readings.map((reading) => ({ reading, person: undefined })),
  );
  const all = rosterChange(
    stored,
    readings.flatMap(({ entries }) => entries),
    windows,
    NOW,
  );
  const doubt = doubtOf(
    stored,
    all,
    {
      entries: readings.flatMap(({ entries }) => entries),
      notUnderstood: readings.flatMap(({ notUnderstood }) => notUnderstood),
    },
    NOW,
  );
  return { all, doubt, change: followed(stored, all, doubt, NOW) };
}

const month = (who: string, ...days: readonly number[]): readonly Line[] => days.map((day) => ({ who, day }));
const FULL = [
  ...month("r1", 1, 3, 5, 7, 9),
  ...month("r2", 2, 4, 6, 8, 10),
  ...month("r3", 1, 4, 7, 10),
  ...month("a1", 1, 2, 3, 4, 5, 6),
  ...month("a2", 7, 8, 9, 10),
];
const renamed = (lines: readonly Line[], from: string, to: string): readonly Line[] =>
  lines.map((line) => (line.who === from ? { ...line, who: to } : line));
const without = (lines: readonly Line[], who: string, ...days: readonly number[]): readonly Line[] =>
  lines.filter((line) => line.who !== who || (days.length > 0 && !days.includes(line.day)));

describe("a reading that takes shifts away", () => {
  it("is in doubt for somebody whose lines name nobody: theirs stay, all else is followed", () => {
    const { doubt, change } = read(storedOf(FULL), without(renamed(FULL, "r1", "r1x"), "r3", 10));

    expect(doubt).toEqual({ why: "names", people: ["r1"], shifts: 5, coming: 24 });
    expect(change.removed.map(({ person }) => person)).toEqual(["r3"]);
  });

  it("is in doubt for somebody who loses several of their shifts to a name that nobody has", () => {
    const lines = FULL.map((one) => (one.who === "r2" && one.day > 4 ? { ...one, who: "R. Two" } : one));

    expect(read(storedOf(FULL), lines).doubt).toMatchObject({ why: "names", people: ["r2"], shifts: 3 });
  });

  it("is not followed in anything when a quarter of all shifts would go at once", () => {
    const { doubt, change } = read(storedOf(FULL), without(without(FULL, "r1", 3, 5, 7, 9), "r2", 4, 6, 8));

    expect(doubt).toMatchObject({ why: "many", people: ["r1", "r2"], shifts: 7 });
    expect(change).toEqual({ added: [], moved: [], removed: [], absences: [] });
  });

  it("takes nothing away where shifts are only worked in another role", () => {
    const before = storedOf(FULL);
    const recast = before.assignments.map((one): Assignment => ({ ...one, role: "attending" }));

    const { all, doubt } = read({ ...before, assignments: recast }, FULL);

    expect(all.removed).toHaveLength(14);
    expect(doubt).toBeUndefined();
  });

  it("is believed of one who leaves the rotation, of a sick call, of some cancelled shifts", () => {
    expect(read(storedOf(FULL), without(FULL, "r1")).doubt).toBeUndefined();
    expect(read(storedOf(FULL), without(FULL, "r1", 3, 5, 7, 9)).doubt).toBeUndefined();
    expect(read(storedOf(FULL), without(without(FULL, "r1", 1, 3, 5), "a1", 1, 2, 3)).doubt).toBeUndefined();
  });

  it("is believed of a sick call that a stranger stands in for, beside other strangers", () => {
    const lines = [...without(FULL, "r1", 9), ...month("Locum", 9, 11, 12)];

    expect(read(storedOf(FULL), lines).doubt).toBeUndefined();
  });

  it("is believed of swaps, of whoever takes everything over, and of next month's roster", () => {
    const stored = storedOf(FULL);

    expect(
      read(stored, renamed(renamed(renamed(FULL, "r1", "x"), "r2", "r1"), "x", "r2")).doubt,
    ).toBeUndefined();
    expect(read(stored, renamed(FULL, "r1", "r2")).doubt).toBeUndefined();
    expect(read(stored, [...FULL, ...month("r1", 40, 42)]).doubt).toBeUndefined();
    expect(
      read(
        stored,
        PEOPLE.flatMap(({ id }) => month(id, 40, 41, 42)),
      ).doubt,
    ).toBeUndefined();
  });

  it("is believed of one who is in another roster still", () => {
    expect(
      read(storedOf(FULL), renamed(without(FULL, "r1"), "nobody", "x"), month("r1", 1, 3, 5, 7, 9)).doubt,
    ).toBeUndefined();
  });

  it("takes nothing away without a word, whichever names are lost in it", () => {
    const lives = fc.record({
      lines: fc.uniqueArray(
        fc.record({
          who: fc.constantFrom(...PEOPLE.map(({ id }) => String(id))),
          day: fc.integer({ min: 1, max: 30 }),
        }),
        { minLength: 1, maxLength: 60, selector: ({ who, day }) => `${who} ${day}` },
      ),
      lost: fc.subarray(
        PEOPLE.map(({ id }) => String(id)),
        { minLength: 1 },
      ),
      as: fc.constantFrom("Dr. Nobody", "", "佐藤", "r9"),
    });
    fc.assert(
      fc.property(lives, ({ lines, lost, as }) => {
        const stored = storedOf(lines);
        const mutated = lines.map((line) =>
          lost.includes(line.who) ? { ...line, who: as === "" ? "?" : `${as} ${line.who}x` } : line,
        );

        const { change } = read(stored, mutated);

        expect(change.removed).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe("somebody with shifts to come who is in people.csv no more", () => {
  it("is named, until their shifts are past", () => {
    const here = PEOPLE.filter(({ id }) => id !== "r2");

    expect(missingFrom(here, storedOf(FULL), NOW)).toEqual({
      why: "people",
      people: ["r2"],
      shifts: 5,
      coming: 24,
    });
    expect(missingFrom(PEOPLE, storedOf(FULL), NOW)).toBeUndefined();
    expect(missingFrom(here, storedOf(FULL), later(NOW, 11 * DAY))).toBeUndefined();
  });
});
