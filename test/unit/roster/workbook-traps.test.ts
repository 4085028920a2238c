import { describe, expect, it } from "vitest";
import { strToU8, zipSync } from "fflate";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { oldWorkbook, type OldSheet } from "#test/support/rosters/old-workbook.ts";
import { rawRow, rawSheet, type RawCell } from "#test/support/rosters/raw-cells.ts";
import { rawWorkbook, type RawWorkbook } from "#test/support/rosters/raw-workbook.ts";
import { onDay, workbook } from "#test/support/rosters/workbooks.ts";
import { contextOf, spans } from "./context.ts";

/* Workbooks as other programs write them, in XML and in records of our own. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "佐藤 健" }),
    someone("r2", { name: "Emily Carter" }),
    someone("a1", { name: "田中 真理" }),
  ],
  to: "2027-02-01T00:00",
});
const LIST = { person: "氏名", date: "日付", start: "開始", end: "終了", label: "勤務" };
const CSV: RosterSource = { name: "roster.xlsx", format: "csv", columns: LIST };
const MATRIX: RosterSource = { name: "roster.xlsx", format: "matrix" };
const AMION: RosterSource = { name: "roster.xlsx", format: "amion-619" };
const DAY = "r1 2026-12-01T07:30:00Z 2026-12-01T17:00:00Z";

async function outcome(source: RosterSource, bytes: Uint8Array): Promise<string> {
  const reading = await readBytes(source, bytes, context);
  return [...spans(reading), ...reading.notUnderstood.map(({ message }) => message)].join(" | ");
}

const HEAD = rawRow(1, ["氏名", "日付", "開始", "終了", "勤務"]);
const listed = (formats: readonly string[], ...cells: readonly RawCell[]): RawWorkbook => ({
  formats,
  sheet: rawSheet(HEAD, rawRow(2, ["佐藤 健", ...cells])),
});

describe("times and days with the formats of a Japanese Excel", () => {
  it.each([
    ['yyyy"年"m"月"d"日"', 'h"時"mm"分"'],
    ['[$-ja-JP]ggge"年"m"月"d"日";@', "[$-F400]h:mm:ss\\ AM/PM"],
    ["m/d(aaa)", "h:mm;@"],
    ["[$-411]aaa;@", "General"],
  ])("%s and %s", async (day, clock) => {
    const bytes = rawWorkbook(listed([day, clock], [46_357, 1], [0.3125, 2], [17 / 24, 2], "日勤"));

    expect(await outcome(CSV, bytes)).toBe(DAY);
  });

  it("of 24 hours and more are not those of the day itself", async () => {
    const over = (hours: number) =>
      rawWorkbook(listed(["m/d", "[h]:mm"], [46_357, 1], [1 / 24, 2], [hours / 24, 2]));

    expect(await outcome(CSV, over(24))).toBe("r1 2026-12-01T01:00:00Z 2026-12-02T00:00:00Z");
    expect(await outcome(CSV, over(25.5))).toBe('"25:30" is no time of the clock');
  });

  it("stand in a row of weekdays as the days that they are", async () => {
    const bytes = rawWorkbook({
      formats: ["d", "aaa"],
      sheet: rawSheet(
        rawRow(1, ["氏名", [46_357, 1], [46_358, 1], [46_359, 1]]),
        rawRow(2, ["", [46_357, 2], [46_358, 2], [46_359, 2]]),
        rawRow(3, ["佐藤 健", "日", "", "休"]),
        rawRow(4, ["田中 真理", "", "当直", ""]),
      ),
    });

    expect(await outcome(MATRIX, bytes)).toBe(
      "r1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z | a1 2026-12-02T17:15:00Z 2026-12-03T08:30:00Z | " +
        "away r1 2026-12-03T00:00:00Z 2026-12-04T00:00:00Z",
    );
  });
});

describe("what nobody sees in a sheet", () => {
  it("is no part of a name: its reading above it", async () => {
    const bytes = rawWorkbook({
      strings:
        '<si><t>佐藤 健</t><rPh sb="0" eb="2"><t>サトウ</t></rPh><rPh sb="3" eb="4"><t>ケン</t></rPh><phoneticPr fontId="1"/></si>',
      sheet: rawSheet(
        HEAD,
        rawRow(2, [{ xml: '<c r="@" t="s"><v>0</v></c>' }, "2026-12-01", "7:30", "17:00", "日勤"]),
      ),
    });

    expect(await outcome(CSV, bytes)).toBe(DAY);
  });

  it.each([
    ["a row without height", "", ' ht="0" customHeight="1"', "row 2 is hidden, and was left out"],
    ["a filtered row", "", ' hidden="1"', "row 2 is hidden, and was left out"],
  ])("is left out and named: %s", async (_, columns, attributes, told) => {
    const cells = ["佐藤 健", "2026-12-01", "7:30", "17:00", "日勤"];
    const sheet =
      columns +
      rawSheet(HEAD, rawRow(2, cells, attributes), rawRow(3, ["田中 真理", "2026-12-02", "8:00", "9:00"]));

    expect(await outcome(CSV, rawWorkbook({ sheet }))).toBe(
      `a1 2026-12-02T08:00:00Z 2026-12-02T09:00:00Z | ${told}`,
    );
  });

  it("is left out and named: a column without width", async () => {
    const sheet =
      '<cols><col min="3" max="3" width="0" customWidth="1"/></cols>' +
      rawSheet(rawRow(1, ["氏名", "12/1", "12/2", "12/3"]), rawRow(2, ["佐藤 健", "日", "日", "日"]));
    const source = { ...MATRIX, month: "2026-12", dates: "MM/DD/YYYY" };

    expect(await outcome(source, rawWorkbook({ sheet }))).toBe(
      "r1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z | r1 2026-12-03T08:30:00Z 2026-12-03T17:15:00Z | column C is hidden, and was left out | the header goes past 2026-12-02: nothing is read or taken back there",
    );
  });

  it("is left out and named: a duty under cells that were made one", async () => {
    const sheet =
      rawSheet(rawRow(1, ["氏名", "1", "2"]), rawRow(2, ["佐藤 健", "日", "当直"])) +
      '<mergeCells><mergeCell ref="B2:C2"/></mergeCells>';

    expect(await outcome({ ...MATRIX, month: "2026-12" }, rawWorkbook({ sheet }))).toBe(
      'r1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z | "当直" under the merged cell B2 is hidden, and was left out | "日" is one cell over several, and counts for the first alone',
    );
  });

  it.each([
    ["struck through", { style: { font: { strikethrough: true } } }],
    ["struck through", { richText: [{ text: "当", font: { strikethrough: true } }, { text: "直" }] }],
    ["hidden", { style: { numFmt: ";;;" } }],
  ])("is left out and named: a duty that is %s", async (how, looks) => {
    const bytes = await workbook([
      {
        name: "12月",
        rows: [
          ["氏名", 1, 2],
          ["佐藤 健", "日", "当直"],
        ],
        cells: new Map([["1,2", { value: "当直", ...looks }]]),
      },
    ]);

    expect(await outcome({ ...MATRIX, month: "2026-12" }, bytes)).toBe(
      `r1 2026-12-01T08:30:00Z 2026-12-01T17:15:00Z | "当直" in C2 is ${how}, and was left out`,
    );
  });

  it("is named where it should be a duty: a formula without its result, or with a mistake for one", async () => {
    const cell = (inside: string, type = "") => ({ xml: `<c r="@"${type}>${inside}</c>` });
    const sheet = rawSheet(
      rawRow(1, ["氏名", "1", "2", "3"]),
      rawRow(2, [
        "佐藤 健",
        cell("<f>VLOOKUP(A2,X:Y,2)</f>"),
        cell("<f>B9</f><v>#N/A</v>", ' t="e"'),
        cell("<f>B8</f><v>日</v>", ' t="str"'),
      ]),
    );

    expect(await outcome({ ...MATRIX, month: "2026-12" }, rawWorkbook({ sheet }))).toBe(
      'r1 2026-12-03T08:30:00Z 2026-12-03T17:15:00Z | "=VLOOKUP(A2,X:Y,2)" is no duty code that is known here | ' +
        '"#N/A" is no duty code that is known here',
    );
  });
});

describe("cells far below all others", () => {
  const below = (cell: string) =>
    rawWorkbook({
      sheet: rawSheet(
        HEAD,
        rawRow(2, ["佐藤 健", "2026-12-01", "7:30", "17:00"]),
        `<row r="1048576">${cell}</row>`,
      ),
    });

  it.each(['<c r="A1048576" s="1"/>', '<c r="A1048576" s="1"></c>', ""])(
    "are none where they have only a colour: %j",
    async (cell) => {
      expect(await outcome(CSV, below(cell))).toBe(DAY);
    },
  );

  it("are named where they have a value", async () => {
    expect(await outcome(CSV, below('<c r="A1048576"><v>1</v></c>'))).toBe(
      "something stands in row 1048576, far below any roster",
    );
  });
});

describe("an old workbook (.xls)", () => {
  const source: RosterSource = { ...CSV, name: "roster.xls" };
  const sheet: OldSheet = {
    name: "12月",
    rows: [
      ["氏名", "日付", "開始", "終了", "勤務"],
      ["佐藤 健", onDay("2026-12-01"), "7:30", "17:00", "日勤"],
      ["Emily Carter", onDay("2026-12-02"), "8:00", "16:00", "Day"],
    ],
  };
  const SECOND = "r2 2026-12-02T08:00:00Z 2026-12-02T16:00:00Z";

  it.each([false, true])("is read, whichever day it counts from (1904: %s)", async (is1904) => {
    expect(await outcome(source, oldWorkbook([sheet], { is1904 }))).toBe(`${DAY} | ${SECOND}`);
  });

  it("has hidden rows, columns and sheets, which are left out and named", async () => {
    const hidden = { ...sheet, name: "旧", isHidden: true };
    const { columns: _, ...plain } = source;
    const dates = { ...plain, columns: { person: "氏名", date: "日付", start: "開始", end: "終了" } };

    expect(await outcome(source, oldWorkbook([hidden, { ...sheet, hiddenRows: [1] }]))).toBe(
      `${SECOND} | row 2 is hidden, and was left out`,
    );
    expect(await outcome(dates, oldWorkbook([{ ...sheet, hiddenColumns: [4] }]))).toBe(
      `${DAY} | ${SECOND} | column E is hidden, and was left out`,
    );
  });

  it("may be large", async () => {
    const rows = Array.from({ length: 3_000 }, () => ["nobody", onDay("2026-12-01"), "7:30", "17:00", "Day"]);

    const reading = await readBytes(
      source,
      oldWorkbook([{ ...sheet, rows: [...sheet.rows, ...rows] }]),
      context,
    );

    expect(spans(reading)).toEqual([DAY, SECOND]);
    expect(reading.accounts?.counts.leftOut).toBe(3_000);
  });

  it.each([
    ["a password", oldWorkbook([sheet], { isEncrypted: true }), "the workbook is protected with a password"],
    ["half of it", oldWorkbook([sheet]).subarray(0, 2_000), "the workbook is broken, or older than Excel 97"],
    [
      "nothing but its first bytes",
      oldWorkbook([sheet]).subarray(0, 40),
      "the workbook is broken, or older than Excel 97",
    ],
  ])("is refused with %s", async (_, bytes, told) => {
    expect(await outcome(source, bytes)).toBe(told);
  });
});

it.each([
  [
    "an OpenDocument file",
    zipSync({ mimetype: [strToU8("application/vnd.oasis.opendocument.spreadsheet"), { level: 0 }] }),
    "the workbook is an OpenDocument file (.ods)",
  ],
  ["a binary workbook", zipSync({ "xl/workbook.bin": strToU8("x") }), "the workbook is a binary one (.xlsb)"],
])("%s is refused by what it is", async (_, bytes, told) => {
  expect(await outcome(CSV, bytes)).toBe(told);
});

describe("an Amion report that Excel has opened and saved", () => {
  const shift = (day: Date | string | number, start: string | number, end: string | number) =>
    ["ED", "Emily Carter", "1", "2", "Day", "3", "4", day, start, end] as const;
  const opened = async (source: object, ...rows: readonly ReturnType<typeof shift>[]) => {
    const sheet = { name: "report", rows: [["Assignments for 12-1-26"], ...rows.map((one) => [...one])] };
    const reading = await readBytes({ ...AMION, ...source }, await workbook([sheet]), context);
    return [...spans(reading), ...reading.notUnderstood.map(({ why }) => why.code)].join(" | ");
  };

  it("has days, serial numbers, and times without their zeros", async () => {
    const rows = [shift(onDay("2026-12-13"), 700, 1900), shift(46_370, "0700", 30)] as const;

    expect(await opened({}, ...rows)).toBe(
      "r2 2026-12-13T07:00:00Z 2026-12-13T19:00:00Z | r2 2026-12-14T07:00:00Z 2026-12-15T00:30:00Z",
    );
  });

  it("may have days and months changed round, which is named until program.yaml says that it has not", async () => {
    const row = shift(onDay("2026-12-04"), 700, 1900);

    expect(await opened({}, row)).toBe("ambiguous-date");
    expect(await opened({}, row, shift("12-13-26", 700, 1900))).toBe(
      "r2 2026-12-13T07:00:00Z 2026-12-13T19:00:00Z | ambiguous-date",
    );
    expect(await opened({ dates: "M/D/YYYY" }, row)).toBe("r2 2026-12-04T07:00:00Z 2026-12-04T19:00:00Z");
  });
});

describe("a file of another kind by the name of a roster", () => {
  it.each([
    ["<!DOCTYPE html><table><tr><td>Name</td></tr></table>", "this is a web page, whatever its name says"],
    ["\uFEFF<table><tr><td>氏名</td></tr></table>", "this is a web page, whatever its name says"],
    ['<?xml version="1.0"?><Workbook/>', "this is an XML file, whatever its name says"],
    ["%PDF-1.7", "this is a PDF file"],
    ["{\\rtf1", "this is a text document (.rtf)"],
  ])("%j is refused by what it is", async (text, told) => {
    const bytes = new TextEncoder().encode(text);
    const sources = [CSV, MATRIX, AMION, { ...MATRIX, format: "icalendar" }] as const;

    expect(await Promise.all(sources.map(async (source) => outcome(source, bytes)))).toEqual(
      sources.map(() => told),
    );
  });
});
