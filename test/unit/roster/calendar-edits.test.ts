import { expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { calendar, carterAndBrandt } from "./context.ts";

/* One UID that stands there twice at one moment: the later edit counts, where LAST-MODIFIED says which it is. */

const TIMES = ["DTSTART:20261201T070000Z", "DTEND:20261201T170000Z"];
const event = (summary: string, ...more: readonly string[]) => [
  "UID:s",
  `SUMMARY:${summary}`,
  ...TIMES,
  ...more,
];
const [first, later] = ["LAST-MODIFIED:20261112T201830Z", "LAST-MODIFIED:20261113T090000Z"];

const people = (...events: readonly (readonly string[])[]): string =>
  icalendar({ file: "x.ics", text: calendar(...events) }, carterAndBrandt)
    .entries.map(({ person }) => person)
    .join(" ");

it.each([
  ["the later edit", [event("ED Day - Carter", first), event("ED Day - Brandt", later)], "r2"],
  ["wherever it stands", [event("日勤 Brandt", later), event("日勤 Carter", first)], "r2"],
  [
    "the greater SEQUENCE first",
    [event("Carter", first, "SEQUENCE:2"), event("Brandt", later, "SEQUENCE:1")],
    "r1",
  ],
  ["both, where none is later", [event("Carter", first), event("Brandt", first)], "r1 r2"],
  ["both, where nothing says when", [event("Carter"), event("Brandt")], "r1 r2"],
])("counts %s", (_, events, expected) => {
  expect(people(...events)).toBe(expected);
});
