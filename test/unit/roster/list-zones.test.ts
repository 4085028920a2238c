import { describe, expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

/* Lists that say of themselves in which zone their times are. */

const people = [someone("r1", { name: "Emily Carter" }), someone("a1", { name: "佐藤 健" })];
const programIn = (timeZone: string) => contextOf({ timeZone, people });
const NEW_YORK = programIn("America/New_York");
const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };

/** "r1 2026-…": what is read; and the texts that are named. */
function outcome(text: string, source: Partial<RosterText> = {}, context = NEW_YORK) {
  const reading = csv({ file: "x.csv", text, columns, ...source }, context);
  return [...spans(reading), ...reading.notUnderstood.map(({ why }) => `${why.code}: ${why.text ?? ""}`)];
}

const IN_PROGRAM = ["r1 2026-12-01T12:00:00Z 2026-12-01T22:00:00Z"];
const IN_UTC = ["r1 2026-12-01T07:00:00Z 2026-12-01T17:00:00Z"];

describe("headings", () => {
  const under = (start: string, end: string, days = "") =>
    days === ""
      ? outcome(`Name,${start},${end}\nEmily Carter,2026-12-01 07:00,2026-12-01 17:00`, {
          columns: { person: "Name", start, end },
        })
      : outcome(`Name,${days},${start},${end}\nEmily Carter,2026-12-01,07:00,17:00`, {
          columns: { person: "Name", date: days, start, end },
        });

  it.each([
    ["UTC in brackets", "Start (UTC)", "End (UTC)", "", IN_UTC],
    ["UTC as one word with them", "start_utc", "endUtc", "", IN_UTC],
    ["UTC in Japanese", "開始（協定世界時）", "終了（協定世界時）", "", IN_UTC],
    ["UTC, also of the day", "Start (UTC)", "End (UTC)", "Date (UTC)", IN_UTC],
    ["UTC, and a day of which it is not said", "Start (UTC)", "End (UTC)", "Date", ["zone: Start (UTC)"]],
    ["UTC on one side alone", "Start (UTC)", "End", "", ["zone: Start (UTC)"]],
    ["the program's zone", "Start (ET)", "End (ET)", "", IN_PROGRAM],
    ["the program's zone by its name", "Start Eastern Time", "End Eastern Time", "", IN_PROGRAM],
    ["another zone", "Start (CST)", "End (CST)", "", ["zone: Start (CST)"]],
    ["another zone in Japanese", "開始（日本時間）", "終了（日本時間）", "", ["zone: 開始(日本時間)"]],
    ["no zone", "Start (local)", "End (local)", "", IN_PROGRAM],
  ])("%s", (_, start, end, days, expected) => {
    expect(under(start, end, days)).toEqual(expected);
  });

  it("leave days that are stated without times to the program", () => {
    const text = "Name,S (UTC),E (UTC),Shift\nEmily Carter,2026-12-01,2026-12-01,Vacation";

    expect(
      outcome(text, { columns: { person: "Name", start: "S (UTC)", end: "E (UTC)", label: "Shift" } }),
    ).toEqual(["away r1 2026-12-01T05:00:00Z 2026-12-02T05:00:00Z"]);
  });
});

describe("a column of zones", () => {
  const beside = (title: string, cell: string, times = "2026-12-01,07:00,17:00", context = NEW_YORK) =>
    outcome(`Name,Date,Start,End,Shift,${title}\nEmily Carter,${times},Day,${cell}`, {}, context);

  it.each([
    ["Time Zone", "America/Chicago", ["zone: America/Chicago"]],
    ["timezone", "Central", ["zone: Central"]],
    ["TZ", "US/Pacific", ["zone: US/Pacific"]],
    ["TimeZone", "Central Standard Time", ["zone: Central Standard Time"]],
    ["Site", "America/Chicago", ["zone: America/Chicago"]],
    ["UTC Offset", "-06:00", ["zone: -06:00"]],
    ["タイムゾーン", "日本標準時", ["zone: 日本標準時"]],
    ["Time Zone", "UTC", ["zone: UTC"]],
    ["Time Zone", "Narnia", ["zone: Narnia"]],
    ["Time Zone", "America/New_York", IN_PROGRAM],
    ["Time Zone", "America/Toronto", IN_PROGRAM],
    ["Time Zone", '"(UTC-05:00) Eastern Time (US & Canada)"', IN_PROGRAM],
    ["Time Zone", "EST", IN_PROGRAM],
    ["UTC Offset", "-05:00", IN_PROGRAM],
    ["Time Zone", "Local", IN_PROGRAM],
    ["Time Zone", "", IN_PROGRAM],
    ["Zone", "Green", IN_PROGRAM],
    ["Ward", "ED/ICU", IN_PROGRAM],
    ["Time Zone", "GMT-5", IN_PROGRAM],
    ["Time Zone", "GMT-05:00", IN_PROGRAM],
    ["Time Zone", "New York", IN_PROGRAM],
    ["Time Zone", "GMT+9", ["zone: GMT+9"]],
    ["Time Zone", "GMT", ["zone: GMT"]],
    ["Time Zone", "東京", ["zone: 東京"]],
  ])("%s: %s", (title, cell, expected) => {
    expect(beside(title, cell)).toEqual(expected);
  });

  it.each([
    ["Asia/Tokyo", "東京"],
    ["Asia/Tokyo", "GMT+09:00"],
    ["America/Phoenix", "Arizona"],
    ["Europe/London", "UK"],
  ])("knows the program's own, %s, also as %s", (zone, cell) => {
    expect(beside("Time Zone", cell, undefined, programIn(zone))).toEqual([expect.stringMatching(/^r1 /u)]);
  });

  it("is read with the clocks of the day: in summer EST is what the program's clocks show", () => {
    const summer = beside("Time Zone", "EST", "2026-07-01,07:00,17:00");

    expect(summer).toEqual(["r1 2026-07-01T11:00:00Z 2026-07-01T21:00:00Z"]);
  });

  it("knows a zone of two names in either country", () => {
    const inChina = beside("Time Zone", "CST", undefined, programIn("Asia/Shanghai"));

    expect(inChina).toEqual(["r1 2026-11-30T23:00:00Z 2026-12-01T09:00:00Z"]);
  });

  it("says nothing of times that carry their own offset", () => {
    const text =
      "Name,Start,End,Time Zone\nEmily Carter,2026-12-01T07:00-05:00,2026-12-01T17:00-05:00,America/Chicago";

    expect(outcome(text, { columns: { person: "Name", start: "Start", end: "End" } })).toEqual(IN_PROGRAM);
  });
});

describe("a line above or below", () => {
  const LIST = "Name,Date,Start,End,Shift\nEmily Carter,2026-12-01,07:00,17:00,Day";

  it.each([
    ["All times are Central Time (CST)"],
    ["All times Central"],
    ["December roster (times in Pacific)"],
    ["Times in UTC"],
    ["Time zone: America/Chicago"],
    ["Time Zone:,Pacific"],
    ["時刻はすべて日本時間です"],
    ["Shifts for December (MST)"],
  ])("of another zone: %s", (line) => {
    expect(outcome(`${line}\n${LIST}`)).toEqual([expect.stringMatching(/^zone: /u)]);
    expect(outcome(`${LIST}\n${line}`)).toContainEqual(expect.stringMatching(/^zone: /u));
  });

  it.each([
    ["All times are Eastern Time (EST)"],
    ["Time zone: America/New_York"],
    ["Exported 2026-11-20 08:12 UTC"],
    ["出力日時 2026-11-20 08:12 (JST)"],
    ["All times are local"],
    ["All times Eastern"],
    ["Sometimes Central ED"],
    ["MST Memorial Hospital"],
    ["December 2026"],
  ])("of none or of the program's: %s", (line) => {
    expect(outcome(`${line}\n${LIST}`)).toEqual(IN_PROGRAM);
  });
});
