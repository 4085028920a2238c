import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CellValue } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { checkPrograms } from "#src/config/load-programs.ts";
import { readingContextOf } from "#src/roster/reading/read-roster.ts";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import type { ReadingContext, RosterReading } from "#src/roster/text/reader.ts";
import { onDay, workbook } from "#test/support/rosters/workbooks.ts";
import { contextOf } from "./context.ts";

/* The books of every roster among the fixtures add up to what stands in it, counted here by its bare text. */

const FIXTURES = fileURLToPath(new URL("../../fixtures/", import.meta.url));
const MAPPED = { person: "氏名", date: "日付", start: "開始", end: "終了", label: "勤務" };

interface Fixture {
  readonly name: string;
  readonly path: string;
  readonly source: RosterSource;
  readonly context: ReadingContext;
}

/** Rosters that a program.yaml beside them describes. */
const described = globSync("**/program.yaml", { cwd: FIXTURES }).flatMap((file): readonly Fixture[] => {
  const path = join(FIXTURES, file);
  const { program, sources = [] } = checkPrograms([path], [{ name: "slack" }, { name: "teams" }])
    .programs[0]!;
  if (program === undefined) return [];
  const context = { ...readingContextOf(program), inFull: true };
  return sources.flatMap((source) =>
    source.path === undefined
      ? []
      : [{ name: join(dirname(file), source.name), path: source.path, source, context }],
  );
});

/** Those of test/fixtures/roster, whose names say what they are. */
const named = globSync("roster/*.{ics,csv}", { cwd: FIXTURES }).map((file): Fixture => {
  const name = basename(file);
  const context = { ...contextOf(), inFull: true };
  const path = join(FIXTURES, file);
  const kind = /^(?:amion-619|amion-625c|matrix)/u.exec(name)?.[0];
  if (name.endsWith(".ics")) return { name: file, path, context, source: { name, format: "icalendar" } };
  if (kind !== undefined)
    return { name: file, path, context, source: { name, format: kind as RosterSource["format"] } };
  const encoding = name.includes("euc") ? { encoding: "euc-jp" as const } : {};
  return { name: file, path, context, source: { name, format: "csv", columns: MAPPED, ...encoding } };
});

const ALL = [...described, ...named];

/** Lines of a list, cells of a table, events of a calendar. */
function thingsIn(text: string, { format }: RosterSource): number {
  if (format === "icalendar") return text.match(/^BEGIN:VEVENT/gmu)?.length ?? 0;
  const cells = text
    .split(/\r\n|\n|\r/u)
    .filter((line) => !/^\uFEFF?sep=/u.test(line))
    .map((line) => line.replaceAll(/"[^"]*"/gu, "x"))
    .map((line) => line.split(/[,;\t]/u).filter((cell) => /[^\s\uFEFF]/u.test(cell)).length);
  return format === "matrix" ? cells.reduce((sum, count) => sum + count, 0) : cells.filter(Boolean).length;
}

function accountedFor({ accounts }: RosterReading): number {
  const { read = 0, skipped = {}, leftOut = 0 } = accounts?.counts ?? {};
  return read + leftOut + Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

// domain: Every cell, line and event
describe("the books of every fixture", () => {
  it("are there for more than thirty rosters in four formats", () => {
    expect(ALL.length).toBeGreaterThan(30);
    expect(new Set(ALL.map(({ source }) => source.format)).size).toBeGreaterThan(3);
  });

  it.each(ALL)("add up to what stands in $name, each thing named once", async ({ path, source, context }) => {
    const bytes = new Uint8Array(readFileSync(path));

    const reading = await readBytes(source, bytes, context);

    expect(accountedFor(reading)).toBe(thingsIn(decode(bytes, source.encoding), source));
    const list = reading.accounts!.list;
    expect(list).toHaveLength(accountedFor(reading));
    expect(new Set(list.map(({ line, field }) => `${line} ${field}`)).size).toBe(list.length);
    expect(list.flatMap((one) => (one.fate === "read" ? one.entries : []))).toHaveLength(
      reading.entries.length,
    );
  });
});

describe("the books of a workbook", () => {
  const rows: readonly (readonly CellValue[])[] = [
    ["ED schedule", null, null],
    ["Name", onDay("2026-03-02"), onDay("2026-03-03")],
    ["Name r1", "D", null],
    ["Name a1", "x", "D"],
    ["Visitor", "D", "D"],
    ["Total", 1, 2],
  ];
  const cells = rows.flat().filter((cell) => cell !== null).length;
  const source: RosterSource = { name: "x.xlsx", format: "matrix", codes: { D: "08:00-17:00" } };
  const context = { ...contextOf(), inFull: true };

  it.each([
    ["as it is", {}],
    ["with a hidden row", { rowDefs: new Map([[3, { hidden: true }]]) }],
    ["with a hidden column", { columns: [{}, {}, { hidden: true }] }],
    ["with two cells made one", { merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }] }],
  ])("add up to its cells %s", async (_, more) => {
    const bytes = await workbook([{ name: "March", rows: rows.map((row) => [...row]), ...more }]);

    expect(accountedFor(await readBytes(source, bytes, context))).toBe(cells);
  });

  it("add up to the lines of a list", async () => {
    const list = [
      ["Roster of March", null, null],
      ["person", "start", "end"],
      ["Name r1", "2026-03-02 08:00", "2026-03-02 17:00"],
      ["nobody", "2026-03-02 08:00", "2026-03-02 17:00"],
    ];
    const bytes = await workbook([{ name: "March", rows: list }]);

    expect(accountedFor(await readBytes({ name: "x.xlsx", format: "csv" }, bytes, context))).toBe(
      list.length,
    );
  });
});
