import { describe, expect, it } from "vitest";
import type { Person } from "#src/domain/person.ts";
import { personId } from "#src/domain/person.ts";
import { amion619, amion625c } from "#src/roster/formats/amion/amion.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { qgenda } from "#src/roster/formats/qgenda/qgenda.ts";
import type { RosterReader, RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* program.yaml says `person: r1`, and the roster has the names of others. */

const people: readonly Person[] = [
  someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
  someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
  someone("r3", { name: "佐藤 健" }),
  someone("r4", { name: "Liam Carter" }),
];
const context = contextOf({ people });

const ENTRY = {
  StartDate: "2026-12-01T00:00:00",
  StartTime: "07:00:00",
  EndDate: "2026-12-01T00:00:00",
  EndTime: "17:00:00",
  TaskName: "ED Day",
};
const columns = { person: "Name", date: "Date", start: "Start", end: "End" };
const FORMATS: readonly (readonly [
  format: string,
  reader: RosterReader,
  source: Partial<RosterText>,
  text: (name: string) => string,
])[] = [
  ["csv", csv, { columns }, (name) => `Name,Date,Start,End\n"${name}",2026-12-01,07:00,17:00`],
  ["matrix", matrix, { codes: { D: "07:00-17:00" }, month: "2026-12" }, (name) => `Name,1,2\n"${name}",D,D`],
  ["amion-619", amion619, {}, (name) => `"ED","${name}",17,0,"ED Day",3,0,12-1-26,0700,1700`],
  ["qgenda", qgenda, {}, (name) => JSON.stringify([{ ...ENTRY, StaffFName: name }])],
];

describe.each(FORMATS)("%s", (_, reader, source, text) => {
  const read = (name: string, given: Partial<RosterText> = {}) =>
    reader({ file: "x.csv", person: personId("r1"), ...source, text: text(name), ...given }, context);

  it.each([
    "Emily Carter",
    "Carter, Emily",
    "E. Carter",
    "Dr. Carter",
    "r1",
    "",
    "Resident 2",
    "whoever",
    "Emily",
    "Em",
    "ECarter",
  ])("reads %j", (name) => {
    const { entries, notUnderstood } = read(name);

    expect(new Set(entries.map(({ person }) => person))).toEqual(new Set(["r1"]));
    expect(notUnderstood).toEqual([]);
  });

  it.each([
    "Noah Brandt",
    "Brandt",
    "r2",
    "佐藤健",
    "佐藤",
    "Olivia Carter",
    "Liam Carter",
    "John Smith",
    "Emma Carter",
    "Emily Smith",
    "山田 太郎",
  ])("leaves %j out, and names it", (name) => {
    const { entries, notUnderstood } = read(name);

    expect(entries).toEqual([]);
    expect(notUnderstood).toHaveLength(1);
    expect(notUnderstood[0]?.message).toBe(
      `"${name}" is not r1 (Emily Carter), of whom everything here is by \`person\` in program.yaml`,
    );
  });

  it("reads a name that is settled as theirs", () => {
    expect(read("Surge Tee", { aliases: { "Surge Tee": personId("r1") } }).entries).not.toEqual([]);
    expect(read("Surge Tee").entries).toEqual([]);
  });
});

it("leaves out an address of somebody else in a report of Amion", () => {
  const row = (name: string, mail: string) =>
    `${name},17,0,ED Day,3,0,12-1-26,0700,1700,Resident,,,${mail},1,,Shift,ED`;
  const text = [row("", "noah.brandt@example.org"), row("Emily Carter", "emily.carter@example.org")].join(
    "\n",
  );

  const reading = amion625c({ file: "x.csv", person: personId("r1"), text }, context);

  expect(reading.entries).toHaveLength(1);
  expect(reading.notUnderstood.map(({ line }) => line)).toEqual([1]);
});

it("keeps the rows of the person beside those of others", () => {
  const text = "Name,1,2,3\nEmily Carter,D,,D\nNoah Brandt,,D,\n,D,,";
  const source = {
    file: "x.csv",
    text,
    person: personId("r1"),
    codes: { D: "07:00-17:00" },
    month: "2026-12",
  };

  const reading = matrix(source, context);

  expect(reading.notUnderstood).toMatchObject([
    { line: 3, why: { code: "two-readings", text: "Noah Brandt" } },
  ]);
  expect(reading.entries.map(({ person }) => person)).toContain("r1");
});
