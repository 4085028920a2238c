import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

/* Whose hours a line of a legend states: each code has its own, or is left out and named; none has those of another one. */

const people = [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "Emily Carter" })];
const context = contextOf({ timeZone: "UTC", people });

/** A table in which the first person has each code on a day, with lines below it. */
function readingOf(codes: readonly string[], lines: readonly string[]) {
  const days = codes.map((_, at) => at + 1);
  const quoted = lines.map((line) => `"${line}"${",".repeat(codes.length + 1)}`);
  const rows = [`氏名,${days.join(",")},31`, `佐藤 健,${codes.join(",")},`, ...quoted];
  return matrix({ file: "x.csv", text: rows.join("\n"), month: "2026-12" }, context);
}

/** What each code was read as: its hours, "off", or "left out" where a message names it; "" is silence. */
function readAs(codes: readonly string[], lines: readonly string[]): Readonly<Record<string, string>> {
  const { entries, notUnderstood } = readingOf(codes, lines);
  const said = notUnderstood.map(({ message }) => message).join("\n");
  return Object.fromEntries(
    codes.map((code) => {
      const own = entries.filter(({ label }) => label === code);
      const times = own.map(({ kind, start, end }) =>
        kind === "absence"
          ? "off"
          : [start, end].map((at) => new Date(at).toISOString().slice(11, 16)).join("-"),
      );
      return [code, times.join() || (said.includes(`"${code}"`) ? "left out" : "")];
    }),
  );
}

describe("each code has its own hours", () => {
  it.each([
    ["three digits", "D 700-1900  N 1900-0700", { D: "07:00-19:00", N: "19:00-07:00" }],
    ["three digits and signs", "D=700-1530; N=1900-730", { D: "07:00-15:30", N: "19:00-07:30" }],
    ["half past", "日：8時半～17時　夜：17時～翌9時", { 日: "08:30-17:00", 夜: "17:00-09:00" }],
    ["half past at the end", "※日＝8時～16時半、夜＝16時半～翌9時", { 日: "08:00-16:30", 夜: "16:30-09:00" }],
    [
      "days off between them",
      "休：公休　日：8:00～16:30　明：夜勤明け　夜：16:00～9:00",
      { 休: "off", 日: "08:00-16:30", 明: "", 夜: "16:00-09:00" },
    ],
    [
      "a day off, with spaces alone",
      "日 8:00～16:30 明 夜勤明け 夜 16:00～9:00 休 公休",
      { 日: "08:00-16:30", 明: "", 夜: "16:00-09:00", 休: "off" },
    ],
    [
      "signs of equality",
      "V = vacation; D = 7a-7p; N = 7p-7a; PC = post-call; C = 7a-7a",
      { V: "left out", D: "07:00-19:00", N: "19:00-07:00", PC: "left out", C: "07:00-07:00" },
    ],
    [
      "spaces alone",
      "D=7a-7p N=7p-7a V=vacation X=off PTO=paid time off B=7a-7a",
      { D: "07:00-19:00", N: "19:00-07:00", V: "left out", X: "left out", PTO: "left out", B: "07:00-07:00" },
    ],
    ["commas", "D 7a-5p, PC post-call, C 7a-7a", { D: "07:00-17:00", PC: "left out", C: "07:00-07:00" }],
    [
      "names beside them",
      "D: Day 7a-7p; N: Night 7p-7a; PTO: vacation; B: Backup 7a-7a",
      { D: "07:00-19:00", N: "19:00-07:00", PTO: "left out", B: "07:00-07:00" },
    ],
    ["brackets", "V (vacation), D (7a-7p), N (7p–7a)", { V: "left out", D: "07:00-19:00", N: "19:00-07:00" }],
    ["one stroke for two", "日/早 8:00～16:30　夜 16:00～9:00", { 日: "08:00-16:30", 早: "08:00-16:30" }],
    ["a telephone before", "内線 1234-5678　日 8:00～16:30", { 日: "08:00-16:30" }],
    ["numbers in circles", "①日 8:00～16:30 ②夜 16:00～9:00", { 日: "08:00-16:30", 夜: "16:00-09:00" }],
    ["a stroke right behind", "日：8:00～16:30／夜：16:00～9:00", { 日: "08:00-16:30", 夜: "16:00-09:00" }],
    ["dashes", "D - Day shift 7:00-19:00 / N-19:00-7:00", { D: "07:00-19:00", N: "19:00-07:00" }],
    [
      "how the duty is called at length",
      "日勤者は8:00～16:30勤務、夜勤帯 16:00～翌9:00",
      { 日: "08:00-16:30", 夜: "16:00-09:00" },
    ],
    ["a period", "2026年12月1日～31日　日 8:00～16:30", { 日: "08:00-16:30" }],
    ["leaders", "日……8:00～16:30　夜……16:00～9:00", { 日: "08:00-16:30", 夜: "16:00-09:00" }],
    [
      "a break",
      "日 8:00～16:30（休憩12:00～13:00）　夜 16:00～9:00",
      { 日: "08:00-16:30", 夜: "16:00-09:00" },
    ],
  ])("after %s", (_, line, expected) => {
    expect(readAs(Object.keys(expected), [line])).toEqual(expected);
  });
});

describe("hours that nobody can tell", () => {
  // domain: Two readings that contradict
  it.each([
    ["a half in words", "日：午前8時～午後5時　夜：17時～翌9時", { 日: "left out", 夜: "17:00-09:00" }],
    ["half a day in letters", "D 7-3p; N 7p-7a", { D: "left out", N: "19:00-07:00" }],
    ["a start alone", "日 8:00始業　夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["noon and midnight", "日 8:00～正午、夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["bare numbers", "日 8-17　夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["hours of a clock's face", "D 700-300; N 300-1100", { D: "left out", N: "left out" }],
    ["hours of a clock's face in Japanese", "日 8時～5時", { 日: "left out" }],
    ["two parts", "日 8:00～12:00、13:00～17:00　夜 17:00～9:00", { 日: "left out", 夜: "17:00-09:00" }],
    ["codes behind their hours", "8:00～16:30 日 16:00～9:00 夜", { 日: "left out", 夜: "left out" }],
    [
      "codes behind them in brackets",
      "8:00～16:30（日）16:00～9:00（夜）",
      { 日: "left out", 夜: "left out" },
    ],
    ["a code without hours before", "日 夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["a day off with hours", "有 有給 8:00～16:30　日 8:00～16:30", { 有: "left out", 日: "08:00-16:30" }],
    ["leave with hours", "V = vacation 7a-7p; D = 7a-7p", { V: "left out", D: "07:00-19:00" }],
    [
      "somebody's own",
      "日 8:00～16:30　夜 16:00～9:00　佐藤の日は9:00～17:30",
      { 日: "left out", 夜: "16:00-09:00" },
    ],
    ["somebody named", "日 8:00～16:30　佐藤 夜 9:00～17:30", { 日: "08:00-16:30", 夜: "left out" }],
    ["somebody's in English", "D 7a-7p, N 7p-7a, Carter's D 9a-5p", { D: "left out", N: "19:00-07:00" }],
    [
      "one day alone",
      "日 8:00～16:30（12/1のみ9:00～17:30）　夜 16:00～9:00",
      { 日: "left out", 夜: "16:00-09:00" },
    ],
    ["weekdays alone", "日 8:00～16:30（平日のみ）　夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["letters before the times", "日 AM8:00～PM4:30　夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["a sentence", "勤務時間は日8:00～16:30、夜16:00～9:00です。", { 日: "left out", 夜: "16:00-09:00" }],
    [
      "an earlier end",
      "日 8:00～16:30（水曜日は13時まで）　夜 16:00～9:00",
      { 日: "left out", 夜: "16:00-09:00" },
    ],
    [
      "an earlier end of some",
      "日 8:00～16:30（研修医は15:00まで）　夜 16:00～9:00",
      { 日: "left out", 夜: "16:00-09:00" },
    ],
    ["days from to", "日 8:00～16:30（月～金）　夜 16:00～9:00", { 日: "left out", 夜: "16:00-09:00" }],
    ["a weekday", "日 8:00～16:30 土は8:00～12:30　夜 16:00～9:00", { 日: "left out", 夜: "left out" }],
    ["an exception", "日 8:00～16:30　夜 16:00～9:00　※12/24は13:00まで", { 日: "left out", 夜: "left out" }],
    ["an exception in English", "D 7a-7p; N 7p-7a except Carter", { D: "left out", N: "left out" }],
  ])("%s: the code is left out and named", (_, line, expected) => {
    expect(readAs(Object.keys(expected), [line])).toEqual(expected);
  });
});

/* Any legend: what is read is what it says. */

const DASHES = ["-", "–", "—", "~", "～", "〜", "−", "ー", "－", "―", "‐", "→", " - ", " to ", "から"];
const clock = (at: number, colon = ":", pad = 2) =>
  `${String(Math.floor(at / 60)).padStart(pad, "0")}${colon}${String(at % 60).padStart(2, "0")}`;
/** Ways to write a time; all say which half of the day is meant. */
const WAYS = [
  (at: number) => clock(at),
  (at: number) => clock(at, ""),
  (at: number) => clock(at, "", 1),
  (at: number) => clock(at, "."),
  (at: number) => `${clock(at, "")} hrs`,
  (at: number) => `${Math.floor(at / 60)}時${at % 60 === 0 ? "" : "半"}`,
  (at: number) => `${Math.floor(at / 60)}時${at % 60 === 0 ? "" : "30分"}`,
  (at: number) => clock((at % 720) + (at % 720 < 60 ? 720 : 0), ":", 1) + (at < 720 ? "a" : "pm"),
  (at: number) => `午${at < 720 ? "前" : "後"}${Math.floor((at % 720) / 60)}時${at % 60 === 0 ? "" : "半"}`,
] as const;
const half = fc.integer({ min: 0, max: 47 }).map((one) => one * 30);
const hours = fc.record({ start: half, halves: fc.integer({ min: 7, max: 40 }) });
/** A code with its hours, or with what a day off is called. */
const CODES = ["日", "夜", "準", "D", "N", "ER1"];
const OFF = ["休", "有", "V", "PC", "明"];
const CALLED: Readonly<Record<string, string>> = {
  休: "公休",
  有: "有給",
  V: "vacation",
  PC: "post-call",
  明: "夜勤明け",
};

const legends = fc.record({
  codes: fc.uniqueArray(fc.constantFrom(...CODES, ...OFF), { minLength: 2, maxLength: 6 }),
  spans: fc.array(hours, { minLength: 6, maxLength: 6 }),
  dash: fc.constantFrom(...DASHES),
  way: fc.constantFrom(...WAYS),
  other: fc.constantFrom(...WAYS),
  sign: fc.constantFrom(" ", "：", "=", " = ", ": ", "　", " ("),
  between: fc.constantFrom("　", "、", "; ", ", ", " / ", "/", "／", " ", " | ", "。", "　①"),
});

it("no code of any legend has other hours than its own, and none is read without a word", () => {
  fc.assert(
    fc.property(legends, ({ codes, spans, dash, way, other, sign, between }) => {
      const truth = new Map<string, string>();
      const parts = codes.map((code, at) => {
        const { start, halves } = spans[at]!;
        const end = (start + halves * 30) % 1_440;
        const close = sign === " (" ? ")" : "";
        if (OFF.includes(code)) return `${code}${sign}${CALLED[code]}${close}`;
        truth.set(code, `${clock(start)}-${clock(end)}`);
        const write = at % 2 === 0 ? way : other;
        return `${code}${sign}${write(start)}${dash}${write(end)}${close}`;
      });

      for (const [code, read] of Object.entries(readAs(codes, [parts.join(between)]))) {
        const allowed =
          code === "明"
            ? ["", "left out"]
            : OFF.includes(code)
              ? ["off", "left out"]
              : [truth.get(code), "left out"];
        expect(allowed, `${code} of ${parts.join(between)}`).toContain(read);
      }
    }),
    { numRuns: campaignSize({ usual: 300, long: 3_000 }) },
  );
});
