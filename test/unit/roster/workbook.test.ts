import { describe, expect, it } from "vitest";
import type { WriteSheet } from "hucre/xlsx";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { bomb, clockCell, notAWorkbook, onDay, workbook } from "#test/support/rosters/workbooks.ts";
import { contextOf, spans } from "./context.ts";

const english = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "Emily Carter" }), someone("a1", { name: "Daniel Okafor" })],
  to: "2027-02-01T00:00",
});
const japanese = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "田中 真理" })],
  to: "2027-02-01T00:00",
});
const LIST = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };
const read = async (
  sheets: readonly WriteSheet[],
  source: Omit<RosterSource, "name">,
  context = english,
  options: Parameters<typeof workbook>[1] = {},
) => readBytes({ name: "roster.xlsx", ...source }, await workbook(sheets, options), context);
const messages = (reading: Awaited<ReturnType<typeof read>>) =>
  reading.notUnderstood.map(({ message }) => message);

const list = (name = "December"): WriteSheet => ({
  name,
  rows: [
    ["Emergency Department", null, null, null, null],
    ["Name", "Date", "Start", "End", "Shift"],
    ["Emily Carter", onDay("2026-12-01"), null, null, "Day"],
    ["Daniel Okafor", 46358, "19:00", "7:00", "Night"],
  ],
  cells: new Map([
    ["2,2", clockCell(7)],
    ["2,3", clockCell(17.5)],
  ]),
});

const READ = ["r1 2026-12-01T07:00:00Z 2026-12-01T17:30:00Z", "a1 2026-12-02T19:00:00Z 2026-12-03T07:00:00Z"];

describe("the name of a sheet", () => {
  const table = (name: string, title: string): WriteSheet => ({
    name,
    rows: [[title], ["氏名", 5, 6], ["佐藤 健", "日", "休"], ["田中 真理", "日", "日"]],
  });
  const firstOf = async (name: string, title: string, more: Partial<RosterSource> = {}) => {
    const reading = await read([table(name, title)], { format: "matrix", ...more }, japanese);
    return spans(reading)[0]?.slice(3, 13) ?? reading.notUnderstood[0]!.why.code;
  };

  // domain: Two readings that contradict
  it.each([
    ["2027年1月", "2026年12月 勤務表"],
    ["1月", "令和8年12月 勤務表"],
    ["Jan 2027", "December 2026"],
  ])("%s contradicts the title %s", async (name, title) => {
    expect(await firstOf(name, title)).toBe("no-month");
    expect(await firstOf(name, title, { month: "2027-01" })).toBe("2027-01-05");
  });

  it.each([
    ["12月", "2026年12月 勤務表"],
    ["Sheet1", "2026年12月 勤務表"],
    ["Nov 2026 - Jan 2027", "2026年12月 勤務表"],
    ["2026年12月", "勤務表"],
  ])("%s with the title %s is of December", async (name, title) => {
    expect(await firstOf(name, title)).toBe("2026-12-05");
  });
});

describe("a list of shifts in a workbook", () => {
  it.each(["1900", "1904"] as const)(
    "has days, times of the clock and serial numbers (%s)",
    async (dateSystem) => {
      const sheet = list();
      // A number without a format is of the system that the file has.
      sheet.rows![3]![1] = dateSystem === "1904" ? onDay("2026-12-02") : 46358;

      const reading = await read([sheet], { format: "csv", columns: LIST }, english, { dateSystem });

      expect(spans(reading)).toEqual(READ);
      expect(reading.notUnderstood).toEqual([]);
    },
  );

  it("is read from the sheet that is named, or from the only one that fits", async () => {
    const notes: WriteSheet = { name: "Notes", rows: [["Call the office", "1234"]] };
    const source = { format: "csv", columns: LIST } as const;

    expect(spans(await read([notes, list()], source))).toEqual(READ);
    expect(messages(await read([list("One"), list("Two")], source))).toEqual([
      'the sheets "One", "Two" could each be the roster',
    ]);
    expect(spans(await read([list("One"), list("Two")], { ...source, sheet: "two" }))).toEqual(READ);
    expect(messages(await read([list()], { ...source, sheet: "May" }))).toEqual(['there is no sheet "May"']);
    expect(spans(await read([list("Old"), { ...list(), name: "Kept", hidden: true }], source))).toEqual(READ);
  });

  it("leaves out hidden rows and columns, and names them", async () => {
    const sheet: WriteSheet = {
      ...list(),
      rowDefs: new Map([[3, { hidden: true }]]),
      columns: [{}, {}, {}, {}, { hidden: true }],
    };

    const reading = await read([sheet], {
      format: "csv",
      columns: { person: "Name", date: "Date", start: "Start", end: "End" },
    });

    expect(messages(reading)).toEqual(
      expect.arrayContaining(["row 4 is hidden, and was left out", "column E is hidden, and was left out"]),
    );
  });
});

describe("a table of people and days in a workbook", () => {
  const table: WriteSheet = {
    name: "12月",
    rows: [
      ["2026年12月 勤務表"],
      ["職種", "氏名", onDay("2026-12-01"), onDay("2026-12-02"), onDay("2026-12-03")],
      [null, null, "火", "水", "木"],
      ["研修医", "佐藤 健", "日", "当直", "明"],
      ["指導医", "田中 真理", "日/当直", null, "休"],
    ],
  };

  it("has Japanese names and codes", async () => {
    expect(spans(await read([table], { format: "matrix" }, japanese))).toEqual([
      "r1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z",
      "a1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z",
      "a1 2026-12-01T17:15:00Z 2026-12-02T08:30:00Z",
      "r1 2026-12-02T17:15:00Z 2026-12-03T08:30:00Z",
      "away a1 2026-12-03T00:00:00Z 2026-12-04T00:00:00Z",
    ]);
  });

  it("has a day that covers two columns, and a name that covers two rows", async () => {
    const merged: WriteSheet = {
      name: "Dec",
      rows: [
        ["Name", 1, null, 2, null],
        [null, "Day", "Night", "Day", "Night"],
        ["Emily Carter", "D", null, null, null],
        [null, null, null, null, "N"],
        ["Daniel Okafor", null, "N", null, null],
        [null, null, null, "D", null],
      ],
      merges: [
        { startRow: 0, startCol: 0, endRow: 1, endCol: 0 },
        { startRow: 0, startCol: 1, endRow: 0, endCol: 2 },
        { startRow: 0, startCol: 3, endRow: 0, endCol: 4 },
        { startRow: 2, startCol: 0, endRow: 3, endCol: 0 },
        { startRow: 4, startCol: 0, endRow: 5, endCol: 0 },
      ],
    };
    const codes = { D: "07:00-19:00", N: "19:00-07:00" };

    expect(spans(await read([merged], { format: "matrix", month: "2026-12", codes }))).toEqual([
      "r1 2026-12-01T07:00:00Z 2026-12-01T19:00:00Z",
      "a1 2026-12-01T19:00:00Z 2026-12-02T07:00:00Z",
      "a1 2026-12-02T07:00:00Z 2026-12-02T19:00:00Z",
      "r1 2026-12-02T19:00:00Z 2026-12-03T07:00:00Z",
    ]);
  });

  it("counts its hidden cells in the ledger", async () => {
    const reading = await read(
      [{ ...table, rowDefs: new Map([[3, { hidden: true }]]) }],
      { format: "matrix" },
      japanese,
    );

    const { read: cells, skipped, leftOut } = reading.accounts!.counts;
    expect(cells + leftOut + Object.values(skipped).reduce((sum, count) => sum + count, 0)).toBe(18);
    expect(leftOut).toBe(5);
  });
});

describe("what is no workbook that can be read", () => {
  const source: RosterSource = { name: "roster.xlsx", format: "matrix" };

  it.each([
    [
      "a password",
      () => workbook([list()], { encryption: { password: "secret" } }),
      "the workbook is protected with a password",
    ],
    ["gigabytes in it", async () => bomb(60), "the workbook is larger than any roster once it is unpacked"],
    ["nothing of one in it", async () => notAWorkbook(), "this is a ZIP archive without a workbook in it"],
    ["only half of it", async () => (await workbook([list()])).subarray(0, 900), "the workbook is broken"],
  ])("is refused by name with %s", async (_, bytes, message) => {
    const reading = await readBytes(source, await bytes(), english);

    expect(messages(reading)).toEqual([message]);
    expect(reading.unreadable).toBe(true);
  });
});
