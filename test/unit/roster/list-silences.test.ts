import { describe, expect, it } from "vitest";
import { readText } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { carterAndBrandt } from "./context.ts";

/* Lists that were read as something else than they say, without a word. */

const context = carterAndBrandt;
const LIST: RosterSource = {
  name: "x.csv",
  format: "csv",
  columns: { person: "Name", date: "Date", start: "Start", end: "End" },
};

/** "3 read | 2, 4": how many shifts are read, and the lines that are named. */
function outcome(text: string, source: RosterSource = LIST): string {
  const { entries, notUnderstood } = readText(source, text, context);
  return `${entries.length} read | ${notUnderstood.map(({ line }) => line).join(", ")}`;
}

/** Carter on the 1st by day, Brandt on the 2nd by night, Carter on the 3rd for 24 hours, a Thursday; beside each a cell. */
const beside = (title: string, ...cells: readonly string[]) =>
  [
    `Name,Date,Start,End,${title}`,
    `Emily Carter,2026-12-01,08:00,17:00,${cells[0]}`,
    `Noah Brandt,2026-12-02,19:00,07:00,${cells[1]}`,
    `Emily Carter,2026-12-03,07:00,07:00,${cells[2]}`,
  ].join("\n");

describe("a column that is not read, and does not go with the rest of its row", () => {
  it.each([
    ["weekdays", beside("Day", "Tue", "Wed", "Thu"), "3 read | "],
    ["a weekday of another date", beside("Day", "Tue", "Thu", "Thu"), "2 read | 3"],
    ["weekdays of other dates", beside("曜日", "金", "(土)", "日"), "0 read | 2, 3, 4"],
    ["a code that looks like a weekday", beside("Code", "日", "日", "日"), "3 read | "],
    ["hours", beside("Hours", "9", "12.0", "24"), "3 read | "],
    ["hours of another shift", beside("Hours", "9", "12", "12"), "2 read | 4"],
    ["hours that are paid, of a night's shift fewer", beside("Hours", "9", "10", "24"), "3 read | "],
    ["hours that are paid, of a day's shift fewer", beside("Hours", "9", "12", "16"), "3 read | "],
    ["hours without breaks", beside("Hours", "8", "11", "16"), "3 read | "],
    ["numbers of rooms", beside("Room", "9", "3", "1"), "3 read | "],
    ["last days", beside("Until", "2026-12-01", "2026-12-03", "2026-12-04"), "3 read | "],
    ["a last day that is another", beside("Until", "2026-12-01", "2026-12-03", "2026-12-05"), "2 read | 4"],
    [
      "the day on which it was written",
      beside("Made", "2026-11-01", "2026-11-01", "2026-12-03"),
      "3 read | ",
    ],
    ["ids", beside("Id", "r1", "r2", "r1"), "3 read | "],
    ["an id of another", beside("Id", "r1", "r2", "r2"), "2 read | 4"],
    ["whoever supervises", beside("Supervisor", "a1", "a1", "a1"), "3 read | "],
    [
      "an address of another",
      beside("Mail", "emily.carter@example.org", "emily.carter@example.org", "emily.carter@example.org"),
      "2 read | 3",
    ],
    ["a mark that takes it back", beside("Cancelled", "No", "Yes", ""), "2 read | 3"],
    ["a mark of something else", beside("Paid", "No", "Yes", ""), "3 read | "],
  ])("%s", (_, text, expected) => {
    expect(outcome(text)).toBe(expected);
  });
});

it("names the column, and says what to do", () => {
  const [problem] = readText(LIST, beside("Day", "Tue", "Thu", "Thu"), context).notUnderstood;

  expect(problem).toMatchObject({
    line: 3,
    message: '"Thu" in the column "Day", which is not read, does not go with the rest of the row',
    todo: "mend the one that is wrong (where many are: the order under `dates`), or take the column out",
  });
});

describe("two times of a row of which only one says its offset", () => {
  const plain: RosterSource = { name: "x.csv", format: "csv" };
  it.each([
    ["the start", "2026-12-01T12:00Z,2026-12-01T22:00", "0 read | 2"],
    ["the end", "2026-12-01T07:00,2026-12-01T22:00Z", "0 read | 2"],
    ["an offset that is the program's", "2026-12-01T07:00-05:00,2026-12-01T17:00", "1 read | "],
    ["an end that is a time alone", "2026-12-01T12:00Z,22:00", "1 read | "],
  ])("%s", (_, times, expected) => {
    expect(outcome(`person,start,end\nr1,${times}\n`, plain)).toBe(expected);
  });
});

it("names the day where a row has lost it", () => {
  const { notUnderstood } = readText(LIST, "Name,Date,Start,End\nEmily Carter,,08:00,17:00\n", context);

  expect(notUnderstood).toMatchObject([{ line: 2, field: "Date", message: "it is empty" }]);
});

it("takes no year before 1900 for one", () => {
  const dates = { ...LIST, dates: "DD/MM/YYYY" };

  expect(outcome("Name,Date,Start,End\nEmily Carter,01/12/0026,08:00,17:00\n", dates)).toBe("0 read | 2");
});

describe("Amion", () => {
  const report = (...rows: readonly string[]) =>
    rows.map((row) => `"Program","Carter E","1","2","ED","3","4",${row}`).join("\n");
  it.each([
    ["times that have lost their zeros", report("12-1-26,30,830", "12-2-26,0,800"), "2 read | "],
    ["hours that have no minutes", report("12-1-26,7,17", "12-2-26,0700,1700"), "1 read | 1"],
    ["one day of another order", report("13-12-26,0700,1700", "1-12-26,0700,1700"), "1 read | 1"],
    [
      "days of another order",
      report("13-12-26,0700,1700", "14-12-26,0700,1700", "1-12-26,0700,1700"),
      "0 read | 1, 2, 3",
    ],
    [
      "days of either order",
      report("13-12-26,0700,1700", "14-12-26,0700,1700", "12-15-26,0700,1700"),
      "1 read | 1, 2",
    ],
  ])("%s", (_, text, expected) => {
    expect(outcome(text, { name: "x.csv", format: "amion-619" })).toBe(expected);
  });
});
