import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* A table whose own lines say the hours of its codes: these count before the usual ones. */

const people = [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "田中 真理" })];
const context = contextOf({ timeZone: "UTC", people });
const TABLE = ["氏名,5,6,7", "佐藤 健,日,準,休", "田中 真理,日,日,"];
const read = (lines: readonly string[], source: Partial<RosterText> = {}) =>
  matrix({ file: "x.csv", text: lines.join("\n"), month: "2026-12", ...source }, context);
const hours = (...given: Parameters<typeof read>): readonly string[] => [
  ...new Set(
    read(...given)
      .entries.filter(({ kind }) => kind === "duty")
      .map(
        ({ label, start, end }) =>
          `${label} ${[start, end].map((at) => new Date(at).toISOString().slice(11, 16)).join("-")}`,
      ),
  ),
];
const messages = (...given: Parameters<typeof read>) =>
  read(...given).notUnderstood.map(({ message }) => message);
const STATED = ["日 08:00-16:30", "準 16:00-00:30"];
const USUAL = ["日 08:30-17:15", "準 16:30-01:15"];

describe("the hours of a legend", () => {
  it.each([
    ["rows below", [], ["記号,時間,,", "日,8:00～16:30,,", "準,16:00～0:30,,"]],
    [
      "rows below, with names and days off",
      [],
      ["凡例", "日,日勤,8:00～16:30,", "準,準夜,16:00～翌0:30,", "休,公休,,", "Z,研修,9:00～15:00,"],
    ],
    ["one line below", [], ["※日 8:00～16:30　準 16:00～0:30,,,"]],
    ["one line above", ["日：8:00～16:30、準：16:00～0:30"], []],
    ["brackets and a break", ["勤務時間 日(8:00～16:30)（休憩1時間） 準(16:00～0:30)"], []],
    ["kanji", [], ["日＝8時～16時30分 準＝16時～0時30分"]],
    ["cells side by side", [], ["日,8:00-16:30,準,16:00-0:30"]],
    ["four digits", ["日 0800-1630 / 準 1600-0030"], []],
  ])("count, and its rows are nobody's: %s", (_, above, below) => {
    const lines = [...above, ...TABLE, "", ...below];

    expect(hours(lines)).toEqual(STATED);
    expect(messages(lines)).toEqual([]);
    const { read: shifts, skipped, leftOut } = read(lines).accounts!.counts;
    const filled = lines
      .join(",")
      .split(",")
      .filter((text) => text.trim() !== "").length;
    expect(shifts + leftOut + Object.values(skipped).reduce((sum, one) => sum + one, 0)).toBe(filled);
  });

  it("make codes known that nothing else knows", () => {
    expect(
      hours(["氏名,5,6", "佐藤 健,D,N", "", "D = Day shift 07:00-19:00", "N = Night 19:00-07:00"]),
    ).toEqual(["D 07:00-19:00", "N 19:00-07:00"]);
  });

  // domain: Two readings that contradict
  it.each([
    ["two spans for one code", ["日 8:00～16:30", "日 9:00～17:30"]],
    ["other hours at weekends", ["日 平日 8:00～16:30 休日 9:00～17:00"]],
    ["hours that may be of 12", ["日 8:30～5:15"]],
    ["an end on the next day, after its start", ["日 8:00～翌16:30"]],
  ])("leave the code's shifts out, and name it, for %s", (_, legend) => {
    const lines = [...TABLE, ...legend];

    expect(hours(lines)).toEqual(USUAL.slice(1));
    expect(messages(lines)[0]).toMatch(/^the hours of "日" are not clear from /u);
  });

  it("do not count before what program.yaml states, and are named where they differ", () => {
    const codes = { 日: "08:30-17:15" };
    const lines = [...TABLE, "日,8:00～16:30", "準,16:00～0:30"];

    expect(hours(lines, { codes })).toEqual([USUAL[0], STATED[1]]);
    expect(messages(lines, { codes })).toEqual([
      'the file says "日 8:00~16:30", and `codes` in program.yaml says other hours, which count',
    ]);
    expect(messages(lines, { codes: { 日: "8:00-16:30" } })).toEqual([]);
    expect(messages([...TABLE, "日 平日 8:00～16:30 休日 9:00～17:00"], { codes })).toEqual([]);
  });

  it.each([
    ["a break", "日 休憩 12:00～15:00"],
    ["a meeting", "日 8:15～8:30"],
    ["a telephone", "日 0312-2111"],
    ["a period", "日 12/1～12/31"],
    ["another word", "外来 9:00～17:00"],
  ])("are none in a line about %s", (_, line) => {
    expect(hours([line, ...TABLE])).toEqual(USUAL);
  });

  it("are not looked for in the row of somebody whom nobody knows", () => {
    const lines = [...TABLE, "山田 太郎,日,日 8:00～16:30,準"];

    expect(hours(lines)).toEqual(USUAL);
    expect(read(lines).notUnderstood.map(({ why }) => why.code)).toEqual(["nobody"]);
  });

  it("are those that the file says, whatever they are", () => {
    const time = fc.integer({ min: 0, max: 47 }).map((half) => half * 30);
    const clock = (minutes: number, pad: number) =>
      `${String(Math.floor(minutes / 60)).padStart(pad, "0")}:${minutes % 60 === 0 ? "00" : "30"}`;
    fc.assert(
      fc.property(time, fc.integer({ min: 6, max: 48 }), fc.boolean(), (start, halves, isLine) => {
        const end = (start + halves * 30) % 1_440;
        const span = `${clock(start, 1)}～${clock(end, 1)}`;
        const lines = [
          ...TABLE,
          "",
          ...(isLine ? [`※準 16:00～0:30 日 ${span}`] : ["準,16:00～0:30", `日,${span}`]),
        ];

        const found = hours(lines).find((one) => one.startsWith("日"));
        expect([`日 ${clock(start, 2)}-${clock(end, 2)}`, undefined]).toContain(found);
        expect(found !== undefined || messages(lines).length > 0).toBe(true);
      }),
    );
  });
});
