import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSource } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { personId } from "#src/domain/person.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { matrix } from "#src/roster/formats/matrix/matrix.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, places, contextOf, spans } from "./context.ts";

const people = [
  someone("r1", { name: "José Müller", email: "jose@example.org" }),
  someone("r2", { name: "Anna Smith" }),
  someone("r3", { name: "Bill Smith" }),
  someone("a1", { name: "Daniel Okafor", email: "daniel@example.org" }),
];
const context = contextOf({ timeZone: "America/New_York", people });
const tokyo = contextOf({
  timeZone: "Asia/Tokyo",
  people: [
    someone("r1", { name: "佐藤 健" }),
    someone("a1", { name: "田中 真理" }),
    someone("r2", { name: "鈴木 葵" }),
    someone("r3", { name: "鈴木 一郎" }),
  ],
});

const bytes = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/roster/${name}`, import.meta.url)));
const read = (name: string, source: Omit<RosterSource, "name">, at = context) =>
  readSource({ name, ...source }, bytes(name), at);
const told = (reading: ReturnType<typeof read>) =>
  reading.notUnderstood.map(({ line, field, message }) => `${line} ${field}: ${message}`);

describe("Amion's report 619", () => {
  const reading = read("amion-619.csv", { format: "amion-619", skip: ["grand rounds"] });

  it("reads names of latin-1, M-D-YY dates, nights, 24 hours and leave", () => {
    expect(spans(reading)).toEqual([
      "r1 2026-03-02T12:00:00Z 2026-03-02T22:00:00Z",
      "a1 2026-03-02T12:00:00Z 2026-03-03T00:00:00Z",
      "r1 2026-03-04T03:00:00Z 2026-03-04T13:00:00Z",
      "a1 2026-03-05T12:00:00Z 2026-03-06T12:00:00Z",
      "away r1 2026-03-06T05:00:00Z 2026-03-07T05:00:00Z",
      "r2 2026-03-08T11:00:00Z 2026-03-08T21:00:00Z",
    ]);
  });

  it("guesses nobody, and names each row that it leaves out", () => {
    expect(told(reading)).toEqual([
      '7 name: "Smith" could be r2 (Anna Smith) or r3 (Bill Smith)',
      '9 start: "7am" is no time',
      '10 date: "13-9-26" does not say which number is the day',
      "12 row: 7 cells where report 619 has 10",
    ]);
  });

  it("follows the order of dates that is stated", () => {
    const reading = read("amion-619.csv", { format: "amion-619", dates: "D-M-YY" });

    expect(spans(reading).at(0)).toBe("r1 2026-02-03T12:00:00Z 2026-02-03T22:00:00Z");
  });
});

it("reads Amion's report 625c past its seven lines and header, by e-mail first", () => {
  const reading = read("amion-625c.csv", { format: "amion-625c", aliases: { smith: personId("r3") } });

  expect(spans(reading)).toEqual([
    "r1 2026-03-02T12:00:00Z 2026-03-02T22:00:00Z",
    "a1 2026-03-02T12:00:00Z 2026-03-02T22:00:00Z",
    "r3 2026-03-03T12:00:00Z 2026-03-03T22:00:00Z",
  ]);
  expect(reading.notUnderstood).toEqual([]);
});

it.each(["amion-619", "amion-625c", "matrix"] as const)("a sign-in page is no %s roster", (format) => {
  const page = new TextEncoder().encode("<html><body>Please sign in, 2026</body></html>");

  const reading = readSource({ name: "x", format }, page, context);

  expect(reading.unreadable).toBe(true);
  expect(reading.notUnderstood).toHaveLength(1);
});

const MAPPING = { person: "氏名", date: "日付", start: "開始", end: "終了", label: "勤務" };

describe("a CSV export with columns of its own", () => {
  it.each([
    ["mapped-sjis.csv", {}],
    ["mapped-utf16le.csv", {}],
    ["mapped-utf16be-no-mark.csv", {}],
    ["mapped-utf8-bom.csv", {}],
    ["mapped-euc.csv", { encoding: "euc-jp" as const }],
  ])("%s is read whatever its encoding, with dates of which the year comes first", (name, encoding) => {
    const reading = read(name, { format: "csv", columns: MAPPING, ...encoding }, tokyo);

    expect(spans(reading)).toEqual([
      "r1 2026-03-01T23:30:00Z 2026-03-02T08:15:00Z",
      "a1 2026-03-02T08:15:00Z 2026-03-02T23:30:00Z",
      "away r1 2026-03-03T15:00:00Z 2026-03-04T15:00:00Z",
    ]);
    expect(told(reading)).toEqual([
      '5 日付: "3/5/2026" does not say which number is the day',
      '6 氏名: "鈴木" could be r2 (鈴木 葵) or r3 (鈴木 一郎)',
    ]);
  });

  it.each([
    ["M/D/YYYY", "2026-03-04T23:30:00Z 2026-03-05T08:15:00Z"],
    ["D/M/YYYY", "2026-05-02T23:30:00Z 2026-05-03T08:15:00Z"],
  ])("reads 3/5/2026 as stated: %s", (dates, span) => {
    const reading = read("mapped-sjis.csv", { format: "csv", columns: MAPPING, dates }, tokyo);

    expect(spans(reading)).toContain(`r1 ${span}`);
  });

  it("says which mapped column is missing", () => {
    const reading = csv(
      { file: "x", text: "who,from\nr1,2026-03-02", columns: { person: "who", start: "from", end: "till" } },
      context,
    );

    expect(reading.unreadable).toBe(true);
    expect(reading.notUnderstood.map(({ message }) => message)).toEqual([
      expect.stringContaining("there is no column till; the columns here are "),
    ]);
  });

  it("takes two dates and two times of a row, and twelve hours with AM and PM", () => {
    const text =
      "who,day,from,last,till\nr1,2026-03-02,7:00 PM,2026-03-03,7:00 am\nr1,2026-03-05,12:00 AM,,12:30 PM";
    const columns = { person: "who", date: "day", start: "from", endDate: "last", end: "till" };

    expect(spans(csv({ file: "x", text, columns }, context))).toEqual([
      "r1 2026-03-03T00:00:00Z 2026-03-03T12:00:00Z",
      "r1 2026-03-05T05:00:00Z 2026-03-05T17:30:00Z",
    ]);
  });
});

describe("a matrix of people and days", () => {
  const reading = read("matrix-sjis.csv", { format: "matrix" }, tokyo);

  it("reads Japanese codes, their nights, two codes in a cell, and days off as absences", () => {
    expect(spans(reading)).toEqual([
      "away r1 2026-02-28T15:00:00Z 2026-03-01T15:00:00Z",
      "a1 2026-02-28T23:30:00Z 2026-03-01T08:15:00Z",
      "r1 2026-03-01T23:30:00Z 2026-03-02T08:15:00Z",
      "a1 2026-03-01T23:30:00Z 2026-03-02T08:15:00Z",
      "r1 2026-03-03T07:30:00Z 2026-03-03T16:15:00Z",
      "a1 2026-03-03T08:15:00Z 2026-03-03T23:30:00Z",
      "r1 2026-03-03T15:30:00Z 2026-03-04T00:15:00Z",
      "away a1 2026-03-04T15:00:00Z 2026-03-05T15:00:00Z",
      "r1 2026-03-05T23:30:00Z 2026-03-06T08:15:00Z",
      "r1 2026-03-06T08:15:00Z 2026-03-06T23:30:00Z",
    ]);
  });

  it("names unknown codes by row and day, and people who are nobody or two", () => {
    expect(told(reading)).toEqual([
      '5 day 6: "Ｚ" is no duty code that is known here',
      '6 name: "鈴木" could be r2 (鈴木 葵) or r3 (鈴木 一郎)',
      '7 name: "山田 太郎 研修医" names nobody of people.csv',
    ]);
  });

  it("takes a program's own codes in place of the usual ones", () => {
    const codes = { 日: "09:00-18:00", z: "off" };
    const own = read("matrix-sjis.csv", { format: "matrix", codes }, tokyo);

    expect(spans(own)).toContain("r1 2026-03-02T00:00:00Z 2026-03-02T09:00:00Z");
    expect(spans(own)).toContain("away a1 2026-03-05T15:00:00Z 2026-03-06T15:00:00Z");
  });

  it("needs a month for days that are numbers, and takes the one that is stated", () => {
    const text = `name,1,2,3,4,5,6,7\nr1,D,D,,,,,`;
    const codes = { D: "08:00-17:00" };

    expect(matrix({ file: "x", text, codes }, tokyo).notUnderstood.map(({ message }) => message)).toEqual([
      "the header has days but nothing says of which month",
    ]);
    expect(spans(matrix({ file: "x", text, codes, month: "2026-03" }, tokyo))).toHaveLength(2);
  });

  it("goes on into the next year, and has days that no month has left out", () => {
    const text = "2026年12月\n氏名,12/30,12/31,1/1\nr1,日,休,日";
    const long = contextOf({ timeZone: "Asia/Tokyo", people: [someone("r1")], to: "2027-02-01T00:00" });

    expect(spans(matrix({ file: "x", text }, long)).at(-1)).toBe(
      "r1 2026-12-31T23:30:00Z 2027-01-01T08:15:00Z",
    );
  });
});

describe("calendars in the wild", () => {
  it("keeps a UTF-8 calendar with a broken byte readable, and says where it is", () => {
    const reading = read("broken-utf8.ics", { format: "icalendar" }, tokyo);

    expect(spans(reading)).toHaveLength(2);
    expect(places(reading)).toEqual(["13 -"]);
  });

  it("reads several names in one summary, and never guesses which Smith", () => {
    const at = ["DTSTART:20260302T080000", "DTEND:20260302T170000"];
    const events = ["ED - Day - Müller / Okafor", "Müller, Okafor", "Smith, Anna & Okafor", "Smith / Okafor"];
    const text = calendar(...events.map((summary) => [`SUMMARY:${summary.replaceAll(",", "\\,")}`, ...at]));

    const reading = icalendar({ file: "x.ics", text }, context);

    expect(reading.entries.map((one) => one.person)).toEqual(["r1", "a1", "r1", "a1", "r2", "a1", "a1"]);
    expect(reading.notUnderstood.map(({ message }) => message)).toEqual([
      '"Smith" could be r2 (Anna Smith) or r3 (Bill Smith)',
    ]);
  });

  it("knows people by the names that only this roster uses", () => {
    const text = calendar(["SUMMARY:ED - Surge Team B", "DTSTART:20260302T080000", "DTEND:20260302T170000"]);

    const reading = icalendar({ file: "x.ics", text, aliases: { "surge team b": personId("a1") } }, context);

    expect(reading.entries.map((one) => one.person)).toEqual(["a1"]);
  });

  it("takes words of its own for time off, and passes over what is neither", () => {
    const at = ["DTSTART:20260302T080000", "DTEND:20260302T170000"];
    const text = calendar(["SUMMARY:NOT AVAIL (Okafor)", ...at], ["SUMMARY:Didactics: Okafor", ...at]);

    const reading = icalendar({ file: "x.ics", text, off: ["not avail*"], skip: ["didactics"] }, context);

    expect(spans(reading)).toEqual(["away a1 2026-03-02T13:00:00Z 2026-03-02T22:00:00Z"]);
    expect(reading.notUnderstood).toEqual([]);
  });

  it("says that a calendar was cut short", () => {
    const text = calendar(["DTSTART:20260302T080000", "DTEND:20260302T170000"]).replace("END:VCALENDAR", "");

    expect(icalendar({ file: "x.ics", text }, context).incomplete).toBe(true);
  });
});

it("a table in which everybody works the last day names the one line that has lost a cell", () => {
  const days = Array.from({ length: 31 }, (_, index) => index + 1);
  const duties = (...on: readonly number[]) => days.map((day) => (on.includes(day) ? "D" : ""));
  const rows = [
    ["Name", ...days],
    ["José Müller", ...duties(31)],
    ["Anna Smith", ...duties(1, 31).toSpliced(10, 1)],
    ["Daniel Okafor", ...duties(2, 31)],
  ];
  const text = rows.map((row) => row.join(",")).join("\n");
  const source = { name: "x.csv", format: "matrix", month: "2026-12", codes: { D: "07:00-17:00" } } as const;

  const reading = readSource(source, new TextEncoder().encode(text), context);

  expect(reading.notUnderstood.map(({ line, why }) => [line, why.code])).toEqual([[3, "broken-line"]]);
  expect(new Set(reading.entries.map(({ person }) => person))).toEqual(new Set(["r1", "a1"]));
});
