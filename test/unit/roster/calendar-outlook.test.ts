import { describe, expect, it } from "vitest";
import type { PersonId } from "#src/domain/person.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import type { RosterText } from "#src/roster/text/reader.ts";
import { calendar, carterAndBrandt } from "./context.ts";

/* Outlook keeps how it shows a time apart from the event's status: tentative, free, out of office. */

const TIMES = ["DTSTART:20261201T070000Z", "DTEND:20261201T170000Z"];
const DAYS = ["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261202"];

/** "duty r1 | two-readings": what is read, and what is named. */
function outcome(lines: readonly string[], more: Partial<RosterText> = {}): string {
  const { entries, notUnderstood } = icalendar(
    { file: "x.ics", text: calendar(lines), ...more },
    carterAndBrandt,
  );
  const own = entries.map(({ kind, person }) => `${kind} ${person}`);
  return `${own.join(", ")} | ${notUnderstood.map(({ why }) => why.code).join(", ")}`;
}

const shown = (as: string) => `X-MICROSOFT-CDO-BUSYSTATUS:${as}`;

describe("a shift that Outlook shows as away", () => {
  it.each(["OOF", "oof", "WORKINGELSEWHERE"])("is left out and named: %s", (as) => {
    expect(outcome(["SUMMARY:ED Day - Carter", ...TIMES, shown(as)])).toBe(" | two-readings");
    expect(outcome(["SUMMARY:Brandt", ...TIMES, shown(as)])).toBe(" | two-readings");
    expect(outcome(["SUMMARY:日勤", ...TIMES, shown(as)], { person: "r1" as PersonId })).toBe(
      " | two-readings",
    );
  });

  it("is duty where its words are listed so", () => {
    const lines = ["SUMMARY:ED Day - Carter", ...TIMES, shown("OOF")];

    expect(outcome(lines, { duty: ["ED Day"] })).toBe("duty r1 | ");
  });

  it.each(["BUSY", "FREE", ""])("is duty where it is shown otherwise: %s", (as) => {
    expect(outcome(["SUMMARY:ED Day - Carter", ...TIMES, shown(as)])).toBe("duty r1 | ");
  });

  it.each(["Carter - Vacation", "Carter 休暇", "Carter out of office"])("stays leave: %s", (summary) => {
    expect(outcome([`SUMMARY:${summary}`, ...TIMES, shown("OOF")])).toBe("absence r1 | ");
    expect(outcome([`SUMMARY:${summary}`, ...DAYS, shown("OOF")])).toBe("absence r1 | ");
  });

  it("counts for a changed day of a series that leaves out its name", () => {
    const series = ["UID:s", "SUMMARY:Carter", ...TIMES, "RRULE:FREQ=DAILY;COUNT=2", shown("OOF")];
    const day = [
      "UID:s",
      "RECURRENCE-ID:20261202T070000Z",
      "SUMMARY:",
      "DTSTART:20261202T080000Z",
      "DTEND:20261202T170000Z",
    ];
    const text = calendar(series, day);

    expect(icalendar({ file: "x.ics", text }, carterAndBrandt).entries).toEqual([]);
  });
});

describe("somebody's own calendar without details", () => {
  it.each([
    ["Free", "FREE", " | "],
    ["Away", "OOF", " | "],
    ["空き時間", "FREE", " | "],
    ["外出中", "OOF", " | "],
    ["Out of Office", "OOF", "absence r1 | "],
    ["Working elsewhere", "BUSY", " | two-readings"],
    ["Busy", "BUSY", "duty r1 | "],
    ["Free clinic", "BUSY", "duty r1 | "],
  ])("has no duty where it says that they are free or away: %s", (summary, as, expected) => {
    expect(outcome([`SUMMARY:${summary}`, ...TIMES, shown(as)], { person: "r1" as PersonId })).toBe(expected);
  });
});
