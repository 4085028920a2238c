import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, fixture, contextOf, spans } from "./context.ts";

const context = contextOf({
  people: [
    someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
    someone("r2", { name: "佐藤 健" }),
    someone("r3", { name: "Anna Smith" }),
    someone("a1", { name: "Daniel Okafor" }),
    someone("a2", { name: "John Smith" }),
  ],
});

const NAME_IT =
  "add the name to `aliases` of this roster in program.yaml, or the e-mail that the calendar has to people.csv";

describe("a calendar of the whole department", () => {
  const reading = icalendar({ file: "site.ics", text: fixture("site-feed.ics") }, context);

  it("finds people by mail, common name, full name and surname, and absences by their words", () => {
    expect(spans(reading)).toEqual([
      "r1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z",
      "r1 2026-03-03T07:00:00Z 2026-03-03T16:00:00Z",
      "a1 2026-03-04T07:00:00Z 2026-03-04T16:00:00Z",
      "r2 2026-03-06T15:00:00Z 2026-03-07T00:00:00Z",
      "r3 2026-03-08T21:00:00Z 2026-03-09T07:00:00Z",
      "away r1 2026-03-10T23:00:00Z 2026-03-13T23:00:00Z",
      "away r2 2026-03-11T23:00:00Z 2026-03-12T23:00:00Z",
    ]);
  });

  it("keeps the shift's name and takes the person's out of it", () => {
    expect(reading.entries.map((entry) => entry.label).slice(0, 5)).toEqual([
      "ED - Day",
      "ED - Day",
      "SITE - ED - Surge-AM - 08:00-17:00",
      "準夜",
      "Night",
    ]);
  });

  // domain: Never silently wrong
  it("reports what it left out, each with its line, and guesses nothing", () => {
    expect(reading.notUnderstood).toEqual([
      {
        file: "site.ics",
        line: 29,
        field: "SUMMARY",
        message: '"Late (a1)" names nobody of people.csv',
        todo: NAME_IT,
        // An id inside a sentence may be a room or a year of training.
        why: { code: "nobody", text: "Late (a1)" },
      },
      {
        file: "site.ics",
        line: 46,
        field: "SUMMARY",
        message: '"Night - Smith" could be r3 (Anna Smith) or a2 (John Smith)',
        todo: "have the calendar name only who works, or add a longer name to `aliases` of this roster in program.yaml",
        why: { code: "ambiguous", text: "Night - Smith", people: ["r3", "a2"] },
      },
      {
        file: "site.ics",
        line: 60,
        field: "SUMMARY",
        message: '"Night - Visitor" names nobody of people.csv',
        todo: NAME_IT,
        why: { code: "nobody", text: "Night - Visitor" },
      },
      {
        file: "site.ics",
        line: 83,
        field: "DTSTART",
        message: '"On call - Okafor" is a whole day and does not say leave',
        todo: "give the shift a start and an end time, list its words under `skip`, or under `off` if it is time off",
        why: { code: "whole-day", text: "On call - Okafor" },
      },
    ]);
  });
});

it("reads a calendar of one person as theirs, whatever its summaries say", () => {
  const text = calendar(["SUMMARY:Night - Smith", "DTSTART:20260302T220000", "DTEND:20260303T080000"]);

  const reading = icalendar({ file: "mine.ics", text, person: personId("r2") }, context);

  expect(spans(reading)).toEqual(["r2 2026-03-02T21:00:00Z 2026-03-03T07:00:00Z"]);
  expect(reading.notUnderstood).toEqual([]);
});

it("puts every guest of one event on duty, and names the guest whom nobody knows", () => {
  const text = calendar([
    "SUMMARY:Day",
    "DTSTART:20260302T080000",
    "DTEND:20260302T170000",
    "ATTENDEE;CN=佐藤 健:mailto:x@example.org",
    "ATTENDEE;CN=Daniel Okafor:mailto:y@example.org",
    "ATTENDEE:mailto:locum@example.org",
  ]);

  const reading = icalendar({ file: "site.ics", text }, context);

  expect(reading.entries.map((entry) => entry.person)).toEqual(["r2", "a1"]);
  expect(reading.notUnderstood.map((problem) => problem.message)).toEqual([
    '"locum@example.org" names nobody of people.csv',
  ]);
});
