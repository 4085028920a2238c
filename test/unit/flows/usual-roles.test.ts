import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { usualRoles } from "#src/flows/acts/people.ts";
import { programOf } from "#test/support/programs.ts";

const NOTED = JSON.stringify({ r1: "attending", r2: "resident+attending", c2: "coordinator" });

it.each([
  ["whoever is in the list of people, whatever they were before", "r1", "resident"],
  ["whoever has left", "r2", "resident"],
  ["whoever has left and worked no shifts", "c2", undefined],
  ["nobody", "r9", undefined],
])("%s: %s is usually %s on a shift", async (_, id, role) => {
  const program = programOf({ people: ["r1", "a1"] });

  const usual = await usualRoles(program, { note: async () => NOTED });

  expect(usual(personId(id))).toBe(role);
});
