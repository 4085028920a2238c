import { expect, it } from "vitest";
import { storable } from "#src/domain/text.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { someone } from "#test/support/programs.ts";
import { folder } from "../config/folder.ts";

/** The label of a shift as it is read from a roster. */
async function read(label: string) {
  using files = folder({ "x.csv": `person,start,end,label\nr1,2026-03-02T08:00,17:00,${label}\n` });
  const rotations = [{ name: "", from: "2026-03-02", to: "2026-03-29" }];
  const program = { people: [someone("r1")], timeZone: "Europe/Berlin", rotations };

  const { reading } = await carryOut({
    source: { name: "x.csv", path: files.path("x.csv"), format: "csv" },
    program,
  });
  return reading.entries;
}

it.each([
  ["of 200 letters", "a".repeat(200), "a".repeat(200)],
  ["of 201", "a".repeat(201), `${"a".repeat(199)}…`],
  ["whose last letter has two halves", `${"a".repeat(199)}𠮷`, `${"a".repeat(199)}𠮷`],
  ["that would be torn at 200", `${"a".repeat(199)}😀b`, `${"a".repeat(199)}…`],
  ["of 200 letters of two halves", "𠮷".repeat(200), "𠮷".repeat(200)],
  ["of 201 of them", "𠮷".repeat(201), `${"𠮷".repeat(199)}…`],
])("a label %s is cut once, never through a letter, and stored as it was read", async (_, label, short) => {
  const entries = await read(label);

  expect(entries.map((one) => one.label)).toEqual([short]);
  expect(storable(entries).entries).toEqual(entries);
});
