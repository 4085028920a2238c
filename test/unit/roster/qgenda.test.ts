import { describe, expect, it } from "vitest";
import { qgenda } from "#src/roster/formats/qgenda/qgenda.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import { someone } from "#test/support/programs.ts";
import { contextOf, fixture, places, spans } from "./context.ts";

/* Entries with the fields of QGenda's interface, version 2 (restapi.qgenda.com, Schedule); people and tasks are invented. */

const context = contextOf({
  timeZone: "America/New_York",
  people: [
    someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
    someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
    someone("a1", { name: "Daniel Okafor" }),
  ],
});

const DAY = {
  StaffEmail: "emily.carter@example.org",
  StaffFName: "Emily",
  StaffLName: "Carter",
  StaffAbbrev: "ECar",
  StartDate: "2026-12-01T00:00:00",
  StartTime: "07:00:00",
  EndDate: "2026-12-01T00:00:00",
  EndTime: "19:00:00",
  StartDateUTC: "2026-12-01T12:00:00Z",
  EndDateUTC: "2026-12-02T00:00:00Z",
  TimeZone: "(UTC-05:00) Eastern Time (US & Canada)",
  TaskName: "ED Day",
  TaskAbbrev: "D",
  TaskType: "Working",
  IsPublished: true,
  IsStruck: false,
};
const READ = "r1 2026-12-01T12:00:00Z 2026-12-02T00:00:00Z";
const WHOLE_DAY = {
  StartTime: "00:00:00",
  EndTime: "23:59:59.9990000",
  StartDateUTC: "2026-12-01T05:00:00Z",
  EndDateUTC: "2026-12-02T04:59:59.999Z",
};
const AWAY = "away r1 2026-12-01T05:00:00Z 2026-12-02T05:00:00Z";

const read = (change: object, dialect: Dialect = {}) =>
  qgenda({ file: "QGenda", text: JSON.stringify([{ ...DAY, ...change }]), ...dialect }, context);
/** "r1 … | 0": what was read, and why the entry was left out or passed over. */
const outcome = (...given: Parameters<typeof read>): string => {
  const { accounts, notUnderstood, ...reading } = read(...given);
  const skipped = Object.keys(accounts?.counts.skipped ?? {});
  return [
    ...spans({ ...reading, notUnderstood }),
    ...skipped,
    ...notUnderstood.map(({ why }) => why.code),
  ].join(" | ");
};

it("reads entries of a schedule, and names by number whom nobody knows", () => {
  const tokyo = contextOf({
    timeZone: "Asia/Tokyo",
    people: [someone("r1", { name: "佐藤 健" }), someone("a1", { name: "Daniel Okafor" })],
  });

  const reading = qgenda({ file: "QGenda", text: fixture("qgenda.json") }, tokyo);

  expect(spans(reading)).toEqual([
    "a1 2026-03-01T23:00:00Z 2026-03-02T08:00:00Z",
    "away r1 2026-03-02T15:00:00Z 2026-03-03T15:00:00Z",
  ]);
  expect(places(reading)).toEqual(["3 staff"]);
  expect(reading.accounts?.counts).toEqual({ unit: "event", read: 2, skipped: {}, leftOut: 1 });
});

describe("when an entry is", () => {
  it.each([
    ["its clock and UTC agree", {}, READ],
    ["it has UTC alone", { StartTime: null, EndTime: null }, READ],
    ["it has a clock alone", { StartDateUTC: null, EndDateUTC: null, TimeZone: null }, READ],
    ["its clock hangs in the program's zone", { StartDateUTC: null, EndDateUTC: null }, READ],
    [
      "its clock hangs elsewhere, and UTC says so",
      { StartTime: "06:00:00", EndTime: "18:00:00", TimeZone: "(UTC-06:00) Central Time (US & Canada)" },
      READ,
    ],
    [
      "its clock hangs elsewhere, without UTC",
      { StartDateUTC: null, EndDateUTC: null, TimeZone: "(UTC-06:00) Central Time (US & Canada)" },
      "zone",
    ],
    ["its clock and UTC are two moments", { StartTime: "09:00:00" }, "two-readings"],
    ["they are an hour apart", { StartTime: "08:00:00" }, "two-readings"],
    ["its end is", { EndTime: "23:00:00" }, "two-readings"],
    ["it has no time", { StartTime: null, EndTime: null, StartDateUTC: null, EndDateUTC: null }, "no-time"],
    ["it ends before it begins", { EndTime: "06:00:00", EndDateUTC: "2026-12-01T11:00:00Z" }, "order"],
    [
      "it is in the hour that comes twice, as QGenda counts it",
      {
        StartDate: "2026-11-01T00:00:00",
        StartTime: "01:30:00",
        StartDateUTC: "2026-11-01T06:30:00Z",
        EndDate: "2026-11-01T00:00:00",
        EndTime: "07:00:00",
        EndDateUTC: "2026-11-01T12:00:00Z",
      },
      "r1 2026-11-01T06:30:00Z 2026-11-01T12:00:00Z",
    ],
    [
      "it is a day and a night from midnight to midnight",
      {
        ...WHOLE_DAY,
        EndDate: "2026-12-02T00:00:00",
        EndTime: "00:00:00",
        EndDateUTC: "2026-12-02T05:00:00Z",
      },
      "r1 2026-12-01T05:00:00Z 2026-12-02T05:00:00Z",
    ],
    ["it is a task without hours", WHOLE_DAY, "whole-day"],
    [
      "it is near no rotation",
      {
        StartDate: "2031-12-01T00:00:00",
        EndDate: "2031-12-01T00:00:00",
        StartDateUTC: null,
        EndDateUTC: null,
      },
      "outside",
    ],
  ])("where %s", (_, change, expected) => {
    expect(outcome(change)).toBe(expected);
  });
});

describe("who works an entry", () => {
  it.each([
    ["name and e-mail agree", {}, READ],
    ["the e-mail is known alone", { StaffFName: "Em", StaffLName: "C." }, READ],
    ["the name is known alone", { StaffEmail: "other@example.org" }, READ],
    ["the two are two people", { StaffEmail: "noah.brandt@example.org" }, "ambiguous"],
    ["the given name is another", { StaffEmail: null, StaffFName: "Olivia" }, "nobody"],
    ["nobody is named", { StaffEmail: null, StaffFName: "", StaffLName: "", StaffAbbrev: "" }, "nobody"],
  ])("where %s", (_, change, expected) => {
    expect(outcome(change)).toBe(expected);
  });

  it("is an alias where neither is known", () => {
    const change = { StaffEmail: null, StaffFName: "E.", StaffLName: "C. (locum)" };

    expect(outcome(change)).toBe("nobody");
    expect(outcome(change, { aliases: { ECar: someone("r1").id } })).toBe(READ);
  });
});

describe("what an entry is", () => {
  it.each([
    ["deleted", { IsStruck: true }, {}, "cancelled"],
    ["deleted, in a word", { IsStruck: "True" }, {}, "cancelled"],
    ["not published yet", { IsPublished: false }, {}, "draft"],
    [
      "vacation, of a type that is no work",
      { ...WHOLE_DAY, TaskName: "Vacation", TaskType: "Unavailable" },
      {},
      AWAY,
    ],
    ["away by its type alone", { ...WHOLE_DAY, TaskName: "Jury", TaskType: "Unavailable" }, {}, AWAY],
    ["vacation, of a type that is work", { TaskName: "Vacation" }, {}, "two-readings"],
    [
      "call, of a type that is no work",
      { TaskName: "Backup Call", TaskType: "Unavailable" },
      {},
      "two-readings",
    ],
    [
      "of a type that says neither",
      { TaskName: "Committee", TaskType: "Administrative" },
      {},
      "two-readings",
    ],
    [
      "of that type, and listed as duty",
      { TaskName: "Committee", TaskType: "Administrative" },
      { duty: ["committee"] },
      READ,
    ],
    [
      "of that type, and listed to be passed over",
      { TaskName: "Committee", TaskType: "Administrative" },
      { skip: ["committee"] },
      "skip",
    ],
    ["a shift in a holiday", { TaskName: "Holiday Day Shift" }, {}, "two-readings"],
    ["taken back in its name alone", { TaskName: "CANCELLED: ED Day" }, {}, "two-readings"],
    ["the morning after a night", { TaskName: "当直明け" }, {}, "two-readings"],
    ["known by its abbreviation alone", { TaskName: null }, {}, READ],
    ["with a note that another covers it", { Notes: "covered by Brandt" }, {}, "two-readings"],
    ["with a note that it is given away", { Notes: "Brandt covering" }, {}, "two-readings"],
    ["with a note of a part of the hours", { Notes: "until 13:00" }, {}, "two-readings"],
    ["with a note that takes it back", { Notes: "cancelled" }, {}, "two-readings"],
    ["with a note that is listed as duty", { Notes: "until 13:00" }, { duty: ["until 13:00"] }, READ],
    ["with a note of its own hours", { Notes: "sign out at 19:00" }, {}, READ],
    ["with a note of something else", { Notes: "Pager 5551, covers Pod A" }, {}, READ],
  ] satisfies readonly (readonly [string, object, Dialect, string])[])(
    "%s",
    (_, change, dialect, expected) => {
      expect(outcome(change, dialect)).toBe(expected);
    },
  );
});

it.each(["", "<html>", '{"Message":"Authorization has been denied"}', "[{"])("%j is no schedule", (text) => {
  expect(qgenda({ file: "QGenda", text }, context)).toMatchObject({ entries: [], unreadable: true });
});
