import type { WriteSheet } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { onDay, workbook } from "#test/support/rosters/workbooks.ts";
import { contextOf, spans } from "./context.ts";

const context = contextOf({
  timeZone: "UTC",
  people: [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "田中 真理" })],
  from: "2026-11-01T00:00",
  to: "2027-04-01T00:00",
});

const read = async (sheets: readonly WriteSheet[], source: Partial<RosterSource> = {}) => {
  const reading = await readBytes(
    { name: "r.xlsx", format: "matrix", ...source },
    await workbook(sheets),
    context,
  );
  return {
    reading,
    /** "12-05 r1" for each shift. */
    shifts: spans(reading).map((span) => `${span.slice(8, 13)} ${span.slice(0, 2)}`),
    told: reading.notUnderstood.map(({ file, line, why }) =>
      [line === undefined ? file : `${file}:${line}`, why.code, why.text ?? ""].join(" ").trim(),
    ),
  };
};

type Days = readonly (readonly [day: number, who: string | null])[];

/** A sheet of 当直, a line for each day. */
const duties = (
  name: string,
  title: string | null,
  days: Days,
  more: Partial<WriteSheet> = {},
): WriteSheet => ({
  name,
  rows: [[title], ["日付", "当直"], ...days.map((day) => [...day])],
  ...more,
});
const DECEMBER = duties("12月", "2026年12月 当直表", [
  [30, "佐藤"],
  [31, "田中"],
]);
const JANUARY = duties("2027年1月", "当直表", [
  [1, "田中"],
  [2, "佐藤"],
]);
const BOTH = ["12-30 r1", "12-31 a1", "01-01 a1", "01-02 r1"];

describe("a workbook with a sheet for each month", () => {
  it("is read as one roster, which speaks for the days of all", async () => {
    const { reading, shifts, told } = await read([DECEMBER, JANUARY]);

    expect(shifts).toEqual(BOTH);
    expect(told).toEqual([]);
    expect(reading.covers).toEqual({ from: Date.UTC(2026, 11, 30), to: Date.UTC(2027, 0, 3) });
    expect(reading.accounts?.counts).toMatchObject({ read: 4, leftOut: 0 });
  });

  it("is so in English, whichever form its tables have", async () => {
    const codes = { D: "07:00-19:00", Night: "19:00-07:00" };
    const across: WriteSheet = {
      name: "Dec 2026",
      rows: [
        ["Name", 30, 31],
        ["r1", "D", "D"],
        ["a1", null, "D"],
      ],
    };
    const down: WriteSheet = {
      name: "Jan",
      rows: [["January 2027"], ["Date", "Night"], [1, "a1"], [2, "r1"]],
    };

    const { shifts, told } = await read([across, down], { codes });

    expect(shifts).toEqual(["12-30 r1", "12-31 r1", "12-31 a1", "01-01 a1", "01-02 r1"]);
    expect(told).toEqual([]);
  });

  it("is so of lists, too", async () => {
    const list = (name: string, date: string): WriteSheet => ({
      name,
      rows: [
        ["person", "start", "end"],
        ["r1", `${date} 08:00`, `${date} 17:00`],
      ],
    });

    const { shifts } = await read([list("Dec", "2026-12-30"), list("Jan", "2027-01-02")], { format: "csv" });

    expect(shifts).toEqual(["12-30 r1", "01-02 r1"]);
  });

  it("takes nothing back on days between its months", async () => {
    const { reading } = await read([
      DECEMBER,
      duties("2027年2月", null, [
        [1, "佐藤"],
        [2, "佐藤"],
      ]),
    ]);

    expect(reading.covers?.without).toEqual([{ from: Date.UTC(2027, 0, 1), to: Date.UTC(2027, 1, 1) }]);
  });

  it("says on which sheet something was left out", async () => {
    const { shifts, told } = await read([
      DECEMBER,
      duties("2027年1月", null, [
        [1, "田中→佐藤"],
        [2, "佐藤"],
      ]),
    ]);

    expect(shifts).toEqual(["12-30 r1", "12-31 a1", "01-02 r1"]);
    expect(told).toEqual(["r.xlsx, 2027年1月:3 two-readings 田中→佐藤"]);
  });

  it("names a sheet with days that cannot be read, and one whose year nothing says", async () => {
    const wrong = duties("2027年1月", null, [
      [1, "田中"],
      [1, "佐藤"],
      [2, "佐藤"],
    ]);
    const bare = duties("2月", null, [
      [1, "田中"],
      [2, "佐藤"],
    ]);

    const { shifts, told } = await read([DECEMBER, wrong, bare]);

    expect(shifts).toEqual(["12-30 r1", "12-31 a1"]);
    expect(told).toEqual(["r.xlsx, 2027年1月:4 no-date 1", "r.xlsx, 2月:2 no-month"]);
  });

  it("takes the year of all its months from the first, once somebody says it", async () => {
    const sheets = [
      duties("12月", null, [
        [30, "佐藤"],
        [31, "田中"],
      ]),
      duties("1月", null, [
        [1, "田中"],
        [2, "佐藤"],
      ]),
    ];

    expect((await read(sheets)).told).toEqual(["r.xlsx:2 no-month"]);
    expect((await read(sheets, { month: "2026-12" })).shifts).toEqual(BOTH);
  });

  it("has notes, which are passed over", async () => {
    const { shifts, told } = await read([DECEMBER, JANUARY, { name: "連絡", rows: [["事務", "内線 1234"]] }]);

    expect(shifts).toEqual(BOTH);
    expect(told).toEqual([]);
  });
});

// domain: Two readings that contradict
describe("of a workbook's sheets is named and not read", () => {
  it.each(["11月(旧)", "Nov old", "11月 案", "ひな形", "Template"])("one that is called %s", async (name) => {
    const old = duties(name, "2026年11月", [
      [29, "佐藤"],
      [30, "田中"],
    ]);

    const { shifts, told } = await read([old, DECEMBER, JANUARY]);

    expect(shifts).toEqual(BOTH);
    expect(told).toEqual([`r.xlsx old-sheet ${name}`]);
  });

  it("one without shifts, which takes nothing back", async () => {
    const empty: WriteSheet = {
      name: "2027年2月",
      rows: [
        ["氏名", 1, 2, 3],
        ["佐藤 健", null, null, null],
      ],
    };

    const { reading, shifts, told } = await read([DECEMBER, JANUARY, empty]);

    expect(shifts).toEqual(BOTH);
    expect(told).toEqual(["r.xlsx empty-sheet 2027年2月"]);
    expect(reading.covers?.to).toBe(Date.UTC(2027, 0, 3));
  });

  it("a hidden month, also beside a single one", async () => {
    const hidden = { ...JANUARY, hidden: true };

    expect((await read([DECEMBER, hidden])).told).toEqual(["r.xlsx hidden-sheet 2027年1月"]);
    expect((await read([DECEMBER, hidden])).shifts).toEqual(["12-30 r1", "12-31 a1"]);
    expect((await read([DECEMBER, hidden], { sheet: "2027年1月" })).shifts).toEqual(["01-01 a1", "01-02 r1"]);
  });

  it("a day of two sheets that say different things of it; the same counts once", async () => {
    const days = (who: string): WriteSheet => ({
      name: "2027年1月",
      rows: [
        ["日付", "当直"],
        [onDay("2026-12-30"), who],
        [onDay("2026-12-31"), "田中"],
        ...[1, 2, 3, 4, 5].map((day) => [onDay(`2027-01-0${day}`), "佐藤"]),
      ],
    });
    const long = duties(
      "12月",
      "2026年12月",
      [27, 28, 29, 30, 31].map((day) => [day, day === 31 ? "田中" : "佐藤"] as const),
    );

    const differing = await read([long, days("田中")]);
    const same = await read([long, days("佐藤")]);

    expect(differing.told).toEqual(["r.xlsx days-twice 2026-12-30 (12月, 2027年1月)"]);
    expect(differing.shifts.filter((one) => one.startsWith("12-3"))).toEqual(["12-31 a1", "12-31 a1"]);
    expect(differing.reading.covers?.without).toContainEqual({
      from: Date.UTC(2026, 11, 30),
      to: Date.UTC(2026, 11, 31),
    });
    expect(differing.reading.accounts?.counts).toMatchObject({ read: 10, leftOut: 2 });
    expect(same.told).toEqual([]);
  });

  it("any of several sheets of the same days: which one it is is asked", async () => {
    const { reading, told } = await read([DECEMBER, { ...DECEMBER, name: "外科" }, JANUARY]);

    expect(reading.unreadable).toBe(true);
    expect(told).toEqual(["r.xlsx which-sheet 12月/外科/2027年1月"]);
  });
});

describe("cells that were made one", () => {
  const merged = (merges: WriteSheet["merges"], rows: WriteSheet["rows"]): WriteSheet => ({
    name: "2026年12月",
    rows: rows!,
    merges: merges!,
  });

  it("count for all their rows, in whichever column", async () => {
    const down = (startRow: number, startCol: number, endRow: number) => ({
      startRow,
      startCol,
      endRow,
      endCol: startCol,
    });
    const names = merged(
      [down(0, 3, 1), down(2, 3, 3)],
      [
        ["日付", "曜日", "日直", "当直"],
        [null, null, "8:30～17:00", null],
        [5, "土", "佐藤", "田中"],
        [6, "日", "佐藤", null],
      ],
    );
    const codes = merged(
      [down(1, 4, 2)],
      [
        ["氏名", 1, 2, 3, 4],
        ["佐藤 健", "日", "日", null, "当直"],
        ["田中 真理", "日", null, null, null],
      ],
    );

    expect((await read([names])).shifts).toEqual(["12-05 r1", "12-05 a1", "12-06 r1", "12-06 a1"]);
    expect((await read([names])).told).toEqual([]);
    expect((await read([codes])).shifts).toEqual([
      "12-01 r1",
      "12-01 a1",
      "12-02 r1",
      "12-04 r1",
      "12-04 a1",
    ]);
  });

  it("count for the first of several duties under which a name stands, and are named", async () => {
    const across = [{ startRow: 1, startCol: 1, endRow: 1, endCol: 2 }];
    const names = merged(across, [
      ["日付", "日直", "当直"],
      [5, "佐藤", null],
      [6, "田中", "佐藤"],
    ]);

    expect((await read([names])).told).toEqual(["r.xlsx:2 made-one 佐藤"]);
    expect((await read([names])).shifts).toEqual(["12-05 r1", "12-06 a1", "12-06 r1"]);
  });
});
