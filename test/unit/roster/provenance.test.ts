import { expect, it } from "vitest";
import { provenanceInNotes } from "#src/roster/change/provenance.ts";

it("is written down where it differs from what was read, and only there", async () => {
  const written: string[] = [];
  const memory = provenanceInNotes({
    note: async () => written.at(-1),
    setNote: async (_key, value) => void written.push(value),
  });
  const one = new Map([["a.csv", new Set(["r1 1", "r1 2"])]]);
  const other = new Map([["a.csv", new Set(["r1 1"])]]);

  for (const said of [one, one, other, other, one]) {
    await memory.read();
    await memory.write(said);
  }

  expect(written).toHaveLength(3);
  expect(await memory.read()).toEqual(one);
});
