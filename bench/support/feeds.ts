import { HOUR } from "#src/domain/time.ts";

export const PEOPLE = Array.from({ length: 60 }, (_, index) => `${index % 2 === 0 ? "r" : "a"}${index}`);
export const START = Date.UTC(2021, 0, 1);

/** As calendars publish them (Google's, say); the least that an event can have; and no two times or titles alike. */
export const FEEDS = ["published", "bare", "unlike"] as const;
export type FeedKind = (typeof FEEDS)[number];

const NOTES = [
  "STATUS:CONFIRMED",
  "SEQUENCE:0",
  "LOCATION:Emergency department\\, ground floor",
  "DESCRIPTION:Handover at the desk.\\nPublished by the roster office\\; call them about swaps.",
  "CREATED:20260101T000000Z",
  "LAST-MODIFIED:20260101T000000Z",
  "TRANSP:OPAQUE",
];

/** A feed of one hospital; sixty people, each with a shift every eight hours. */
export function feedOf(kind: FeedKind, events: number): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//EN"];
  for (let index = 0; index < events; index += 1) {
    const who = PEOPLE[index % PEOPLE.length]!;
    const seconds = kind === "unlike" ? index % 3_000 : 0;
    const at = START + Math.floor(index / PEOPLE.length) * 8 * HOUR + seconds * 1_000;
    lines.push(
      "BEGIN:VEVENT",
      `UID:event-${index}@example.org`,
      `DTSTART;TZID=Asia/Tokyo:${stamp(at)}`,
      `DTEND;TZID=Asia/Tokyo:${stamp(at + 7 * HOUR)}`,
      `SUMMARY:SITE - ED - ${kind === "unlike" ? `Day ${index}` : "Day"} - ${who}`,
      ...(kind === "bare" ? [] : ["DTSTAMP:20260101T000000Z"]),
      ...(kind === "published" ? [`ATTENDEE;CN=Name ${who}:mailto:${who}@example.org`] : []),
      ...(kind === "bare" ? [] : NOTES),
      "END:VEVENT",
    );
  }
  return [...lines, "END:VCALENDAR", ""].join("\r\n");
}

const stamp = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.000Z/gu, "");
