import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { readBytes } from "#src/roster/reading/read-source.ts";
import { someone } from "#test/support/programs.ts";
import { clockCell, onDay, workbook } from "#test/support/rosters/workbooks.ts";
import { contextOf, places, spans } from "./context.ts";

/* Times without AM and PM: a list that may count to 12 is not read as one that counts to 24. */

const context = contextOf({ timeZone: "UTC", people: [someone("r1"), someone("r2"), someone("a1")] });
const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };
const HEAD = "Name,Date,Start,End,Shift";
const read = (...rows: readonly string[]) =>
  csv({ file: "x.csv", text: [HEAD, ...rows].join("\n"), columns }, context);

/** "r1 07:00 10h": who begins when, and for how long. */
const shifts = (reading: ReturnType<typeof read>): readonly string[] =>
  spans(reading).map((span) => {
    const [who, start = "", end = ""] = span.replace("away ", "away:").split(" ");
    return `${who} ${start.slice(11, 16)} ${(Date.parse(end) - Date.parse(start)) / 3_600_000}h`;
  });
const day = (who: string, start: string, end: string, label = "") =>
  `${who},2026-12-05,${start},${end},${label}`;

describe("a list without AM and PM", () => {
  it.each([
    ["an end before its start", [day("r1", "7:00", "5:00", "Day")]],
    ["an end at its start", [day("r1", "8:00", "8:00")]],
    ["an evening that begins in the morning", [day("r1", "3:00", "11:00", "Evening")]],
    ["a night that begins in the morning", [day("r1", "7:00", "11:00", "Night")]],
    ["a day that begins in the small hours", [day("r1", "1:00", "5:00", "Day")]],
    ["hours in the small hours, without a name", [day("r1", "3:00", "11:00")]],
    ["準夜 from 4:30", [day("r1", "4:30", "12:15", "準夜")]],
    ["hours without a colon, as Excel leaves them", [day("r1", "700", "500")]],
    ["kanji", [day("r1", "7時", "5時30分")]],
    ["an absence", [day("r1", "8:00", "5:00", "Vacation")]],
  ])("is named, with the line and both ways to write it, for %s", (_, rows) => {
    const reading = read(...rows);

    expect(reading.entries).toEqual([]);
    expect(places(reading)).toEqual(["2 Start"]);
    expect(reading.notUnderstood[0]!.todo).toBe(
      "say AM or PM with each time, or write all as 07:00 and 17:00",
    );
  });

  it("is not believed in its other rows either, but where a name says the half of the day", () => {
    const reading = read(
      day("r1", "7:00", "5:00"),
      day("r2", "7:00", "11:00"),
      day("a1", "8:00", "12:00", "Day"),
    );

    expect(shifts(reading)).toEqual(["a1 08:00 4h"]);
    expect(places(reading)).toEqual(["2 Start", "3 Start"]);
  });

  it("is not believed where another row says AM and PM", () => {
    const reading = read(day("r1", "7:00 AM", "3:00 PM"), day("r2", "8:00", "11:00"));

    expect(shifts(reading)).toEqual(["r1 07:00 8h"]);
    expect(places(reading)).toEqual(["3 Start"]);
  });

  it.each([
    ["a whole day", "2026-12-05T10:00", "2026-12-06T10:00", ["r1 10:00 24h"]],
    ["a night, with seconds", "2026-12-05T12:30:00", "2026-12-06T10:30:00", ["r1 12:30 22h"]],
  ])(
    "counts to 24 where a T stands before each time, as machines write it: %s",
    (_, start, end, expected) => {
      const reading = csv({ file: "x.csv", text: `person,start,end\nr1,${start},${end}\n` }, context);

      expect(shifts(reading)).toEqual(expected);
      expect(reading.notUnderstood).toEqual([]);
    },
  );

  it("may count to 12 where a space stands there", () => {
    const text = "person,start,end\nr1,2026-12-05 10:00,2026-12-06 10:00\n";

    expect(csv({ file: "x.csv", text }, context).entries).toEqual([]);
  });

  it.each([
    [
      "a clinic's mornings",
      [day("r1", "8:00", "12:00"), day("r2", "9:00", "11:30")],
      ["r1 08:00 4h", "r2 09:00 2.5h"],
    ],
    [
      "24 hours beside a night",
      [day("r1", "8:00", "8:00"), day("r2", "19:00", "7:00")],
      ["r1 08:00 24h", "r2 19:00 12h"],
    ],
    ["a leading zero", [day("r1", "07:00", "05:00")], ["r1 07:00 22h"]],
    ["midnight as 0:00", [day("r1", "8:00", "0:00")], ["r1 08:00 16h"]],
    ["a label with the same hours", [day("r1", "7:00", "5:00", "0700-0500")], ["r1 07:00 22h"]],
    ["a night's last hours", [day("r1", "1:00", "7:00", "Night")], ["r1 01:00 6h"]],
    ["AM and PM", [day("r1", "7:00 AM", "5:00 PM")], ["r1 07:00 10h"]],
  ])("is read for %s", (_, rows, expected) => {
    const reading = read(...rows);

    expect(reading.notUnderstood).toEqual([]);
    expect(shifts(reading)).toEqual(expected);
  });

  it.each([
    ["12/5/2026 7:00", "12/5/2026 5:00"],
    ["12/5/2026 7:00", "5:00"],
    ["12/5/2026 11:00", "12/6/2026 7:00"],
  ])("is named where the date stands beside the time: %s to %s", (start, end) => {
    const text = `person,start,end\nr1,${start},${end}`;

    expect(places(csv({ file: "x.csv", text, dates: "M/D/YYYY" }, context))).toEqual(["2 start"]);
  });

  it("is named in the cells of a sheet, which all have a zero once they are text", async () => {
    const rows = [HEAD.split(","), ["r1", onDay("2026-12-05"), null, null, "Day"]];
    const cells = new Map([
      ["1,2", clockCell(7)],
      ["1,3", clockCell(5)],
    ]);
    const bytes = await workbook([{ name: "December", rows, cells }]);

    const reading = await readBytes({ name: "x.xlsx", format: "csv", columns }, bytes, context);

    expect(reading.entries).toEqual([]);
    expect(places(reading)).toEqual(["2 Start"]);
  });

  it("is never read as other hours than were meant, whatever shifts of 8 to 12 hours it has", () => {
    const shift = fc.record({
      start: fc.integer({ min: 0, max: 47 }),
      length: fc.integer({ min: 16, max: 24 }),
    });
    const face = (half: number) => `${Math.floor(half / 2) % 12 || 12}:${half % 2 === 0 ? "00" : "30"}`;
    fc.assert(
      fc.property(fc.array(shift, { minLength: 1, maxLength: 6 }), (meant) => {
        const reading = read(
          ...meant.map(({ start, length }) => day("r1", face(start), face(start + length))),
        );

        const right = meant.map(({ start, length }) => {
          const clock = `${String(Math.floor(start / 2)).padStart(2, "0")}:${start % 2 === 0 ? "00" : "30"}`;
          return `r1 ${clock} ${length / 2}h`;
        });
        expect(shifts(reading).filter((one) => !right.includes(one))).toEqual([]);
        expect(reading.entries.length + reading.notUnderstood.length).toBe(meant.length);
      }),
    );
  });
});
