import fc from "fast-check";
import { expect, it } from "vitest";
import { personId, type PersonId, type ShiftRole } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { HOUR, later, utc } from "#src/domain/time.ts";
import { local, programOf, someone } from "#test/support/programs.ts";
import { outlookOn, planOf } from "#test/support/plans.ts";
import { named } from "#test/support/random-rosters.ts";

const EVERYBODY = ["p1", "p2", "p3", "p4", "p5"].map(personId);
const [ONE, OTHER] = EVERYBODY as [PersonId, PersonId, ...PersonId[]];
const program = {
  ...programOf({ policy: { asksPerMonth: 60 } }),
  people: EVERYBODY.map((id) => someone(id, { roles: ["resident", "attending"] })),
};

type Shift = Omit<Assignment, "id">;

const span = fc
  .record({ day: fc.integer({ min: 0, max: 20 }), hour: fc.integer({ min: 0, max: 23 }) })
  .map(({ day, hour }) => {
    const start = later(local("2026-12-01T00:00"), (day * 24 + hour) * HOUR);
    return { start, end: later(start, 9 * HOUR), label: "" };
  });
const role = fc.constantFrom<ShiftRole>("resident", "attending");
const shift: fc.Arbitrary<Shift> = fc
  .tuple(span, fc.constantFrom(...EVERYBODY), role)
  .map(([when, person, role]) => ({ ...when, person, role }));

// domain: On a shift a person acts in one role
// domain: Nobody is paired with themselves
it("on each shift somebody is asked as what they are on it, and nobody is paired with themselves", () => {
  fc.assert(
    fc.property(fc.array(shift, { maxLength: 30 }), (shifts) => {
      const roster = { assignments: named(shifts), absences: [] };
      const roleOf = new Map<string, ShiftRole>(roster.assignments.map(({ id, role }) => [id, role]));

      const { overlaps } = outlookOn(program, roster);
      const plan = planOf(program, roster);

      for (const { resident, attending } of overlaps) {
        expect([resident.role, attending.role]).toEqual(["resident", "attending"]);
        expect(resident.person).not.toBe(attending.person);
      }
      const askedAs = (wanted: string) =>
        new Set(plan.filter(({ kind }) => kind === wanted).map(({ subject }) => roleOf.get(subject)));
      expect([...askedAs("shift-goal")].filter((one) => one !== "resident")).toEqual([]);
      expect([...askedAs("shift-plan")].filter((one) => one !== "attending")).toEqual([]);
    }),
  );
});

// domain: Pairs, asks, home and digests follow the role
it("swapping two people's roles swaps what they get", () => {
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1, maxLength: 8 }),
      fc.array(
        shift.filter(({ person }) => person !== ONE && person !== OTHER),
        { maxLength: 20 },
      ),
      (shared, others) => {
        /** Both work the same shifts, each in one role. */
        const planned = (resident: PersonId, attending: PersonId) => {
          const both = shared.flatMap((when): readonly Shift[] => [
            { ...when, person: resident, role: "resident" },
            { ...when, person: attending, role: "attending" },
          ]);
          return planOf(program, { assignments: named([...both, ...others]), absences: [] });
        };
        const swapped = (text: string) => text.replaceAll(/\bp[12]\b/gu, (id) => (id === ONE ? OTHER : ONE));
        const lines = (plan: ReturnType<typeof planned>, call: (text: string) => string) =>
          plan
            .map(({ kind, person, subject, dueAt, expiresAt }) =>
              [kind, call(person), call(subject), utc(dueAt), utc(expiresAt)].join(" "),
            )
            .toSorted();

        expect(lines(planned(OTHER, ONE), swapped)).toEqual(lines(planned(ONE, OTHER), (text) => text));
      },
    ),
  );
});
