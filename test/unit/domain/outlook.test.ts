import fc from "fast-check";
import { expect, it } from "vitest";
import { outlookOn } from "#test/support/plans.ts";
import { randomProgram } from "#test/support/random-rosters.ts";

it("plans as if whoever takes no part were not in the program, and reports as if everybody did", () => {
  fc.assert(
    fc.property(
      randomProgram,
      fc.array(fc.nat({ max: 6 }), { maxLength: 3 }),
      ({ program, roster }, places) => {
        const out = new Set(places.map((place) => program.people[place]!.id));
        const wishes = new Map([...out].map((id) => [id, { out: true }]));

        const outlook = outlookOn(program, roster, wishes);

        const others = outlookOn(
          { ...program, people: program.people.filter(({ id }) => !out.has(id)) },
          roster,
          wishes,
        );
        const everybody = outlookOn(program, roster);
        expect([outlook.people, outlook.overlaps]).toEqual([others.people, others.overlaps]);
        for (const { id } of program.people) {
          expect(outlook.daysOf(id)).toEqual(others.daysOf(id));
          expect(outlook.shiftsOf(id)).toEqual(others.shiftsOf(id));
          expect(outlook.everybody.dutyOf(id)).toEqual(everybody.daysOf(id).assignments);
          expect(outlook.everybody.shiftsOf(id)).toEqual(everybody.shiftsOf(id));
          for (const shift of everybody.shiftsOf(id))
            expect(outlook.everybody.overlapsOf(shift)).toEqual(everybody.overlapsOf(shift));
        }
      },
    ),
  );
});
