import { expect, it } from "vitest";
import { readCase } from "#test/support/rosters/case.ts";

/*
 * Calendars with traits of feeds in the wild, each in a folder with an expect.md that says what is right. The times were
 * checked against an independent zone library.
 */
interface Expected {
  readonly shifts: readonly string[];
  /** "line FIELD" of each entry that is named. */
  readonly named: readonly string[];
}

/** A day shift in New York, 07:00–17:00 in winter. */
const day = (person: string, date: string): string => `${person} ${date}T12:00:00Z ${date}T22:00:00Z`;

const CASES: Readonly<Record<string, Expected>> = {
  "attendee-declined": { shifts: [day("r2", "2026-12-03"), day("a1", "2026-12-03")], named: [] },
  "cancelled-without-dtstart": {
    shifts: [day("r1", "2026-12-01"), day("a1", "2026-12-08"), day("r1", "2026-12-15")],
    named: [],
  },
  "cdo-alldayevent": { shifts: [day("r1", "2026-12-03"), day("a1", "2026-12-03")], named: ["8 DTSTART"] },
  "dtstart-with-suffix": {
    shifts: [day("r1", "2026-12-01"), day("a1", "2026-12-01"), day("a2", "2026-12-03")],
    named: ["22 DTSTART"],
  },
  exrule: {
    shifts: [day("r1", "2026-12-08"), day("r1", "2026-12-22"), day("r1", "2027-01-05")],
    named: [],
  },
  "leave-word-in-duty": {
    shifts: [day("r1", "2026-12-01"), day("a1", "2026-12-01")],
    named: ["7 SUMMARY", "14 SUMMARY", "21 SUMMARY", "28 SUMMARY"],
  },
  "outlook-custom-zones": {
    shifts: [
      "r1 2026-12-01T07:00:00Z 2026-12-01T16:00:00Z",
      "a1 2026-12-01T07:00:00Z 2026-12-01T16:00:00Z",
      "a1 2026-12-02T08:00:00Z 2026-12-02T17:00:00Z",
      "a2 2026-12-04T08:00:00Z 2026-12-04T17:00:00Z",
      "r1 2027-04-05T06:00:00Z 2027-04-05T15:00:00Z",
    ],
    named: ["81 DTSTART", "95 DTSTART"],
  },
  "pgy-level-is-an-id": {
    shifts: [
      "r1 2026-12-02T00:00:00Z 2026-12-02T12:00:00Z",
      "r2 2026-12-04T00:00:00Z 2026-12-04T12:00:00Z",
      "a2 2026-12-04T00:00:00Z 2026-12-04T12:00:00Z",
    ],
    named: [],
  },
  "recurrence-id-date": {
    shifts: [
      day("r1", "2026-12-01"),
      day("a1", "2026-12-08"),
      "r1 2026-12-09T00:00:00Z 2026-12-09T12:00:00Z",
      day("r1", "2026-12-15"),
    ],
    named: [],
  },
  "surname-of-somebody-else": {
    shifts: [day("a1", "2026-12-01")],
    named: ["7 SUMMARY", "14 SUMMARY", "21 SUMMARY"],
  },
  "tzid-and-z": { shifts: [day("a1", "2026-12-01")], named: ["8 DTSTART"] },
  "vcalendar-1": { shifts: [], named: ["1 VERSION"] },
};

it.each(Object.entries(CASES))("reads %s as its expect.md says", (name, { shifts, named }) => {
  const read = readCase(name);

  expect(read.spans).toEqual(shifts.toSorted());
  expect(read.places).toEqual(named.map((place) => `roster.ics:${place}`));
});
