import { describe, expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* A time with words behind it: what is told is those words, and not the date or AM and PM. */

const context = contextOf({ people: [someone("r1")] });

/** "end zone: message" of a list with the day in the cells, or in a column of its own. */
function told(start: string, end: string, date = "") {
  const columns = { person: "Name", start: "Start", end: "End" };
  const text =
    date === "" ? `Name,Start,End\nr1,${start},${end}` : `Name,Date,Start,End\nr1,${date},${start},${end}`;
  const source = { file: "x.csv", text, dates: "M/D/YYYY" };
  const own = date === "" ? columns : { ...columns, date: "Date" };
  return csv({ ...source, columns: own }, context).notUnderstood.map(
    ({ field, why, message }) => `${field} ${why.code}: ${message}`,
  );
}

describe("a time with words behind it", () => {
  it.each([
    ["12/1/2026 7:00 AM EST", "12/1/2026 5:00 PM EST", 'Start zone: "EST" behind the time is not read'],
    ["12/1/2026 7:00 AM", "12/1/2026 5:00 PM (CST)", 'End zone: "(CST)" behind the time is not read'],
    ["2026-12-01 07:00 JST", "2026-12-01 17:00 JST", 'Start zone: "JST" behind the time is not read'],
    [
      "2026-12-01 07:00 Eastern Time",
      "2026-12-01 17:00",
      'Start zone: "Eastern Time" behind the time is not read',
    ],
    ["12/1/2026 7:00 PM", "7:00 AM (+1)", 'End no-time: "(+1)" behind the time is not read'],
    ["12/1/2026 7:00 XM", "12/1/2026 5:00 PM", 'Start no-time: "XM" behind the time is not read'],
    ["12/1/2026 25:00", "12/1/2026 17:00", 'Start no-time: "12/1/2026 25:00" is no time'],
    ["13/1/2026 07:00", "13/1/2026 17:00", expect.stringContaining("no-date")],
  ])("%s to %s", (start, end, expected) => {
    expect(told(start, end)).toEqual([expected]);
  });

  it.each([
    ["7:00 PM", "7:00 AM (+1)", 'End no-time: "(+1)" behind the time is not read'],
    ["7:00 PM", "7:00 AM +1", 'End no-time: "+1" behind the time is not read'],
    ["19:00", "07:00+1", 'End no-time: "+1" behind the time is not read'],
    ["7:00 PM", "7:00 AM next day", 'End no-time: "next day" behind the time is not read'],
    ["19:00", "07:00（翌日）", 'End no-time: "(翌日)" behind the time is not read'],
    ["19:00頃", "07:00", 'Start no-time: "頃" behind the time is not read'],
    ["7:00 AM EST", "5:00 PM EST", 'Start zone: "EST" behind the time is not read'],
    ["7:00 AM", "5:00", 'End no-time: of "7:00 AM" and "5:00" only one says AM or PM'],
    ["13:00 PM", "8:00 PM", 'Start no-time: "13:00 PM" is no time of the clock'],
  ])("%s to %s, on a day of a column", (start, end, expected) => {
    expect(told(start, end, "12/1/2026")).toEqual([expected]);
  });
});

it("says what to write in its place", () => {
  const columns = { person: "Name", start: "Start", end: "End" };
  const text = "Name,Start,End\nr1,2026-12-01 07:00 EST,2026-12-01 17:00 EST";

  expect(csv({ file: "x.csv", text, columns }, context).notUnderstood[0]?.todo).toBe(
    "take it out if it is the program's zone; else write -05:00 in its place, behind a day and a time in one cell",
  );
});
