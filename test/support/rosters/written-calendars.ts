import { Temporal } from "temporal-polyfill";
import { hoursOf, PEOPLE, ZONE, type Shift } from "./written.ts";

/* Random rosters as calendars: shifts each by itself, or as daily series with exceptions of every kind. */

/** One event, line by line, without BEGIN and END. */
export type EventLines = readonly string[];

/** How a calendar writes its times. */
export type Clock = "zone" | "Windows" | "UTC" | "offset" | "floating";

const stamp = (at: Temporal.PlainDateTime): string =>
  at.toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");

const inUtc = (at: Temporal.PlainDateTime): string =>
  `${stamp(at.toZonedDateTime(ZONE).withTimeZone("UTC").toPlainDateTime())}Z`;

export function moment(name: string, at: Temporal.PlainDateTime, clock: Clock): string {
  switch (clock) {
    case "zone":
      return `${name};TZID=${ZONE}:${stamp(at)}`;
    case "Windows":
      return `${name};TZID=Eastern Standard Time:${stamp(at)}`;
    case "UTC":
      return `${name}:${inUtc(at)}`;
    case "offset":
      return `${name}:${stamp(at)}-0500`;
    case "floating":
      return `${name}:${stamp(at)}`;
    default:
      return clock satisfies never;
  }
}

export const startOf = (day: number, code: string): Temporal.PlainDateTime =>
  Temporal.PlainDateTime.from(`2026-12-01T${hoursOf(code)[0]}`).add({ days: day - 1 });

const hoursLong = (code: string): number => {
  const [start, end] = hoursOf(code).map((time) => Number(time.slice(0, 2)));
  return (end! - start! + 24) % 24;
};

export const endOf = (day: number, code: string) => startOf(day, code).add({ hours: hoursLong(code) });

const summary = ({ who, code }: Pick<Shift, "who" | "code">): string =>
  `SUMMARY:ED ${code} - ${PEOPLE[who]!.name}`;

/** Each shift by itself. */
export const single = (one: Shift, index: number, clock: Clock, hasDuration: boolean): EventLines => [
  `UID:single-${index}`,
  moment("DTSTART", startOf(one.day, one.code), clock),
  hasDuration ? `DURATION:PT${hoursLong(one.code)}H` : moment("DTEND", endOf(one.day, one.code), clock),
  summary(one),
];

/**
 * All of one person's shifts of one kind: a daily series of December, and what takes the other days out of it, each in
 * one of the ways that programs have.
 */
export function series(own: readonly Shift[], clock: Clock, kinds: readonly number[]): readonly EventLines[] {
  const [{ who, code }] = own as [Shift, ...Shift[]];
  const uid = `UID:series-${who}-${code}`;
  const days = new Set(own.map(({ day }) => day));
  const start = (day: number) => startOf(day, code);
  const out: string[] = [];
  const cancelled: EventLines[] = [];
  for (let day = 1; day <= 31; day += 1) {
    if (days.has(day)) continue;
    const kind = kinds[day % kinds.length]! % 5;
    if (kind === 0) out.push(moment("EXDATE", start(day), clock));
    else if (kind === 1) out.push(moment("EXDATE", start(day), "UTC"));
    else if (kind === 2 && clock !== "UTC" && clock !== "offset")
      out.push(`EXDATE;VALUE=DATE:${stamp(start(day)).slice(0, 8)}`);
    else if (kind === 3) out.push(moment("EXDATE", start(day), "zone"));
    else cancelled.push([uid, moment("RECURRENCE-ID", start(day), clock), "STATUS:CANCELLED"]);
  }
  return [
    [
      uid,
      moment("DTSTART", start(1), clock),
      moment("DTEND", endOf(1, code), clock),
      "RRULE:FREQ=DAILY;COUNT=31",
      ...out,
      summary({ who, code }),
    ],
    ...cancelled,
  ];
}

export const calendarOf = (events: readonly EventLines[]): string =>
  [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...events.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
  ].join("\r\n");
