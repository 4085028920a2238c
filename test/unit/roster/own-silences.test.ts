import { describe, expect, it } from "vitest";
import { readText } from "#src/roster/reading/read-source.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { someone } from "#test/support/programs.ts";
import { calendar, carterAndBrandt } from "./context.ts";

/* Somebody's own calendar or list, and QGenda, hear what the name of a shift says of others as all rosters do. */

const context = carterAndBrandt;

/** "1 read | 0": how many shifts and absences are read, and how many things are named. */
function outcome(source: Omit<RosterSource, "name">, text: string): string {
  const { entries, notUnderstood } = readText({ name: "x", ...source }, text, context);
  return `${entries.length} read | ${notUnderstood.length}`;
}

const r1 = someone("r1").id;
const NAMES = [
  ["a colleague who is there too", "ED Day - with Brandt", "1 read | 0"],
  ["who covers it", "ED Day - Brandt covering", "0 read | 1"],
  ["who has taken it", "ED Day - traded to Brandt", "0 read | 1"],
] as const;
const TIMES = ["DTSTART:20261201T070000", "DTEND:20261201T170000"];

describe("somebody's own calendar", () => {
  const own = { format: "icalendar", person: r1 } as const;

  it.each([...NAMES, ["a leave that another covers", "Vacation (→ Brandt)", "1 read | 0"] as const])(
    "%s",
    (_, name, expected) => {
      expect(outcome(own, calendar([`SUMMARY:${name}`, ...TIMES]))).toBe(expected);
    },
  );

  it.each([
    ["accepted", "emily.carter", "ACCEPTED", "1 read | 0"],
    ["declined", "emily.carter", "DECLINED", "0 read | 0"],
    ["maybe", "emily.carter", "TENTATIVE", "0 read | 1"],
    ["declined by another", "noah.brandt", "DECLINED", "1 read | 0"],
  ])("an invitation: %s", (_, who, answer, expected) => {
    const guest = `ATTENDEE;PARTSTAT=${answer}:mailto:${who}@example.org`;

    expect(outcome(own, calendar(["SUMMARY:ED Day", ...TIMES, guest]))).toBe(expected);
  });
});

it.each(NAMES)("somebody's own list: %s", (_, name, expected) => {
  const list = `start,end,label\n2026-12-01T07:00,2026-12-01T17:00,${name}\n`;

  expect(outcome({ format: "csv", person: r1 }, list)).toBe(expected);
});

describe("QGenda", () => {
  const entry = (change: object) =>
    JSON.stringify([
      {
        StaffFName: "Emily",
        StaffLName: "Carter",
        TaskName: "ED Day",
        TaskType: "Working",
        StartDate: "2026-12-01T00:00:00",
        EndDate: "2026-12-01T00:00:00",
        StartTime: "07:00:00",
        EndTime: "17:00:00",
        IsPublished: true,
        ...change,
      },
    ]);

  it.each<readonly [string, object, string]>([
    ...NAMES.map(([what, TaskName, expected]) => [what, { TaskName }, expected] as const),
    ["other hours", { TaskName: "Night 19:00-07:00" }, "0 read | 1"],
    ["the same hours", { TaskName: "Day 7a-5p" }, "1 read | 0"],
    ["a number in the place of no", { IsPublished: 0 }, "0 read | 0"],
    ["a number in the place of yes", { IsStruck: 1 }, "0 read | 0"],
    ["UTC without its Z", { StartDateUTC: "2026-12-01T12:00:00" }, "1 read | 0"],
    ["another UTC without its Z", { StartDateUTC: "2026-12-01T14:00:00" }, "0 read | 1"],
    [
      "hours of its own place",
      {
        TaskName: "Day 7a-5p",
        TimeZone: "(UTC-06:00) Central Time (US & Canada)",
        StartDateUTC: "2026-12-01T13:00:00Z",
        EndDateUTC: "2026-12-01T23:00:00Z",
      },
      "1 read | 0",
    ],
  ])("%s", (_, change, expected) => {
    expect(outcome({ format: "qgenda" }, entry(change))).toBe(expected);
  });
});
