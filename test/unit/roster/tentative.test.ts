import { describe, expect, it } from "vitest";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

/*
 * A shift whose name says that it is not sure yet, not worked, or not by these hours. Whoever reads it as duty asks somebody about a day
 * that may be free.
 */

const context = contextOf({
  people: [someone("r1", { name: "Emily Carter" })],
  from: "2026-11-01T00:00",
  to: "2027-02-01T00:00",
});

const event = (summary: string, ...times: readonly string[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTAMP:20261101T000000Z",
    ...times,
    `SUMMARY:${summary} - Carter`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const entry = (TaskName: string): string =>
  JSON.stringify([
    {
      StaffFName: "Emily",
      StaffLName: "Carter",
      StartDateUTC: "2026-12-01T07:00:00Z",
      EndDateUTC: "2026-12-01T17:00:00Z",
      StartDate: "2026-12-01T00:00:00",
      StartTime: "08:00:00",
      EndDate: "2026-12-01T00:00:00",
      EndTime: "18:00:00",
      TimeZone: "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
      TaskName,
      TaskType: "Working",
      IsPublished: true,
    },
  ]);

/** One shift of Carter's of this name, as each format writes it. */
const FORMATS: readonly (readonly [RosterSource["format"], (label: string) => string])[] = [
  ["csv", (label) => `person,start,end,label\nr1,2026-12-01T08:00,18:00,${label}\n`],
  ["amion-619", (label) => `"Emergency Medicine","Carter, Emily",17,0,"${label}",3,0,12-1-26,0800,1800\n`],
  ["icalendar", (label) => event(label, "DTSTART:20261201T070000Z", "DTEND:20261201T170000Z")],
  ["qgenda", entry],
];

const readingOf = (format: RosterSource["format"], text: string, dialect: Dialect = {}) =>
  readBytes({ name: "roster", format, ...dialect }, new TextEncoder().encode(text), context);

describe.each(FORMATS)("a shift in %s", (format, written) => {
  it.each([
    "ED Day (tentative)",
    "Tentatively ED Day",
    "ED Day TBC",
    "ED Day - tbd",
    "DRAFT ED Day",
    "ED Day not confirmed",
    "日勤（仮）",
    "日勤 未定",
    "仮シフト 日勤",
  ])("called %s is left out and named, and counts as its words are listed", async (label) => {
    const doubted = await readingOf(format, written(label));
    const listed = await readingOf(format, written(label), { duty: [label] });
    const skipped = await readingOf(format, written(label), { skip: [label] });

    expect(spans(doubted)).toEqual([]);
    expect(doubted.notUnderstood).toMatchObject([
      { message: expect.stringContaining("not sure yet"), why: { code: "not-sure" } },
    ]);
    expect(spans(listed)).toHaveLength(1);
    expect(spans(skipped)).toEqual([]);
    expect(skipped.notUnderstood).toEqual([]);
  });

  it.each([
    "Vac",
    "RDO",
    "Rest day",
    "TOIL",
    "Comp day",
    "Jury duty",
    "FMLA",
    "Urlaub",
    "有",
    "公",
    "年休",
    "夏",
  ])("called %s is time off", async (label) => {
    const reading = await readingOf(format, written(label));

    // QGenda says itself that it is worked: then it is a contradiction.
    expect(reading.entries.map(({ kind }) => kind)).toEqual(format === "qgenda" ? [] : ["absence"]);
    expect(reading.notUnderstood).toHaveLength(format === "qgenda" ? 1 : 0);
  });

  it.each([
    ["A/L", "could be duty or time off"],
    ["CANX ED Day", "taken back"],
    ["ED Day (postponed)", "taken back"],
    ["Moved to 12/20 ED Day", "taken back"],
    ["ED Day duplicate", "taken back"],
    ["~~ED Day~~", "taken back"],
    ["Requested ED Day", "asked for"],
    ["ED Day trade pending", "asked for"],
    ["日勤希望", "asked for"],
    ["ED Day - needs coverage", "may not work it"],
    ["ED Day DO NOT SCHEDULE", "may not work it"],
    ["ED Day up for grabs", "may not work it"],
    ["日勤 代わり募集", "may not work it"],
    ["Day -> Night", "two duties"],
    ["日勤→準夜", "two duties"],
    ["日直→当直", "two duties"],
    ["日勤 ⇒ 宿直", "two duties"],
    ["ED Day half day", "a part of it"],
    ["日勤 早退", "a part of it"],
  ])("called %s is left out and named, and counts as its words are listed", async (label, told) => {
    const doubted = await readingOf(format, written(label));
    const listed = await readingOf(format, written(label), { duty: [label] });

    expect(doubted.entries).toEqual([]);
    expect(doubted.notUnderstood).toMatchObject([
      { message: expect.stringContaining(told), why: { code: "two-readings" } },
    ]);
    expect(told === "taken back" ? [] : spans(listed)).toHaveLength(told === "taken back" ? 0 : 1);
  });

  it.each([
    "ED Day",
    "Drafting room",
    "ED D",
    "仮眠室 日勤",
    "Confirmed ED Day",
    "Pod A -> Pod B",
    "Arrest team",
    "Restock ED",
    "有明 日勤",
    "Request line",
    "Rest area",
    "Wound vac",
    "希望ヶ丘 日勤",
    "ED Day - do not book clinic",
  ])("called %s is read", async (label) => {
    const reading = await readingOf(format, written(label));

    expect(spans(reading)).toHaveLength(1);
    expect(reading.notUnderstood).toEqual([]);
  });
});

it("a whole day that is not sure yet is neither duty nor leave", async () => {
  const reading = await readingOf("icalendar", event("Vacation (tentative)", "DTSTART;VALUE=DATE:20261201"));

  expect(reading.entries).toEqual([]);
  expect(reading.notUnderstood).toMatchObject([{ message: expect.stringContaining("not sure yet") }]);
});

it.each(["Tentative", "Draft", "未定"])(
  "%s in a column that is not read is a doubt about its row",
  async (cell) => {
    const rows = `r1,2026-12-01T08:00,18:00,${cell}\nr1,2026-12-02T08:00,18:00,Final\n`;

    const reading = await readingOf("csv", `person,start,end,status\n${rows}`, {
      columns: { person: "person", start: "start", end: "end" },
    });

    expect(spans(reading)).toHaveLength(1);
    expect(reading.notUnderstood).toMatchObject([{ line: 2, why: { code: "two-readings" } }]);
  },
);
