import { readFileSync } from "node:fs";
import type { Person } from "#src/domain/person.ts";
import { utc, zoneOf } from "#src/domain/time.ts";
import type { RosterReading, ReadingContext } from "#src/roster/text/reader.ts";
import { local, someone } from "#test/support/programs.ts";

export interface ContextWish {
  readonly timeZone?: string;
  readonly people?: readonly Person[];
  readonly from?: string;
  readonly to?: string;
}

/** What a reader knows: r1 and a1, and 2026 as its horizon. */
export function contextOf(wish: ContextWish = {}): ReadingContext {
  const {
    timeZone = "Europe/Berlin",
    people = [someone("r1"), someone("a1")],
    from = "2026-01-01T00:00",
    to = "2027-01-01T00:00",
  } = wish;
  return {
    people,
    zone: zoneOf(timeZone),
    horizon: { from: local(from, timeZone), to: local(to, timeZone) },
  };
}

/** A resident each, and a1, in New York. */
export const carterAndBrandt = contextOf({
  timeZone: "America/New_York",
  people: [
    someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
    someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
    someone("a1"),
  ],
});

/** A calendar of events, each given as its lines; UID and a summary that names r1 are added where there is none. */
export const calendar = (...events: readonly (readonly string[])[]): string =>
  [
    "BEGIN:VCALENDAR",
    ...events.flatMap((lines, index) => [
      "BEGIN:VEVENT",
      ...(lines.some((line) => line.startsWith("UID:")) ? [] : [`UID:event-${index}`]),
      ...(lines.some((line) => line.startsWith("SUMMARY:")) ? [] : ["SUMMARY:Shift r1"]),
      ...lines,
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ].join("\r\n");

/** "r1 2026-03-02T07:00:00Z 2026-03-02T16:00:00Z", by start; absences begin with "away". */
export const spans = (reading: RosterReading): readonly string[] =>
  reading.entries
    .toSorted((a, b) => a.start - b.start)
    .map(
      ({ kind, person, start, end }) =>
        `${kind === "duty" ? "" : "away "}${person} ${utc(start)} ${utc(end)}`,
    );

/** "r1 1 2 3, r2 2": the days of the month on which each person's entries begin. */
export function daysOfEach(entries: RosterReading["entries"]): string {
  const own = Map.groupBy(entries, ({ person }) => person);
  return [...own]
    .map(([person, some]) => `${person} ${some.map(({ start }) => new Date(start).getUTCDate()).join(" ")}`)
    .join(", ");
}

/** "7 DTSTART": where each problem is. */
export const places = (reading: RosterReading): readonly string[] =>
  reading.notUnderstood.map(({ line, field }) => `${line ?? "-"} ${field ?? "-"}`);

export const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/roster/${name}`, import.meta.url), "utf8");
