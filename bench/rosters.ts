import ICAL from "ical.js";
import { readSource, siteOf } from "#src/config/roster-files.ts";
import { personId } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { rosterChange } from "#src/roster/merge.ts";
import { changed } from "#src/schedule/changed-roster.ts";
import { windowsOf } from "#src/roster/together.ts";
import { programOf } from "#test/support/programs.ts";

/* An event has the properties that calendars export (Google's, say). How fast a feed is read, matched with people, and compared with what is stored; against ical.js merely parsing it. */
const PEOPLE = Array.from({ length: 60 }, (_, index) => `${index % 2 === 0 ? "r" : "a"}${index}`);
const program = programOf({ people: PEOPLE, from: "2020-01-01", to: "2040-12-31" });
const site = siteOf(program);
const START = Date.UTC(2021, 0, 1);

function feedOf(events: number): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"];
  const stamp = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.000Z/gu, "");
  for (let index = 0; index < events; index += 1) {
    const who = PEOPLE[index % PEOPLE.length]!;
    const at = START + Math.floor(index / PEOPLE.length) * 8 * HOUR;
    lines.push(
      "BEGIN:VEVENT",
      `UID:event-${index}@example.org`,
      "DTSTAMP:20260101T000000Z",
      `DTSTART;TZID=Asia/Tokyo:${stamp(at)}`,
      `DTEND;TZID=Asia/Tokyo:${stamp(at + 8 * HOUR)}`,
      `SUMMARY:SITE - ED - Day - ${who}`,
      `ATTENDEE;CN=Name ${who}:mailto:${who}@example.org`,
      "STATUS:CONFIRMED",
      "SEQUENCE:0",
      "LOCATION:Emergency department\\, ground floor",
      "DESCRIPTION:Handover at the desk.\\nPublished by the roster office\\; call them about swaps.",
      "CREATED:20260101T000000Z",
      "LAST-MODIFIED:20260101T000000Z",
      "TRANSP:OPAQUE",
      "END:VEVENT",
    );
  }
  return [...lines, "END:VCALENDAR", ""].join("\r\n");
}

/** The quickest of some runs, in milliseconds: what the machine does besides only ever adds. */
function quickest(runs: number, work: () => unknown): number {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

const NOW = instant(START);
let stored: Roster = { assignments: [], absences: [] };
const perEvent: number[] = [];
const speeds: { ours: number; parser: number }[] = [];
for (const events of [5_000, 50_000]) {
  const text = feedOf(events);
  const bytes = new TextEncoder().encode(text);
  const source = { name: "feed", format: "icalendar" as const };
  const work = () => {
    const reading = readSource(source, bytes, site);
    if (reading.entries.length !== events || reading.notUnderstood.length > 0)
      throw new Error(`read ${reading.entries.length} of ${events}`);
    const windows = windowsOf(PEOPLE.map(personId), [{ reading, person: undefined }]);
    return rosterChange(stored, reading.entries, windows, NOW);
  };
  stored = changed({ assignments: [], absences: [] }, work());
  // What is stored is an hour off for every third shift, so that the comparison has work to do.
  stored = {
    ...stored,
    assignments: stored.assignments.map((one, index) =>
      index % 3 === 0 ? { ...one, start: later(one.start, HOUR) } : one,
    ),
  };
  const runs = events > 10_000 ? 3 : 10;
  const ours = quickest(runs, work);
  const parser = quickest(runs, () => ICAL.parse(text));
  const megabytes = Math.round(process.memoryUsage().rss / 1_000_000);
  console.log(
    `${String(events).padStart(6)} events: read, matched and compared ${Math.round((events / ours) * 1000)} events/s; ` +
      `ical.js parses ${Math.round((events / parser) * 1000)} events/s; memory ${megabytes} MB`,
  );
  perEvent.push(ours / events);
  speeds.push({ ours, parser });
  stored = { assignments: [], absences: [] };
}
const growth = perEvent[1]! / perEvent[0]!;
const against = speeds[1]!.parser / speeds[1]!.ours;
console.log(`cost per event, 50,000 against 5,000: ${growth.toFixed(2)} (at most 1.30)`);
console.log(`speed against ical.js merely parsing, 50,000: ${against.toFixed(2)} (at least 0.50)`);
if (growth > 1.3 || against < 0.5) process.exitCode = 1;
