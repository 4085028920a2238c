import fc from "fast-check";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import {
  calendarOf,
  moment,
  series,
  single,
  type Clock,
  type EventLines,
} from "#test/support/rosters/written-calendars.ts";
import { PEOPLE, said, ZONE, type Shift } from "#test/support/rosters/written.ts";
import { Temporal } from "temporal-polyfill";
import { contextOf } from "./context.ts";

/*
 * Whatever becomes of a calendar that can be read still: what is read of it is what was written, or the difference is
 * named, and the books add up to its events.
 */

const RUNS = campaignSize({ quick: 50, usual: 150, long: 3_000 });
const context = contextOf({
  timeZone: ZONE,
  people: PEOPLE,
  from: "2026-11-20T00:00",
  to: "2027-01-15T00:00",
});

/** A calendar as it became. */
interface Mutated {
  readonly text: string;
  /** What it does not say any more. */
  readonly gone?: readonly string[];
}

type Mutation = (
  events: readonly EventLines[],
  pick: (below: number) => number,
  all: readonly Shift[],
) => Mutated;

const same =
  (change: (text: string) => string): Mutation =>
  (events) => ({ text: change(calendarOf(events)) });

const inEvents =
  (change: (lines: EventLines) => EventLines): Mutation =>
  (events) => ({ text: calendarOf(events.map(change)) });

const inOne = (
  events: readonly EventLines[],
  at: number,
  change: (lines: EventLines) => EventLines,
): string => calendarOf(events.map((lines, index) => (index === at ? change(lines) : lines)));

/** What an event says of all shifts; a cancellation says nothing. */
function saidIn(lines: EventLines, all: readonly Shift[]): readonly string[] {
  if (!lines.some((line) => line.startsWith("SUMMARY"))) return [];
  const uid = lines[0]!;
  return all
    .filter(({ who, code }, index) => [`UID:single-${index}`, `UID:series-${who}-${code}`].includes(uid))
    .map(said);
}

/** Without these an event says something else, and not less. */
const MEANING = /^(?:EXDATE|RRULE|RECURRENCE-ID|STATUS)/u;

const fold = (text: string): string =>
  text
    .split("\r\n")
    .map((line) => (line.length > 20 ? `${line.slice(0, 12)}\r\n ${line.slice(12)}` : line))
    .join("\r\n");

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  nothing: same((text) => text),
  "folded lines": same(fold),
  "line feeds alone": same((text) => text.replaceAll("\r\n", "\n")),
  "carriage returns alone": same((text) => text.replaceAll("\r\n", "\r")),
  "a byte order mark": same((text) => `\uFEFF${text}`),
  "names of properties in small letters": same((text) =>
    text.replaceAll(/^(?:DTSTART|DTEND|SUMMARY|EXDATE|RRULE|UID|DURATION)/gmu, (name) => name.toLowerCase()),
  ),
  "names of people in capitals": same((text) =>
    text.replaceAll(/(?<=^SUMMARY:).*/gmu, (one) => one.toUpperCase()),
  ),
  "events in another order": (events) => ({ text: calendarOf(events.toReversed()) }),
  "properties in another order": inEvents((lines) => lines.toReversed()),
  "each event twice": (events) => ({ text: calendarOf([...events, ...events]) }),
  "properties of no use, and alarms": inEvents((lines) => [
    "LOCATION:ED\\, Pod A",
    "second line of it",
    ...lines,
    "DESCRIPTION:Carter?",
    "BEGIN:VALARM",
    "TRIGGER:-PT1H",
    "SUMMARY:Okafor",
    "END:VALARM",
  ]),
  "dates with their type": same((text) =>
    text.replaceAll(/^(DTSTART|DTEND)(?=[;:])/gmu, "$1;VALUE=DATE-TIME"),
  ),
  "the zone's own rules": same((text) =>
    text.replace(
      "VERSION:2.0",
      [
        "VERSION:2.0",
        "BEGIN:VTIMEZONE",
        `TZID:${ZONE}`,
        "BEGIN:STANDARD",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
        "TZOFFSETFROM:-0400",
        "TZOFFSETTO:-0500",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        "TZOFFSETFROM:-0500",
        "TZOFFSETTO:-0400",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
      ].join("\r\n"),
    ),
  ),
  "another zone for times without one": same((text) =>
    text.replace("VERSION:2.0", "VERSION:2.0\r\nX-WR-TIMEZONE:Europe/Berlin"),
  ),
  "a line of one event is gone": (events, pick) => {
    const at = pick(events.length);
    const lines = events[at]!.flatMap((line, place) => (MEANING.test(line) ? [] : [place]));
    const out = lines[pick(lines.length)]!;
    return { text: inOne(events, at, (own) => own.toSpliced(out, 1)) };
  },
  "a line of one event is there twice": (events, pick) => {
    const at = pick(events.length);
    return { text: inOne(events, at, (own) => own.toSpliced(1, 0, own[pick(own.length)]!)) };
  },
  "an event without its end": (events, pick) => {
    const ends = calendarOf(events).split("END:VEVENT\r\n");
    const at = pick(ends.length - 1);
    return {
      text: ends
        .map((part, index) => part + (index === at || index === ends.length - 1 ? "" : "END:VEVENT\r\n"))
        .join(""),
    };
  },
  "cut short": (events, pick) => {
    const text = calendarOf(events);
    return { text: text.slice(0, pick(text.length)) };
  },
  "a guest who is another": (events, pick) => ({
    text: inOne(events, pick(events.length), (lines) => [
      ...lines,
      "ATTENDEE:mailto:daniel.okafor@example.org",
    ]),
  }),
  "a name of somebody else": (events, pick) => ({
    text: inOne(events, pick(events.length), (lines) =>
      lines.map((line) => line.replace(/(?<=^SUMMARY:).*/u, "ED - Olivia Carter")),
    ),
  }),
  "a name that was taken back": (events, pick, all) => {
    const at = pick(events.length);
    const change = (line: string) => line.replace("SUMMARY:", "SUMMARY:Canceled: ");
    return { text: inOne(events, at, (lines) => lines.map(change)), gone: saidIn(events[at]!, all) };
  },
  "an event that was cancelled": (events, pick, all) => {
    const at = pick(all.length);
    const found = events.findIndex(([uid]) => uid === `UID:single-${at}`);
    if (found === -1) return { text: calendarOf(events) };
    const text = calendarOf([...events, [...events[found]!, "STATUS:CANCELLED", "SEQUENCE:1"]]);
    return { text, gone: [said(all[at]!)] };
  },
  "an event that is only tentative": (events, pick, all) => {
    const at = pick(events.length);
    const text = inOne(events, at, (lines) => [...lines, "STATUS:TENTATIVE"]);
    return { text, gone: saidIn(events[at]!, all) };
  },
  "an exclusion of nothing": (events, pick) => ({
    text: inOne(events, pick(events.length), (lines) => [
      ...lines,
      moment("EXDATE", Temporal.PlainDateTime.from("2026-11-28T07:00"), "zone"),
    ]),
  }),
  "two times with a zone and a Z": (events, pick) => ({
    text: inOne(events, pick(events.length), (lines) =>
      lines.map((line) => (line.startsWith("DTSTART;TZID") ? `${line}Z` : line)),
    ),
  }),
};

/** What takes a shift back may be lost with these. */
const LOSING = new Set(["a line of one event is gone", "an event without its end", "cut short"]);

const shifts = fc.uniqueArray(
  fc.record({
    who: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
    day: fc.integer({ min: 1, max: 31 }),
    code: fc.constantFrom("D", "E", "N"),
  }),
  { selector: ({ who, day }) => `${who} ${day}`, minLength: 8, maxLength: 30 },
);

const written = (all: readonly Shift[], clock: Clock, isSeries: boolean, kinds: readonly number[]) =>
  isSeries
    ? [...Map.groupBy(all, ({ who, code }) => `${who} ${code}`).values()].flatMap((own) =>
        series(own, clock, kinds),
      )
    : all.map((one, index) => single(one, index, clock, kinds[index % kinds.length]! % 2 === 0));

it("what is read of a mutated calendar was written, or the difference is named", () => {
  fc.assert(
    fc.property(
      shifts,
      fc.constantFrom<Clock>("zone", "Windows", "UTC", "offset", "floating"),
      fc.boolean(),
      fc.constantFrom(...Object.keys(MUTATIONS)),
      fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
      (all, clock, isSeries, mutation, picks) => {
        const left = [...picks];
        const pick = (below: number) => (left.pop() ?? 0) % below;

        const { text, gone = [] } = MUTATIONS[mutation]!(written(all, clock, isSeries, picks), pick, all);
        const { entries, notUnderstood, accounts } = icalendar({ file: "x.ics", text }, context);

        const read = entries.map(
          ({ kind, person, start, end }) => `${kind === "duty" ? "" : "away "}${person} ${start} ${end}`,
        );
        const right = all.map(said).filter((one) => !gone.includes(one));
        const differing = [
          ...right.filter((one) => !read.includes(one)).map((one) => `- ${one}`),
          ...read.filter((one) => !right.includes(one)).map((one) => `+ ${one}`),
        ];
        const { read: count = 0, skipped = {}, leftOut = 0 } = accounts?.counts ?? {};
        const sum = count + leftOut + Object.values(skipped).reduce((one, other) => one + other, 0);
        const begun = text.match(/^BEGIN:VEVENT/gmu)?.length ?? 0;
        const isNamed = notUnderstood.length > 0;
        const more = differing.filter((one) => one.startsWith("+"));
        expect([mutation, sum]).toEqual([mutation, begun]);
        expect([mutation, ...(isNamed ? [] : differing)]).toEqual([mutation]);
        // Nobody gets a shift that nobody wrote, even where something is named, unless what took it back is lost.
        expect([mutation, ...(LOSING.has(mutation) ? [] : more)]).toEqual([mutation]);
      },
    ),
    { numRuns: RUNS },
  );
}, 180_000);
