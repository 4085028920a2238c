import { describe, expect, it } from "vitest";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf } from "./context.ts";

/* What a list or a calendar says in words beside its times. Whoever is sick, or has swapped, does not work. */

const context = contextOf({
  timeZone: "UTC",
  people: [
    someone("r1", { name: "Maya Patel" }),
    someone("r2", { name: "Lea Novak" }),
    someone("r3", { name: "佐藤 健" }),
    someone("r4", { name: "高橋 葵" }),
  ],
});
const columns = { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" };
const HEADER = "Name,Date,Start,End,Shift,Notes";
const row = (person: string, label: string, note = "") => `${person},2026-12-05,08:30,17:15,${label},${note}`;

/** "duty r3", "away r3", or how many rows are named, of one row of a list. */
function listed(line: string, aliases: Readonly<Record<string, never>> = {}): string {
  const { entries, notUnderstood } = csv(
    { file: "x.csv", text: `${HEADER}\n${line}`, columns, aliases },
    context,
  );
  const said = entries.map(({ kind, person }) => (kind === "duty" ? `duty ${person}` : `away ${person}`));
  return [...said, ...(notUnderstood.length > 0 ? [`named ${notUnderstood.length}`] : [])].join(" ");
}

describe("a row of a list", () => {
  it.each([
    [row("佐藤健", "病欠"), "away r3"],
    [row("佐藤健", "当日欠席"), "away r3"],
    [row("佐藤健", "日勤", "病欠"), "named 1"],
    [row("佐藤健", "日勤", "高橋と交代"), "named 1"],
    [row("佐藤健", "日勤", "高橋先生に変更"), "named 1"],
    [row("佐藤健", "日勤（高橋先生と交代）"), "named 1"],
    [row("Patel", "Called out"), "away r1"],
    [row("Patel", "NO SHOW"), "away r1"],
    [row("Patel", "Day", "called in sick"), "named 1"],
    [row("Patel?", "Day"), "named 1"],
    [row("佐藤？", "日勤"), "named 1"],
  ])("says who does not work, or perhaps not: %s", (line, expected) => {
    expect(listed(line)).toBe(expected);
  });

  it.each([
    [row("佐藤健", "日勤", "会議に出席"), "duty r3"],
    [row("佐藤健", "日勤", "コードを変更"), "duty r3"],
    [row("Patel", "On Call"), "duty r1"],
  ])("is duty where nothing of this is said: %s", (line, expected) => {
    expect(listed(line)).toBe(expected);
  });

  it("is somebody's whose name with a question mark was settled", () => {
    expect(listed(row("Patel?", "Day"), { "Patel?": "r1" as never })).toBe("duty r1");
  });
});

describe("an event of two people", () => {
  const read = (summary: string) => {
    const times = ["DTSTART:20261205T070000", "DTEND:20261205T170000"];
    const text = calendar([`SUMMARY:${summary.replaceAll(/[,;]/gu, String.raw`\$&`)}`, ...times]);
    const { entries, notUnderstood } = icalendar({ file: "x.ics", text }, context);
    return [...entries.map(({ person }) => person), notUnderstood.length].join(" ");
  };

  it.each([
    "Patel until 13:00 / Novak from 13:00",
    "Patel (until 13:00), Novak",
    "Patel, Novak from noon",
    "Patel/Novak 1st half",
    "佐藤（13時まで）、高橋",
  ])("is nobody's for the whole of it where one of them works a part: %s", (summary) => {
    expect(read(summary)).toBe("1");
  });

  it.each(["Patel / Novak", "Patel and Novak Night", "Patel, Novak @ Main"])("is both's: %s", (summary) => {
    expect(read(summary)).toBe("r1 r2 0");
  });
});
