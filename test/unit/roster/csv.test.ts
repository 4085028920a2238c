import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, spans } from "./context.ts";

const people = [
  someone("r1", { name: "佐藤 健", email: "ken@example.org" }),
  someone("r2", { name: "佐藤 翔" }),
  someone("a1"),
];
const context = contextOf({ people });
const read = (...rows: readonly string[]) =>
  csv({ file: "x.csv", text: ["person,start,end,label", ...rows].join("\n") }, context);
const described = (...rows: readonly string[]) =>
  read(...rows).notUnderstood.map(({ line, field, message }) => `${line} ${field}: ${message}`);

it("reads local times in the program's zone, and times with an offset as they are", () => {
  const reading = read(
    "r1,2026-03-02T08:00,2026-03-02T17:00,Day",
    "r1,2026-03-03 08:00:30,2026-03-03 17:00,Day",
    "r1,2026-03-04T08:00+09:00,2026-03-04T17:00+09:00,Day",
    "r1,2026-03-05T08:00Z,2026-03-05T17:00-0330,Day",
    "r1,2026-03-06T08:00:00.000Z,2026-03-06T17:00:00.000Z,Day",
  );

  expect(spans(reading)).toEqual([
    "r1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z",
    "r1 2026-03-03T07:00:30Z 2026-03-03T16:00:00Z",
    "r1 2026-03-03T23:00:00Z 2026-03-04T08:00:00Z",
    "r1 2026-03-05T08:00:00Z 2026-03-05T20:30:00Z",
    "r1 2026-03-06T08:00:00Z 2026-03-06T17:00:00Z",
  ]);
  expect(reading.notUnderstood).toEqual([]);
});

it("takes an end that is not after its start on one date as the next day's, and equal times as 24 hours", () => {
  const reading = read(
    "r1,2026-03-02T22:00,2026-03-02T08:00,Night",
    "r1,2026-03-04T22:00,08:00,Night",
    "r1,2026-03-06T08:00,2026-03-06T08:00,24 h",
    "r1,2026-03-08Tat 8,9:00,not a time",
    "r1,2026-03-09T08:00,9:00,Short",
    "r1,2026-03-10T08:00+09:00,2026-03-10T08:00+09:00,24 h",
  );

  expect(spans(reading)).toEqual([
    "r1 2026-03-02T21:00:00Z 2026-03-03T07:00:00Z",
    "r1 2026-03-04T21:00:00Z 2026-03-05T07:00:00Z",
    "r1 2026-03-06T07:00:00Z 2026-03-07T07:00:00Z",
    "r1 2026-03-09T07:00:00Z 2026-03-09T08:00:00Z",
    "r1 2026-03-09T23:00:00Z 2026-03-10T23:00:00Z",
  ]);
});

it.each([
  ["Europe/Berlin", "r1,2026-03-28T19:00,07:00", "2026-03-28T18:00:00Z 2026-03-29T05:00:00Z"],
  ["Europe/Berlin", "r1,2026-10-24T19:00,07:00", "2026-10-24T17:00:00Z 2026-10-25T06:00:00Z"],
  ["America/New_York", "r1,2026-03-07T08:00,2026-03-07T08:00", "2026-03-07T13:00:00Z 2026-03-08T12:00:00Z"],
  ["America/New_York", "r1,2026-10-31T19:00,07:00", "2026-10-31T23:00:00Z 2026-11-01T12:00:00Z"],
  ["Australia/Lord_Howe", "r1,2026-04-04T19:00,07:00", "2026-04-04T08:00:00Z 2026-04-04T20:30:00Z"],
  ["Australia/Lord_Howe", "r1,2026-10-04T02:15,10:00", "2026-10-03T15:45:00Z 2026-10-03T23:00:00Z"],
])("is right around the change of clocks in %s: %s", (timeZone, row, expected) => {
  const reading = csv({ file: "x.csv", text: `person,start,end\n${row}` }, contextOf({ timeZone }));

  expect(spans(reading)).toEqual([`r1 ${expected}`]);
});

it("takes rows that say leave as absences, and dates alone as whole days with the last one included", () => {
  const reading = read("r1,2026-03-28,2026-03-29,休暇", "a1,2026-03-30T08:00,2026-03-30T12:00,sick leave");

  expect(spans(reading)).toEqual([
    "away r1 2026-03-27T23:00:00Z 2026-03-29T22:00:00Z",
    "away a1 2026-03-30T06:00:00Z 2026-03-30T10:00:00Z",
  ]);
});

it("finds people by id, mail and full name, columns by their header, and other separators", () => {
  const text =
    "\uFEFFLabel;End;Person;Start\nDay;17:00;R1;2026-03-02T08:00\nDay;17:00;ken@example.org;2026-03-03T08:00\nDay;17:00;佐藤健;2026-03-04T08:00\n";

  const reading = csv({ file: "x.csv", text }, context);

  expect(reading.entries.map(({ person, label }) => `${person} ${label}`)).toEqual([
    "r1 Day",
    "r1 Day",
    "r1 Day",
  ]);
});

// domain: Never silently wrong
it("leaves out each bad row, says where, and uses the rest", () => {
  const problems = described(
    "r9,2026-03-02T08:00,2026-03-02T17:00,Day",
    "佐藤,2026-03-02T08:00,2026-03-02T17:00,Day",
    "r1,2026-02-30T08:00,2026-03-02T17:00,Day",
    "r1,2026-03-02T08:00,,Day",
    "r1,3-2-26 08:00,17:00,Day",
    "r1,2026-03-02T08:00,2026-03-01T17:00,Day",
    "r1,2026-03-02T08:00,2026-03-09T08:00,Day",
    "r1,2026-03-02,2026-03-03,Day",
    "r1,2026-03-05,2026-03-03,Leave",
    "r1,2026-03-02T08:00,2026-03-02T17:00,Day,more",
    "r1,2026-03-02T08:00,2026-03-02T17:00,Day",
  );

  expect(problems.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual([
    '2 person: "r9" names nobody of people.csv',
    '3 person: "佐藤" could be r1 (佐藤 健) or r2 (佐藤 翔)',
    '4 start: "2026-02-30T08:00" is no time',
    "5 end: it is empty",
    '6 start: "3-2-26" does not say which number is the day',
    "7 end: it is before the start",
    "8 end: more than 48 h is no shift",
    "9 start: a date without a time is no shift",
    "10 end: it is before the start",
    "11 undefined: 5 cells under 4 columns",
  ]);
});

it("reads a file of one person as theirs", () => {
  const text = "person,start,end\nwhoever,2026-03-02T08:00,17:00";

  const reading = csv({ file: "x.csv", text, person: personId("a1") }, context);

  expect(spans(reading)).toEqual(["a1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z"]);
});

it.each([
  ["", "it has no header line"],
  ["r1,2026-03-02T08:00,17:00", "there is no column person"],
])("says that %j cannot be read at all", (text, message) => {
  const reading = csv({ file: "x.csv", text }, context);

  expect(reading).toMatchObject({ entries: [], unreadable: true });
  expect(reading.notUnderstood.map((problem) => problem.message).join("\n")).toContain(message);
});

it("names a misspelt column and the line of an open quote", () => {
  const text = 'person,start,end,lable\nr1,2026-03-02T08:00,17:00,Day\n"r1,2026-03-03T08:00,17:00,Day\n';

  const reading = csv({ file: "x.csv", text }, context);

  expect(spans(reading)).toEqual(["r1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z"]);
  expect(reading.notUnderstood.map(({ message, todo }) => `${message}; ${todo}`)).toEqual([
    'a double quote above was never closed, and all that follows it is lost; put whole cells in quotes, and write " inside them twice',
    '"lable" is no column that is known here; did you mean label?',
  ]);
});
