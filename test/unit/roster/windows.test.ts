import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { rosterChange } from "#src/roster/change/merge.ts";
import { windowsOf } from "#src/roster/change/coverage.ts";
import type { RosterReading } from "#src/roster/text/reader.ts";
import { duty, local, someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

const IDS = ["r1", "r2", "a1"];
const context = contextOf({ timeZone: "UTC", people: IDS.map((id) => someone(id)), to: "2027-03-01T00:00" });
const codes = { D: "07:00-19:00", N: "19:00-09:00" };
const table = (month: string, ...lines: readonly string[]) =>
  matrix({ file: "x.csv", text: lines.join("\n"), month, codes }, context);
const stored = (...duties: readonly string[]): Roster => ({
  assignments: duties.map((text) => duty(text, "UTC")),
  absences: [],
});

/** Whose shifts are taken back, and when they start. */
function removed(before: Roster, ...readings: readonly RosterReading[]): readonly string[] {
  const windows = windowsOf(
    IDS.map((id) => personId(id)),
    readings.map((reading) => ({ reading, person: undefined })),
  );
  const entries = readings.flatMap((reading) => reading.entries);
  return rosterChange(before, entries, windows, local("2026-12-20T00:00", "UTC")).removed.map(
    ({ person, start }) => `${person} ${new Date(start).toISOString().slice(0, 10)}`,
  );
}

const DECEMBER = stored(
  "r1 2026-12-28T07:00 2026-12-28T19:00",
  "r2 2026-12-31T19:00 2027-01-01T09:00",
  "a1 2026-12-28T07:00 2026-12-28T19:00",
);

it("next month's table, imported early, takes nothing of this month", () => {
  expect(removed(DECEMBER, table("2027-01", "Name,1,2", "r1,D,D"))).toEqual([]);
});

it("next month's table beside a feed of three months takes nothing of those whom neither names", () => {
  const feed = csv(
    {
      file: "feed.csv",
      text: "person,start,end\na1,2026-12-21T07:00,19:00\na1,2026-12-28T07:00,19:00\na1,2027-02-15T07:00,19:00",
    },
    context,
  );

  expect(removed(DECEMBER, table("2027-01", "Name,1,2", "r1,D,D"), feed)).toEqual([]);
});

it("a table takes back its own last day when nobody works it any more", () => {
  expect(removed(DECEMBER, table("2026-12", "Name,28,29,30,31", "r1,D,,,", "r2,,,,", "a1,D,,,"))).toEqual([
    "r2 2026-12-31",
  ]);
});
