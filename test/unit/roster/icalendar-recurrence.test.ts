import { expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { calendar, places, contextOf, spans } from "./context.ts";
import { worked } from "#test/support/worked.ts";

const context = contextOf({ timeZone: "Asia/Tokyo", from: "2026-11-23T00:00", to: "2027-02-01T00:00" });
const read = (...events: readonly (readonly string[])[]) =>
  icalendar({ file: "x.ics", text: calendar(...events) }, context);

const DAY = ["DTSTART;TZID=Asia/Tokyo:20261130T080000", "DTEND;TZID=Asia/Tokyo:20261130T170000"];
/** The day shift of a date, as it is expected: 08:00–17:00 in Tokyo. */
const day = (date: string): string => {
  const before = new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10);
  return `r1 ${before}T23:00:00Z ${date}T08:00:00Z`;
};

it("expands a rule, leaves out EXDATEs in any zone or as dates, and adds RDATEs and periods", () => {
  const reading = read([
    ...DAY,
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261215T000000Z",
    "EXDATE;TZID=Asia/Tokyo:20261202T080000",
    "EXDATE:20261206T230000Z",
    "EXDATE;VALUE=DATE:20261209",
    "RDATE;TZID=Asia/Tokyo:20261205T080000",
    "RDATE;VALUE=PERIOD:20261220T000000Z/PT4H,20261221T000000Z/20261221T050000Z",
  ]);

  expect(spans(reading)).toEqual([
    day("2026-11-30"),
    day("2026-12-05"),
    day("2026-12-14"),
    "r1 2026-12-20T00:00:00Z 2026-12-20T04:00:00Z",
    "r1 2026-12-21T00:00:00Z 2026-12-21T05:00:00Z",
  ]);
});

it("takes an UNTIL in UTC as that moment, a local one in the zone of the start, and a date as its whole day", () => {
  const until = (text: string) => spans(read([...DAY, `RRULE:FREQ=DAILY;UNTIL=${text}`]));
  const three = [day("2026-11-30"), day("2026-12-01"), day("2026-12-02")];

  expect(until("20261201T230000Z")).toEqual(three);
  expect(until("20261201T225959Z")).toEqual(three.slice(0, 2));
  expect(until("20261202T080000")).toEqual(three);
  expect(until("20261202")).toEqual(three);
});

it("counts a COUNT from the start of the series, though its beginning lies before the horizon", () => {
  const reading = read([
    "DTSTART;TZID=Asia/Tokyo:20261120T080000",
    "DTEND;TZID=Asia/Tokyo:20261120T170000",
    "RRULE:FREQ=DAILY;COUNT=5",
  ]);

  expect(spans(reading)).toEqual([day("2026-11-23"), day("2026-11-24")]);
});

it("puts an exception in the place of its occurrence, also another person or a cancellation", () => {
  const reading = read(
    ["UID:s", ...DAY, "RRULE:FREQ=DAILY;COUNT=4"],
    [
      "UID:s",
      "SUMMARY:Shift a1",
      "RECURRENCE-ID;TZID=Asia/Tokyo:20261201T080000",
      "DTSTART;TZID=Asia/Tokyo:20261201T100000",
      "DTEND;TZID=Asia/Tokyo:20261201T190000",
    ],
    ["UID:s", "STATUS:CANCELLED", "RECURRENCE-ID:20261201T230000Z", ...DAY],
  );

  expect(spans(reading)).toEqual([
    day("2026-11-30"),
    "a1 2026-12-01T01:00:00Z 2026-12-01T10:00:00Z",
    day("2026-12-03"),
  ]);
});

it("takes who works from the series when the exception does not say", () => {
  const text = calendar(
    ["UID:s", ...DAY, "RRULE:FREQ=DAILY;COUNT=1"],
    [
      "UID:s",
      "SUMMARY:",
      "RECURRENCE-ID;TZID=Asia/Tokyo:20261130T080000",
      "DTSTART:20261130T090000",
      "DURATION:PT8H",
    ],
  );

  expect(spans(icalendar({ file: "x.ics", text }, context))).toEqual([
    "r1 2026-11-30T00:00:00Z 2026-11-30T08:00:00Z",
  ]);
});

it("moves or cancels an occurrence and all after it (THISANDFUTURE)", () => {
  const daily = ["UID:s", ...DAY, "RRULE:FREQ=DAILY;COUNT=4"];
  const id = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Tokyo:20261202T080000";

  const moved = read(daily, ["UID:s", id, "DTSTART;TZID=Asia/Tokyo:20261202T100000", "DURATION:PT6H"]);
  const cancelled = read(daily, ["UID:s", id, "STATUS:CANCELLED", "DTSTART;TZID=Asia/Tokyo:20261202T080000"]);

  expect(spans(moved)).toEqual([
    day("2026-11-30"),
    day("2026-12-01"),
    "r1 2026-12-02T01:00:00Z 2026-12-02T07:00:00Z",
    "r1 2026-12-03T01:00:00Z 2026-12-03T07:00:00Z",
  ]);
  expect(spans(cancelled)).toEqual([day("2026-11-30"), day("2026-12-01")]);
});

it("believes the greater SEQUENCE, and keeps two shifts that share a UID by mistake", () => {
  const late = ["DTSTART;TZID=Asia/Tokyo:20261130T130000", "DTEND;TZID=Asia/Tokyo:20261130T220000"];
  const newer = read(["UID:s", "SEQUENCE:3", ...late], ["UID:s", "SEQUENCE:2", ...DAY]);
  const equal = read(["UID:s", ...late], ["UID:s", ...DAY]);

  expect(spans(newer)).toEqual(["r1 2026-11-30T04:00:00Z 2026-11-30T13:00:00Z"]);
  expect(spans(equal)).toEqual([day("2026-11-30"), "r1 2026-11-30T04:00:00Z 2026-11-30T13:00:00Z"]);
});

it("reads nothing from a calendar that takes its events back", () => {
  const text = calendar(DAY).replace("BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nMETHOD:CANCEL");

  expect(icalendar({ file: "x.ics", text }, context)).toMatchObject({
    entries: [],
    notUnderstood: [],
    accounts: { counts: { skipped: { cancelled: 1 } } },
  });
});

it.each([
  // Its start is none of its own dates either, which is named.
  ["a rule that matches no date", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", ["2 RRULE"]],
  ["a rule that picks from no date", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;BYSETPOS=1", ["2 RRULE"]],
  ["a rule without an end", "RRULE:FREQ=DAILY", []],
])("is done with %s in no time", (_, rule, named) => {
  const began = worked();

  const reading = read([...DAY, rule]);

  expect(places(reading)).toEqual(named);
  expect(reading.entries.length).toBeLessThan(70);
  expect(worked() - began).toBeLessThan(5_000);
});

it.each([
  ["every second", ["RRULE:FREQ=SECONDLY"]],
  ["more days than any roster has", ["RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9"]],
  ["a rule that nobody can read", ["RRULE:FREQ=WEEKLY;BYDAY=XX"]],
])("leaves out an event that repeats %s, with the rule's line", (_, rule) => {
  const start = ["DTSTART;TZID=Asia/Tokyo:19700201T000000", "DTEND;TZID=Asia/Tokyo:19700201T000100"];

  const reading = read([...start, ...rule], DAY);

  expect(spans(reading)).toEqual([day("2026-11-30")]);
  expect(places(reading)).toEqual(["7 RRULE"]);
});
