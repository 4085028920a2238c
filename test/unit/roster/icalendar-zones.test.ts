import { describe, expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { calendar, fixture, contextOf, spans } from "./context.ts";

// domain: Two readings that contradict
it("resolves a zone by the time zone database, then Windows' names, then the file; refuses the rest, and where two differ", () => {
  const reading = icalendar(
    { file: "zones.ics", text: fixture("zones.ics") },
    contextOf({ timeZone: "Asia/Tokyo" }),
  );

  expect(spans(reading)).toEqual([
    // Defined by the file: 02:30 does not exist on 29 March, and exists twice on 25 October.
    "r1 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z",
    "r1 2026-07-02T06:00:00Z 2026-07-02T07:00:00Z",
    "r1 2026-07-03T06:00:00Z 2026-07-03T07:00:00Z",
    "r1 2026-07-04T06:00:00Z 2026-07-04T07:00:00Z",
    // Floating: the program's zone.
    "r1 2026-07-04T23:00:00Z 2026-07-05T00:00:00Z",
    "r1 2026-07-06T08:00:00Z 2026-07-06T09:00:00Z",
    "r1 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z",
  ]);
  expect(reading.notUnderstood).toEqual([
    {
      file: "zones.ics",
      line: 29,
      field: "DTSTART",
      message: 'the VTIMEZONE of "Europe/Berlin" in the file and the zone of that name show different times',
      todo: "export the calendar again, with a time zone that is up to date",
      why: { code: "zone", text: "Europe/Berlin" },
    },
    {
      file: "zones.ics",
      line: 77,
      field: "DTSTART",
      message: 'nothing says what the time zone "Customized Time Zone" is',
      todo: "export the calendar with its VTIMEZONE, or with an IANA name such as Asia/Tokyo",
      why: { code: "zone", text: "Customized Time Zone" },
    },
  ]);
});

describe("nights in which the clocks change", () => {
  const night = (date: string, until: string, zone: string) => [
    `DTSTART;TZID=${zone}:${date}T190000`,
    `DTEND;TZID=${zone}:${until}T070000`,
  ];
  it.each([
    ["Europe/Berlin", "20260328", "20260329", "2026-03-28T18:00:00Z", "2026-03-29T05:00:00Z"],
    ["Europe/Berlin", "20261024", "20261025", "2026-10-24T17:00:00Z", "2026-10-25T06:00:00Z"],
    ["America/New_York", "20260307", "20260308", "2026-03-08T00:00:00Z", "2026-03-08T11:00:00Z"],
    ["America/New_York", "20261031", "20261101", "2026-10-31T23:00:00Z", "2026-11-01T12:00:00Z"],
    // Lord Howe moves its clocks by half an hour.
    ["Australia/Lord_Howe", "20260404", "20260405", "2026-04-04T08:00:00Z", "2026-04-04T20:30:00Z"],
    ["Australia/Lord_Howe", "20261003", "20261004", "2026-10-03T08:30:00Z", "2026-10-03T20:00:00Z"],
  ])("ends at its own wall time in %s (%s)", (zone, date, until, start, end) => {
    const text = calendar(night(date, until, zone));

    const reading = icalendar({ file: "x.ics", text }, contextOf());

    expect(spans(reading)).toEqual([`r1 ${start} ${end}`]);
  });

  it("makes a recurring 19:00–07:00 shift 11 h long in spring, 13 h in autumn and 12 h otherwise", () => {
    const text = calendar(
      [...night("20260321", "20260322", "Europe/Berlin"), "RRULE:FREQ=WEEKLY;COUNT=3"],
      [...night("20261017", "20261018", "Europe/Berlin"), "RRULE:FREQ=WEEKLY;COUNT=3"],
    );

    const { entries } = icalendar({ file: "x.ics", text }, contextOf());

    expect(entries.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([12, 11, 12, 12, 13, 12]);
  });

  it("takes the hours of a DURATION as they are, and its days from the calendar", () => {
    const text = calendar(
      ["DTSTART;TZID=Europe/Berlin:20260328T190000", "DURATION:PT12H"],
      ["DTSTART;TZID=Europe/Berlin:20260328T080000", "DURATION:P1D"],
    );

    expect(spans(icalendar({ file: "x.ics", text }, contextOf()))).toEqual([
      "r1 2026-03-28T07:00:00Z 2026-03-29T06:00:00Z",
      "r1 2026-03-28T18:00:00Z 2026-03-29T06:00:00Z",
    ]);
  });

  it("moves a start inside the gap on by the gap, and takes the first of two equal times", () => {
    const text = calendar(
      ["DTSTART;TZID=America/New_York:20260308T023000", "DURATION:PT8H"],
      ["DTSTART;TZID=America/New_York:20261101T013000", "DURATION:PT8H"],
    );

    expect(spans(icalendar({ file: "x.ics", text }, contextOf()))).toEqual([
      "r1 2026-03-08T07:30:00Z 2026-03-08T15:30:00Z",
      "r1 2026-11-01T05:30:00Z 2026-11-01T13:30:00Z",
    ]);
  });

  it("ends a leave of whole days at midnight of the program's zone", () => {
    const text = calendar([
      "SUMMARY:r1 vacation",
      "DTSTART;VALUE=DATE:20260328",
      "DTEND;VALUE=DATE:20260330",
    ]);

    expect(spans(icalendar({ file: "x.ics", text }, contextOf()))).toEqual([
      "away r1 2026-03-27T23:00:00Z 2026-03-29T22:00:00Z",
    ]);
  });
});
