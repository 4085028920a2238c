import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { weekFromLabel } from "#src/domain/time.ts";
import { flow, type Flow } from "#test/support/attune.ts";
import { programOf, rosterOf, someone } from "#test/support/programs.ts";
import { taps } from "#test/support/together.ts";
import { takePart, TONGUES, type Tongue } from "#test/support/tongues.ts";

const [R1, A1] = [personId("r1"), personId("a1")];

/** Two chief residents: a1 supervises r1 on Tuesday, and r1 supervises a1 on Thursday. */
async function chiefs({ locale, say }: Tongue): Promise<Flow> {
  const program = {
    ...programOf({ people: [], locale }),
    people: [R1, A1].map((id) => someone(id, { roles: ["resident", "attending"], locale })),
  };
  const duties = [
    ["r1", "01", "resident"],
    ["a1", "01", "attending"],
    ["a1", "03", "resident"],
    ["r1", "03", "attending"],
  ].map(([id, day, role]) => `${id} 2026-12-${day}T08:00 2026-12-${day}T17:00 ${role}`);
  const attune = await flow({ program, roster: rosterOf(duties) });
  await takePart(attune, say, ["r1", "a1"]);
  return attune;
}

// domain: A pair is picked for both partners or for neither, among those
describe.each(TONGUES)("a week in which two supervised each other, in $locale", (tongue) => {
  const { say, who } = tongue;
  const answers = [say.agreement[5], say.agreement[4], say.agreement[5], say.buttons.skip];

  it("is asked about once, and can be answered to the end by both", async () => {
    await using attune = await chiefs(tongue);
    await attune.until("2026-12-07T09:00");
    const asked = attune.phone("r1").reads();

    for (const id of ["r1", "a1"]) await taps(attune, id, answers);

    expect(asked).toContain(`1/4 ${say.checkIn.goal}`);
    for (const [id, partner] of [
      ["r1", "a1"],
      ["a1", "r1"],
    ] as const) {
      expect(attune.phone(id).reads()).toContain(say.checkIn.saved);
      expect(attune.phone(id).reads()).toContain(`${who(partner)}: ${say.agreement[5]}`);
    }
  });

  it("is asked about once, too, where it was picked both ways before", async () => {
    await using attune = await chiefs(tongue);
    const pairs = [
      { resident: R1, attending: A1 },
      { resident: A1, attending: R1 },
    ];
    await attune.store.keepCheckIns(
      { week: weekFromLabel("2026-W49")!, message: "person", pairs },
      attune.clock.now(),
    );
    await attune.until("2026-12-07T09:00");

    for (const id of ["r1", "a1"]) await taps(attune, id, answers);

    for (const id of ["r1", "a1"]) expect(attune.phone(id).reads()).toContain(say.checkIn.saved);
  });
});
