import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outlookOf } from "#src/domain/outlook.ts";
import { personId } from "#src/domain/person.ts";
import { isQuiet } from "#src/domain/quiet.ts";
import type { Wishes } from "#src/domain/wishes.ts";
import { zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { line } from "#test/support/plans.ts";
import { rosterOf } from "#test/support/programs.ts";
import { STUDY, studied } from "#test/support/studied.ts";

const zone = zoneOf("Asia/Tokyo");
const END = "2027-01-24T15:00:00Z";

function planned(
  duties: readonly string[],
  { agreed = ["r1", "a1", "c1"], stopped = [] as readonly string[], research = {} } = {},
) {
  const wishes = new Map<never, Wishes>(
    agreed.map((id) => [personId(id) as never, { out: stopped.includes(id), agreed: true as const }]),
  );
  const program = studied({ people: ["r1", "a1", "c1"] }, research);
  const outlook = outlookOf({ program, zone, roster: rosterOf(duties), wishes });
  return { outlook, nudges: planNudges(outlook).filter(({ kind }) => kind === "research") };
}

const R1 = "r1 2026-12-03T08:00 2026-12-03T17:00";
const A1 = "a1 2026-12-03T08:00 2026-12-03T17:00";

describe("the question about a study", () => {
  it("is due at nine on the day before the first shift, of those who have agreed and work shifts", () => {
    const { nudges } = planned([R1, A1], { agreed: ["r1", "c1"] });

    expect(nudges.map(line)).toEqual([`research r1 2026-12-02T00:00:00Z – ${END}`]);
    expect(nudges[0]?.subject).toBe(STUDY.version);
  });

  it("waits for the study's first day, and does not come for shifts outside of it", () => {
    expect(planned([R1], { research: { from: "2026-12-03" } }).nudges.map(line)).toEqual([
      `research r1 2026-12-03T08:00:00Z – ${END}`,
    ]);
    expect(planned([R1], { research: { from: "2026-12-20" } }).nudges).toEqual([]);
  });

  it.each([
    ["2026-12-02T23:59 2026-12-03T08:00", 0],
    ["2026-12-03T00:00 2026-12-03T08:00", 1],
    ["2026-12-03T23:59 2026-12-04T08:00", 1],
    ["2026-12-04T00:00 2026-12-04T08:00", 0],
  ])("is for shifts that begin on a day of the study: %s", (span, asked) => {
    const day = { from: "2026-12-03", to: "2026-12-03" };

    expect(planned([`r1 ${span}`], { research: day }).nudges).toHaveLength(asked);
  });

  it("is not planned of those who have not agreed, or have stopped", () => {
    expect(planned([R1], { agreed: [] }).nudges).toEqual([]);
    expect(planned([R1], { stopped: ["r1"] }).nudges).toEqual([]);
  });

  // domain: Whether answers may be used for a study is asked once
  it("is always due between nine and eight in the evening, never on duty nor in the rest after a night", () => {
    const start = fc.integer({ min: 0, max: 23 });
    const duties = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 12 }), start, fc.integer({ min: 4, max: 14 })),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    const two = (number: number): string => String(number).padStart(2, "0");
    fc.assert(
      fc.property(duties, (shifts) => {
        const lines = shifts.map(([day, hour, length]) => {
          const end = new Date(Date.UTC(2026, 11, day, hour + length)).toISOString().slice(0, 16);
          return `r1 2026-12-${two(day)}T${two(hour)}:00 ${end}`;
        });
        const { outlook, nudges } = planned(lines);

        for (const { dueAt, person } of nudges) {
          expect(zone.hourOf(dueAt)).toBeGreaterThanOrEqual(9);
          expect(zone.hourOf(dueAt)).toBeLessThan(20);
          expect(isQuiet(outlook.daysOf(person), dueAt, zone, outlook.input.program.policy)).toBe(false);
        }
      }),
    );
  });
});
