import { describe, expect, it } from "vitest";
import { readText } from "#src/roster/reading/read-source.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, contextOf, spans } from "./context.ts";

/* Calendars that were read as something else than they say, without a word. */

const context = contextOf({ timeZone: "America/New_York", from: "2026-11-01T00:00", to: "2027-04-01T00:00" });
const NY = ";TZID=America/New_York";

/** "r1 2026-12-01T12:00:00Z 2026-12-01T22:00:00Z | 1": shifts, and how many things are named. */
function outcome(text: string): string {
  const reading = readText({ name: "x.ics", format: "icalendar" }, text, context);
  return [...spans(reading), `| ${reading.notUnderstood.length}`].join(" ");
}
const day = (date: string, from = "07", to = "17") => [
  `DTSTART${NY}:${date}T${from}0000`,
  `DTEND${NY}:${date}T${to}0000`,
];
const READ = "r1 2026-12-01T12:00:00Z 2026-12-01T22:00:00Z | 0";

describe("two times of an event of which only one says its zone", () => {
  it.each([
    [
      "an end without the zone of its start",
      ["DTSTART;TZID=Europe/Berlin:20261201T070000", "DTEND:20261201T170000"],
      "| 1",
    ],
    ["an end without the Z of its start", ["DTSTART:20261201T120000Z", "DTEND:20261201T170000"], "| 1"],
    ["a start without the Z of its end", ["DTSTART:20261201T070000", "DTEND:20261201T220000Z"], "| 1"],
    ["a zone that is the program's", [`DTSTART${NY}:20261201T070000`, "DTEND:20261201T170000"], READ],
    ["two zones", ["DTSTART;TZID=Europe/Berlin:20261201T130000", `DTEND${NY}:20261201T170000`], READ],
    [
      "a further date without the zone of the series",
      [
        "DTSTART;TZID=Europe/Berlin:20261201T130000",
        "DTEND;TZID=Europe/Berlin:20261201T230000",
        "RDATE:20261203T130000",
      ],
      "| 1",
    ],
  ])("%s", (_, lines, expected) => {
    expect(outcome(calendar(lines))).toBe(expected);
  });
});

describe("what a calendar says of all its events, below them", () => {
  const floating = ["DTSTART:20261201T070000", "DTEND:20261201T170000"];
  const below = (line: string) =>
    calendar(floating).replace(
      "END:VCALENDAR",
      `${line}\r\nEND:VCALENDAR\r\n${calendar(["UID:other", ...day("20261202")])}`,
    );
  const second = "r1 2026-12-02T12:00:00Z 2026-12-02T22:00:00Z";

  it.each([
    ["another zone", "X-WR-TIMEZONE:America/Chicago", `${second} | 1`],
    [
      "the same zone",
      "X-WR-TIMEZONE:America/New_York",
      `r1 2026-12-01T12:00:00Z 2026-12-01T22:00:00Z ${second} | 0`,
    ],
    ["that it takes them back", "METHOD:CANCEL", `${second} | 0`],
    ["that it is a letter", "METHOD:REPLY", `${second} | 1`],
  ])("%s", (_, line, expected) => {
    expect(outcome(below(line))).toBe(expected);
  });
});

describe("one day of a series that was taken back", () => {
  const series = ["UID:s", ...day("20261201"), "RRULE:FREQ=DAILY;COUNT=3", "STATUS:CANCELLED", "SEQUENCE:2"];
  const changed = ["UID:s", `RECURRENCE-ID${NY}:20261202T070000`, ...day("20261202", "08")];

  it.each([
    ["before or at once", "SEQUENCE:2", "| 1"],
    ["and changed later", "SEQUENCE:3", "r1 2026-12-02T13:00:00Z 2026-12-02T22:00:00Z | 0"],
  ])("%s", (_, sequence, expected) => {
    expect(outcome(calendar(series, [...changed, sequence]))).toBe(expected);
  });
});

describe("a day or a year that is none", () => {
  const leave = (duration: string) => ["SUMMARY:Vacation - r1", "DTSTART;VALUE=DATE:20261201", duration];
  it.each([
    ["hours from a day on", leave("DURATION:PT10H"), "| 1"],
    [
      "24 hours from a day on",
      leave("DURATION:PT24H"),
      "away r1 2026-12-01T05:00:00Z 2026-12-02T05:00:00Z | 0",
    ],
    ["the year 1", ["DTSTART:00010101T000000", "DTEND:00010101T100000"], "| 1"],
    ["the year 26", ["DTSTART:00261201T070000Z", "DTEND:00261201T170000Z"], "| 1"],
    ["a rule until the year 9999", [...day("20261201"), "RRULE:FREQ=YEARLY;UNTIL=99991231T000000Z"], READ],
  ])("%s", (_, lines, expected) => {
    expect(outcome(calendar(lines))).toBe(expected);
  });
});

it("says what is to be mended where only one time has its zone", () => {
  const text = calendar(["DTSTART:20261201T120000Z", "DTEND:20261201T170000"]);
  const people = [someone("r1")];

  const { notUnderstood } = readText({ name: "x.ics", format: "icalendar" }, text, { ...context, people });

  expect(notUnderstood).toEqual([
    {
      file: "x.ics",
      line: 6,
      field: "DTEND",
      message: 'one of its times is in "UTC", and the other names no zone',
      todo: "let the calendar's program write TZID= or Z with both; the event was left out",
      why: { code: "zone", text: "UTC" },
    },
  ]);
});
