import { expect, it } from "vitest";
import { rosterOf } from "#src/roster/reading/read-roster.ts";
import { readSource } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { describeProblem } from "#src/roster/text/problem.ts";
import { programOf, someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

const program = {
  ...programOf({ from: "2026-03-01", to: "2026-03-31" }),
  people: [someone("r1", { roles: ["resident", "attending"] }), someone("r2")],
};
const context = { ...contextOf({ people: program.people, timeZone: "Asia/Tokyo" }), inFull: true };
const rows = (...people: readonly string[]) =>
  ["person,start,end", ...people.map((id) => `${id},2026-03-02T08:00,17:00`)].join("\n");

function together(...files: readonly (readonly [Partial<RosterSource>, string])[]) {
  const sources = files.map(([settings], index): RosterSource => ({
    name: `${index}.csv`,
    format: "csv",
    ...settings,
  }));
  const found = files.map(([, text], index) => ({
    reading: readSource(sources[index]!, Buffer.from(text, "utf8"), context),
    fingerprint: text,
  }));
  const { entries, notUnderstood, accounts } = rosterOf(program, sources, found);
  return {
    entries: entries.map((one) => `${one.person} ${one.kind === "duty" ? one.role : "away"}`),
    told: notUnderstood.map(describeProblem),
    counts: accounts.map(({ counts: { read, leftOut }, list }) => [
      read,
      leftOut,
      list.filter(({ fate }) => fate === "left out").length,
    ]),
  };
}

it("a copy of a shift has the role that another roster states, whichever is read first", () => {
  const stated = [{ as: "attending" }, rows("r1")] as const;
  const usual = [{}, rows("r1", "r2")] as const;

  expect(together(stated, usual).entries.toSorted()).toEqual(["r1 attending", "r1 attending", "r2 resident"]);
  expect(together(usual, stated).entries.toSorted()).toEqual(["r1 attending", "r1 attending", "r2 resident"]);
  expect(together(usual, stated).told).toEqual([]);
});

it("a shift that two rosters state in two roles is left out of both and told once", () => {
  const { entries, told, counts } = together(
    [{ as: "attending" }, rows("r1")],
    [{ as: "resident" }, rows("r1", "r2")],
  );

  expect(entries).toEqual(["r2 resident"]);
  expect(told).toEqual([
    "1.csv: role: r1 works the shift from 2026-03-01T23:00:00Z as resident, and as attending in 0.csv; write the same role in both places, or take one of them out; the shift was left out",
  ]);
  expect(counts).toEqual([
    [0, 1, 1],
    [1, 1, 1],
  ]);
});
