import { describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE, instant, utc } from "#src/domain/time.ts";
import { line, planOf } from "#test/support/plans.ts";
import { duty, programOf, rosterOf } from "#test/support/programs.ts";

/** A night from Saturday 22:00 to Sunday 08:00, local time, in which the clocks change; and Monday 09:00 after it. */
const NIGHTS = [
  ["Europe/Berlin", "2026-03-28", "2026-03-28T21:00:00Z", "2026-03-29T06:00:00Z", "2026-03-30T07:00:00Z"],
  ["Europe/Berlin", "2026-10-24", "2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z", "2026-10-26T08:00:00Z"],
  ["Europe/Berlin", "2027-03-27", "2027-03-27T21:00:00Z", "2027-03-28T06:00:00Z", "2027-03-29T07:00:00Z"],
  ["Europe/Berlin", "2027-10-30", "2027-10-30T20:00:00Z", "2027-10-31T07:00:00Z", "2027-11-01T08:00:00Z"],
  ["America/New_York", "2026-03-07", "2026-03-08T03:00:00Z", "2026-03-08T12:00:00Z", "2026-03-09T13:00:00Z"],
  ["America/New_York", "2026-10-31", "2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z", "2026-11-02T14:00:00Z"],
  ["America/New_York", "2027-03-13", "2027-03-14T03:00:00Z", "2027-03-14T12:00:00Z", "2027-03-15T13:00:00Z"],
  ["America/New_York", "2027-11-06", "2027-11-07T02:00:00Z", "2027-11-07T13:00:00Z", "2027-11-08T14:00:00Z"],
  [
    "Australia/Lord_Howe",
    "2026-04-04",
    "2026-04-04T11:00:00Z",
    "2026-04-04T21:30:00Z",
    "2026-04-05T22:30:00Z",
  ],
  [
    "Australia/Lord_Howe",
    "2026-10-03",
    "2026-10-03T11:30:00Z",
    "2026-10-03T21:00:00Z",
    "2026-10-04T22:00:00Z",
  ],
  [
    "Australia/Lord_Howe",
    "2027-04-03",
    "2027-04-03T11:00:00Z",
    "2027-04-03T21:30:00Z",
    "2027-04-04T22:30:00Z",
  ],
  [
    "Australia/Lord_Howe",
    "2027-10-02",
    "2027-10-02T11:30:00Z",
    "2027-10-02T21:00:00Z",
    "2027-10-03T22:00:00Z",
  ],
] as const;

const after = (at: string, milliseconds: number): string => utc(instant(Date.parse(at) + milliseconds));
const daysAfter = (date: string, days: number): string => after(`${date}T00:00:00Z`, days * DAY).slice(0, 10);

// domain: Times follow the roster
describe("in the night in which the clocks change", () => {
  it.each(NIGHTS)("%s, %s: every message comes to the minute", (timeZone, saturday, start, end, monday) => {
    const sunday = daysAfter(saturday, 1);
    const program = programOf({
      people: ["r1", "a1", "c1"],
      timeZone,
      from: daysAfter(saturday, -5),
      to: sunday,
    });
    const roster = rosterOf(
      ["r1", "a1"].map((id) => `${id} ${saturday}T22:00 ${sunday}T08:00`),
      timeZone,
    );

    expect(planOf(program, roster).map(line)).toEqual([
      `shift-goal r1 ${after(start, -15 * MINUTE)} – ${end}`,
      `shift-plan a1 ${start} – ${end}`,
      `shift-debrief a1 ${end} – ${after(end, DAY)}`,
      `shift-debrief r1 ${end} – ${after(end, DAY)}`,
      `pair-check-in a1 ${monday} – ${after(monday, 3 * DAY)}`,
      `pair-check-in r1 ${monday} – ${after(monday, 3 * DAY)}`,
      `attending-digest a1 ${after(monday, DAY)} – ${after(monday, 3 * DAY)}`,
      `coordinator-digest c1 ${after(monday, DAY)} – ${after(monday, 3 * DAY)}`,
      `rotation-summary r1 ${after(monday, DAY)} – ${after(monday, 3 * DAY)}`,
    ]);
  });

  it.each([
    ["Europe/Berlin", "2026-03-29T03:10", "2026-03-29T00:55:00Z"],
    ["America/New_York", "2027-03-14T03:10", "2027-03-14T06:55:00Z"],
    ["Australia/Lord_Howe", "2026-10-04T02:35", "2026-10-03T15:20:00Z"],
  ])("%s, %s: a quarter of an hour before is one that passes", (timeZone, start, goalAt) => {
    const program = programOf({ timeZone, from: start.slice(0, 10), to: start.slice(0, 10) });
    const roster = rosterOf([`r1 ${start} ${start.slice(0, 10)}T12:00`], timeZone);

    expect(utc(planOf(program, roster)[0]!.dueAt)).toBe(goalAt);
  });

  it.each([
    ["Europe/Berlin", "2026-03-28T19:00 2026-03-29T07:00", 11],
    ["Europe/Berlin", "2026-10-24T19:00 2026-10-25T07:00", 13],
    ["Australia/Lord_Howe", "2026-10-03T19:00 2026-10-04T07:00", 11.5],
    ["Australia/Lord_Howe", "2026-04-04T19:00 2026-04-05T07:00", 12.5],
  ])("%s, %s lasts %d hours, and the look back waits for its end", (timeZone, span, hours) => {
    const program = programOf({ timeZone, from: "2026-03-01", to: "2026-11-30" });
    const shift = duty(`r1 ${span}`, timeZone);
    const plan = planOf(
      program,
      rosterOf(
        ["r1", "a1"].map((id) => `${id} ${span}`),
        timeZone,
      ),
    );

    const debrief = plan.find((one) => one.kind === "shift-debrief")!;
    expect((debrief.dueAt - shift.start) / HOUR).toBe(hours);
  });

  it.each([
    // An hour on the wall that does not pass, and half an hour that takes three times as long.
    ["Europe/Berlin", "2026-03-29T02:00", "2026-03-29T03:00", false],
    ["Europe/Berlin", "2026-10-25T02:45", "2026-10-25T03:15", true],
    ["Australia/Lord_Howe", "2026-10-04T01:30", "2026-10-04T02:30", false],
  ])("%s, %s–%s counts by the time that passes: %s", (timeZone, start, end, counts) => {
    const program = programOf({ timeZone, from: "2026-03-01", to: "2026-11-30" });
    const day = start.slice(0, 10);
    const roster = rosterOf([`r1 ${day}T00:00 ${end}`, `a1 ${start} ${day}T10:00`], timeZone);

    expect(planOf(program, roster).some((one) => one.kind === "shift-plan")).toBe(counts);
  });
});
