import { describe, expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { oldWorkbook } from "#test/support/rosters/old-workbook.ts";
import { rawRow, rawSheet, type RawCell } from "#test/support/rosters/raw-cells.ts";
import { rawWorkbook, type RawWorkbook } from "#test/support/rosters/raw-workbook.ts";
import { contextOf, spans } from "./context.ts";

/*
 * Workbooks as public reports of other people's software have them. Each trait has the repository and the number of a
 * report; cells and names are our own. Right is what the report's authors agree on, or that what is not read is named.
 */

const context = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "Emily Carter" }), someone("r2", { name: "吉田 兼好" }), someone("a1")],
  to: "2027-02-01T00:00",
});
const CSV: RosterSource = {
  name: "roster",
  format: "csv",
  columns: { person: "Name", date: "Date", start: "Start", end: "End" },
};
const MATRIX: RosterSource = {
  name: "roster",
  format: "matrix",
  month: "2026-12",
  codes: { D: "08:00-17:00", N: "19:00-07:00", C: "08:00-08:00" },
};

/** "12-01 08:00 9h, 1": when shifts begin and how long they are, and how many things are named. */
async function outcome(source: RosterSource, bytes: Uint8Array): Promise<string> {
  const reading = await readBytes(source, bytes, context);
  const shifts = spans(reading).map((span) => {
    const [who, start, end] = span.split(" ") as [string, string, string];
    const hours = (Date.parse(end) - Date.parse(start)) / 3_600_000;
    return `${who} ${start.slice(5, 16).replace("T", " ")} ${Number(hours.toFixed(2))}h`;
  });
  return [...shifts, reading.notUnderstood.length].join(", ");
}

const HEAD = rawRow(1, ["Name", "Date", "Start", "End"]);
const FORMATS = ["yyyy-mm-dd", "h:mm", "[h]:mm", "yyyy-mm-dd h:mm"];
const [DAY, CLOCK, HOURS, MOMENT] = [1, 2, 3, 4];
/** A list of one shift, from its cells. */
const listed = (cells: readonly RawCell[], wish: Omit<RawWorkbook, "sheet"> = {}) =>
  rawWorkbook({ formats: FORMATS, ...wish, sheet: rawSheet(HEAD, rawRow(2, ["Emily Carter", ...cells])) });
const shiftOn = (serial: number, wish: Omit<RawWorkbook, "sheet"> = {}) =>
  listed(
    [
      [serial, DAY],
      [8 / 24, CLOCK],
      [17 / 24, CLOCK],
    ],
    wish,
  );
const from = (start: number, end: number, style = CLOCK) =>
  listed([
    [46_357, DAY],
    [start, style],
    [end, style],
  ]);
const READ = "r1 12-01 08:00 9h, 0";

describe("the first day of a workbook", () => {
  it.each([
    ["exceljs/exceljs#1002, Google's empty properties", shiftOn(46_357, { properties: "" }), READ],
    ["exceljs/exceljs#219, 1904", shiftOn(44_895, { properties: ' date1904="1"' }), READ],
    [
      "dtjohnson/xlsx-populate#200, 1904 as a word",
      shiftOn(44_895, { properties: ' date1904="true"' }),
      READ,
    ],
    ["miraisolutions/xlconnect#32, not 1904", shiftOn(46_357, { properties: ' date1904="0"' }), READ],
    [
      "shuchkin/simplexlsx#40, not 1904 as a word",
      shiftOn(46_357, { properties: ' date1904="false"' }),
      READ,
    ],
    ["SheetJS/sheetjs#1470, a day is none less", shiftOn(46_387), "r1 12-31 08:00 9h, 0"],
    [
      "SheetJS/sheetjs#1821, 1904 in an old workbook",
      oldWorkbook(
        [
          {
            name: "x",
            rows: [
              ["Name", "Date", "Start", "End"],
              ["Emily Carter", new Date("2026-12-01"), "8:00", "17:00"],
            ],
          },
        ],
        { is1904: true },
      ),
      READ,
    ],
  ])("%s", async (_, bytes, expected) => {
    expect(await outcome(CSV, bytes)).toBe(expected);
  });
});

describe("times that are parts of a day", () => {
  it.each([
    [
      "dilshod/xlsx2csv#97, 12:18 and no minute less",
      from(0.51249999999999996, 0.8),
      "r1 12-01 12:18 6.9h, 0",
    ],
    [
      "SheetJS/sheetjs#2341, half a second before the minute",
      from((8 * 3600 + 59.5) / 86_400, 0.75),
      "r1 12-01 08:01 9.98h, 0",
    ],
    [
      "SheetJS/sheetjs#2311, some seconds off by another zone",
      from((8 * 3600 - 20) / 86_400, 0.75),
      "r1 12-01 08:00 10h, 0",
    ],
    ["troldal/OpenXLSX#112, a second too few", from(29_399.9999 / 86_400, 0.75), "r1 12-01 08:10 9.83h, 0"],
    [
      "sfirke/janitor#217, a day and a time in one cell",
      listed(["", [46_357.1, MOMENT], [46_357.6, MOMENT]]),
      "r1 12-01 02:24 12h, 0",
    ],
    [
      "ironcalc/IronCalc#1360, all but a moment of a day",
      from(0.5, 0.999_999_999, HOURS),
      "r1 12-01 12:00 12h, 0",
    ],
    ["univer#7648, 30:00 is not 6:00", from(0.25, 1.25, HOURS), "1"],
    ["mogsdad/SheetConverter#13, 37:05 is not 13:05", from(0.25, 37.09 / 24, HOURS), "1"],
    ["NemusLoren/php-excel-reader#187, 32:15 is not 8:15", from(0.25, 32.25 / 24, HOURS), "1"],
    ["nao1215/filesql#301, 36 hours are no day of 1900", from(0.25, 1.5, HOURS), "1"],
    ["tafia/calamine#318, 255 hours are no day of 1900", from(0.25, 255.17 / 24, HOURS), "1"],
    ["qax-os/excelize#2004, a plain number of days", from(0.25, 1.0359, 0), "1"],
  ])("%s", async (_, bytes, expected) => {
    expect(await outcome(CSV, bytes)).toBe(expected);
  });
});

describe("what is hidden", () => {
  const rows = (attributes: string) =>
    rawWorkbook({
      sheet: rawSheet(
        HEAD,
        rawRow(2, ["Emily Carter", "2026-12-01", "8:00", "17:00"], attributes),
        rawRow(3, ["Emily Carter", "2026-12-02", "8:00", "17:00"]),
      ),
    });
  const columns = (attributes: string) =>
    rawWorkbook({
      sheet:
        `<cols><col min="3" max="3"${attributes}/></cols>` +
        rawSheet(
          rawRow(1, ["Name", "1", "2", "3"]),
          rawRow(2, ["Emily Carter", "", "N", ""]),
          rawRow(3, ["a1", "D", "", "D"]),
        ),
    });
  const SECOND = "r1 12-02 08:00 9h, 1";

  it.each([
    ["SheetJS/sheetjs#630, a row that a filter hides", CSV, rows(' hidden="1"'), SECOND],
    ["awalker89/openxlsx#359, as a word", CSV, rows(' hidden="true"'), SECOND],
    ["sparna-git/xls2rdf#29, a row without height", CSV, rows(' ht="0" customHeight="1"'), SECOND],
    [
      "dfinke/ImportExcel#762, a row that is not hidden",
      CSV,
      rows(' hidden="0"'),
      "r1 12-01 08:00 9h, r1 12-02 08:00 9h, 0",
    ],
    [
      "tidyverse/readxl#428, a column",
      MATRIX,
      columns(' width="9" hidden="1"'),
      "a1 12-01 08:00 9h, a1 12-03 08:00 9h, 2",
    ],
    [
      "davidpelfree/sjxlsx#5, a column without width",
      MATRIX,
      columns(' width="0" customWidth="1"'),
      "a1 12-01 08:00 9h, a1 12-03 08:00 9h, 2",
    ],
    [
      "SheetJS/sheetjs#123, a sheet before it",
      CSV,
      shiftOn(46_357, { otherSheets: '<sheet name="SAP" sheetId="9" state="veryHidden" r:id="rId1"/>' }),
      READ,
    ],
    [
      "awalker89/openxlsx#434, a sheet without cells before it",
      CSV,
      shiftOn(46_357, { otherSheets: '<sheet name="modMain" sheetId="18" state="veryHidden" r:id=""/>' }),
      READ,
    ],
    ["SheetJS/sheetjs#2401, the only sheet", CSV, shiftOn(46_357, { state: ' state="hidden"' }), "1"],
    [
      "aspose-cells/Aspose.Cells-for-.NET#73, a sheet of an old workbook",
      CSV,
      oldWorkbook([
        {
          name: "x",
          isHidden: true,
          rows: [
            ["Name", "Date", "Start", "End"],
            ["Emily Carter", "2026-12-01", "8:00", "17:00"],
          ],
        },
      ]),
      "1",
    ],
  ] as const)("%s", async (_, source, bytes, expected) => {
    expect(await outcome(source, bytes)).toBe(expected);
  });
});

describe("readings above Japanese names", () => {
  const own = (strings: string) =>
    rawWorkbook({
      formats: FORMATS,
      strings,
      sheet: rawSheet(
        HEAD,
        rawRow(2, [{ xml: '<c r="@" t="s"><v>0</v></c>' }, [46_357, DAY], [8 / 24, CLOCK], [17 / 24, CLOCK]]),
      ),
    });
  const YOSHIDA = "r2 12-01 08:00 9h, 0";

  it.each([
    [
      "justkawal/excel#228",
      own('<si><t>吉田 兼好</t><rPh sb="0" eb="2"><t>ヨシダ</t></rPh><phoneticPr fontId="1"/></si>'),
    ],
    [
      "pythonicrubyist/creek#77, with a space",
      own(
        '<si><t>吉田 兼好</t><rPh sb="0" eb="2"><t xml:space="preserve">ヨシダ </t></rPh><rPh sb="3" eb="5"><t xml:space="preserve">ケンコウ </t></rPh></si>',
      ),
    ],
    [
      "doy/spreadsheet-parsexlsx#72, of a text in parts",
      own(
        '<si><r><t>吉田</t></r><r><rPr><i/></rPr><t xml:space="preserve"> 兼好</t></r><rPh sb="0" eb="2"><t>ヨシダ</t></rPh></si>',
      ),
    ],
    [
      "rabanti-github/NanoXLSX#25, before the text",
      own('<si><rPh sb="0" eb="2"><t>ヨシダ</t></rPh><t>吉田 兼好</t></si>'),
    ],
    [
      "ExcelDataReader/ExcelDataReader#109, of a text in lines",
      own('<si><t>吉田\n兼好</t><rPh sb="0" eb="2"><t>ヨシダ</t></rPh></si>'),
    ],
    [
      "brechtsanders/xlsxio#9, without a place of its own",
      own("<si><t>吉田 兼好</t><rPh><t>ヨシダ</t></rPh></si>"),
    ],
  ])("%s: are no part of them", async (_, bytes) => {
    expect(await outcome(CSV, bytes)).toBe(YOSHIDA);
  });

  it("trevordixon/excel.js#50: need no strings to be there", async () => {
    expect(await outcome(CSV, shiftOn(46_357, { without: ["xl/sharedStrings.xml"] }))).toBe(READ);
  });
});

describe("a list that Excel took for days in the order of its own machine", () => {
  const list = (...dates: readonly (number | string)[]) =>
    rawWorkbook({
      formats: FORMATS,
      sheet: rawSheet(
        HEAD,
        ...dates.map((date, at) =>
          rawRow(at + 2, ["Emily Carter", typeof date === "string" ? date : [date, DAY], "8:00", "17:00"]),
        ),
      ),
    });

  // 12/11/2026 and 12/12/2026 as serial days; 13/12/2026 is no day in a month first.
  it.each(["DD/MM/YYYY", "MM/DD/YYYY", undefined])("is not used, with dates: %s", async (dates) => {
    const bytes = list(46_367, 46_368, dates === "MM/DD/YYYY" ? "12/13/2026" : "13/12/2026");
    const reading = await readBytes({ ...CSV, ...(dates && { dates }) }, bytes, context);

    expect(reading.entries).toEqual([]);
    expect(reading.notUnderstood).toMatchObject([
      { line: 2, why: { code: "ambiguous-date", text: "2026-12-11" } },
    ]);
  });

  it.each([
    ["a day past the 12th among the days", [46_369, "14/12/2026"], "r1 12-13 08:00 9h, r1 12-14 08:00 9h, 0"],
    ["a text that could be either", [46_368, "11/12/2026", "14/12/2026"], "r1 12-11, r1 12-12, r1 12-14, 0"],
    ["days alone", [46_367, 46_368], "r1 12-11, r1 12-12, 0"],
  ])("is read where it has %s", async (_, dates, expected) => {
    const found = await outcome({ ...CSV, dates: "DD/MM/YYYY" }, list(...dates));

    expect(found.replaceAll(" 08:00 9h", "")).toBe(expected.replaceAll(" 08:00 9h", ""));
  });
});

describe("cells that were made one", () => {
  const merged = (rows: readonly string[], ...places: readonly string[]) =>
    rawWorkbook({
      sheet: `${rawSheet(...rows)}<mergeCells>${places.map((place) => `<mergeCell ref="${place}"/>`).join("")}</mergeCells>`,
    });
  const days = rawRow(1, ["Name", "1", "2", "3"]);

  it.each([
    [
      "ExcelDataReader/ExcelDataReader#729, a name over two rows",
      MATRIX,
      merged(
        [
          days,
          rawRow(2, ["Emily Carter", "D"]),
          rawRow(3, ["", "", "N"]),
          rawRow(4, ["a1", "D"]),
          rawRow(5, ["", "", "N"]),
        ],
        "A2:A3",
        "A4:A5",
      ),
      "r1 12-01 08:00 9h, a1 12-01 08:00 9h, r1 12-02 19:00 12h, a1 12-02 19:00 12h, 0",
    ],
    [
      "shuchkin/simplexlsx#160, a name over three rows of a list",
      CSV,
      merged(
        [
          HEAD,
          ...[1, 2, 3].map((day) =>
            rawRow(day + 1, [day === 1 ? "Emily Carter" : "", `2026-12-0${day}`, "8:00", "17:00"]),
          ),
        ],
        "A2:A4",
      ),
      "r1 12-01 08:00 9h, r1 12-02 08:00 9h, r1 12-03 08:00 9h, 0",
    ],
    [
      "alibaba/easyexcel#1215, a duty over two days",
      MATRIX,
      merged([days, rawRow(2, ["Emily Carter", "C", "", ""]), rawRow(3, ["a1", "D", "D", "D"])], "B2:C2"),
      "r1 12-01 08:00 24h, a1 12-01 08:00 9h, a1 12-02 08:00 9h, a1 12-03 08:00 9h, 0",
    ],
    [
      "cfsimplicity/spreadsheet-cfml#49, with something under them",
      MATRIX,
      merged([days, rawRow(2, ["Emily Carter", "D", "N", ""]), rawRow(3, ["a1", "D", "", ""])], "B2:C2"),
      "r1 12-01 08:00 9h, a1 12-01 08:00 9h, 2",
    ],
    [
      "telerik/kendo-ui-core#4447, with nothing in the first",
      MATRIX,
      merged([days, rawRow(2, ["Emily Carter", "", "N", "D"]), rawRow(3, ["a1", "D", "", ""])], "B2:C2"),
      "a1 12-01 08:00 9h, r1 12-03 08:00 9h, 1",
    ],
    [
      "Icinga/icingaweb2-module-fileshipper#16, the title",
      MATRIX,
      merged(
        [rawRow(1, ["December 2026"]), rawRow(2, ["Name", "1", "2", "3"]), rawRow(3, ["Emily Carter", "D"])],
        "A1:D1",
      ),
      "r1 12-01 08:00 9h, 0",
    ],
  ] as const)("%s", async (_, source, bytes, expected) => {
    expect(await outcome(source, bytes)).toBe(expected);
  });
});

describe("what other programs write", () => {
  const cell = (xml: string) => ({ xml });
  const coded = (...cells: readonly RawCell[]) =>
    rawWorkbook({
      sheet: rawSheet(rawRow(1, ["Name", "1", "2", "3"]), rawRow(2, ["Emily Carter", ...cells])),
    });

  it.each([
    [
      "felipe-prenholato/openpyxl#69, a formula without a result",
      MATRIX,
      coded(cell('<c r="@"><f>VLOOKUP(A2,X:Y,2)</f></c>'), "D"),
      "r1 12-02 08:00 9h, 1",
    ],
    [
      "infiniflow/ragflow#19737, the same with an empty result",
      MATRIX,
      coded(cell('<c r="@"><f>CONCATENATE("D")</f><v></v></c>'), "D"),
      "r1 12-02 08:00 9h, 1",
    ],
    [
      "onyx-dot-app/onyx#13354, a formula with its result",
      MATRIX,
      coded(cell('<c r="@" t="str"><f>"D"</f><v>D</v></c>')),
      "r1 12-01 08:00 9h, 0",
    ],
    [
      "jsonkenl/xlsxir#79, a shared formula's result",
      MATRIX,
      coded(cell('<c r="@" t="str"><f t="shared" si="0"/><v>D</v></c>')),
      "r1 12-01 08:00 9h, 0",
    ],
    ["SheetJS/sheetjs#271, a prefix before each name", CSV, shiftOn(46_357, { prefix: "x" }), READ],
    ["redraiment/rusty-sheet#4, another one", CSV, shiftOn(46_357, { prefix: "ns0" }), READ],
    [
      "ExcelDataReader/ExcelDataReader#498, the names of strict files",
      CSV,
      shiftOn(46_357, { isStrict: true }),
      READ,
    ],
    [
      "JanKallman/EPPlus#134, days as text of strict files",
      CSV,
      listed([cell('<c r="@" t="d"><v>2026-12-01</v></c>'), "8:00", "17:00"], { isStrict: true }),
      READ,
    ],
    [
      "ringabout/xlsx#23, no places",
      CSV,
      rawWorkbook({
        sheet: `<dimension ref="A1"/>${rawSheet(HEAD, rawRow(2, ["Emily Carter", "2026-12-01", "8:00", "17:00"])).replaceAll(/ r="[A-Z]*\d+"/gu, "")}`,
      }),
      READ,
    ],
    [
      "yukiyokotani/office-open-xml-viewer#833, rows without a number",
      CSV,
      rawWorkbook({
        sheet: rawSheet(HEAD, rawRow(2, ["Emily Carter", "2026-12-01", "8:00", "17:00"])).replaceAll(
          /<row r="\d+"/gu,
          "<row",
        ),
      }),
      READ,
    ],
    ["exceljs/exceljs#1108, times as texts", CSV, listed([[46_357, DAY], "08:00", "17:00"]), READ],
  ] as const)("%s", async (_, source, bytes, expected) => {
    expect(await outcome(source, bytes)).toBe(expected);
  });

  it.each([
    ["SheetJS/sheetjs#1178", "<html>\n<table><tr><th>Name</th></tr></table></html>"],
    ["SheetJS/sheetjs#458", '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head></head></html>'],
    ["extrabacon/pyspreadsheet#3", "<html>\n<body></body></html>"],
    [
      "SheetJS/sheetjs#1854, XML of Excel 2003",
      '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    ],
  ])("%s: a page in place of a workbook says nothing, and is named once", async (_, text) => {
    expect(await outcome(MATRIX, new TextEncoder().encode(text))).toBe("1");
  });
});
