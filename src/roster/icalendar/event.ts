import { Temporal } from "temporal-polyfill";
import { inZone, parseWall, inUtc, type ToInstant, type Wall } from "../wall.ts";
import { quoted, type Problem } from "../problem.ts";
import type { Site } from "../reader.ts";
import type { EventLines, Property } from "./lines.ts";
import type { ZoneNames } from "./zones.ts";

/** A moment as the calendar writes it: what the wall shows, and in which zone. */
export interface Moment {
  readonly wall: Wall;
  readonly at: ToInstant;
  /** For telling whether two moments are in one zone. */
  readonly zone: string;
  /** A date alone, which stands for the whole day. */
  readonly allDay: boolean;
}

export interface Attendee {
  readonly mail: string;
  readonly name: string;
}

/** A VEVENT with its times resolved. */
export interface CalendarEvent {
  readonly uid: string;
  readonly line: number;
  /** Where a property of it stands; where the event begins when it has none of that name. */
  readonly lineOf: (name: string) => number;
  /** Of two events with one UID, the greater counts. */
  readonly revision: readonly [sequence: number, modified: string];
  readonly cancelled: boolean;
  readonly summary: string;
  readonly attendees: readonly Attendee[];
  readonly start: Moment;
  readonly end: Moment | undefined;
  readonly duration: Temporal.Duration | undefined;
  readonly rules: readonly RecurrenceRule[];
  readonly added: readonly Added[];
  readonly excluded: readonly Moment[];
  /** The occurrence of its series that this event stands for. */
  readonly replaces: { readonly moment: Moment; readonly andFuture: boolean } | undefined;
}

/** An RRULE as jCal has it; `until` is ours, since ical.js compares it in the wrong zone. */
export interface RecurrenceRule {
  readonly rule: Readonly<Record<string, unknown>>;
  readonly until: Moment | undefined;
  readonly line: number;
}

/** An RDATE; `end` is there when it is a period. */
export interface Added {
  readonly start: Moment;
  readonly end: Moment | Temporal.Duration | undefined;
}

/** Why an event is left out. */
export class Unreadable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const NONE: readonly Property[] = [];

/** @throws Unreadable when something that decides who works when cannot be understood. */
export function calendarEvent(file: string, lines: EventLines, zones: ZoneNames, site: Site): CalendarEvent {
  const byName: Record<string, Property[]> = Object.create(null) as Record<string, Property[]>;
  for (const property of lines.properties) (byName[property.name] ??= []).push(property);
  const all = (name: string): readonly Property[] => byName[name] ?? NONE;
  const text = (name: string) => textOf(all(name)[0]);
  const read: Reading = { file, zones, floating: inZone(site.zone), site: site.zone.name };
  const moments = (name: string): readonly Moment[] =>
    byName[name]?.flatMap((one) => one.values.map((value) => momentOf(value, one, read))) ?? [];

  const start = moments("dtstart")[0];
  if (start === undefined) {
    throw new Unreadable({
      file,
      line: lines.line,
      field: "DTSTART",
      message: "the event has no start",
      todo: "give it one",
    });
  }
  const [replaced] = all("recurrence-id");
  const [duration] = all("duration");
  return {
    uid: text("uid"),
    line: lines.line,
    lineOf: (name) => all(name.toLowerCase())[0]?.line ?? lines.line,
    revision: [Number(text("sequence")) || 0, text("last-modified") || text("dtstamp")],
    cancelled: text("status").toUpperCase() === "CANCELLED",
    summary: text("summary"),
    attendees: all("attendee").filter(isPerson).map(attendeeOf),
    start,
    end: moments("dtend")[0],
    duration: duration === undefined ? undefined : durationOf(duration.values[0], duration, read),
    rules: all("rrule").map((one) => ruleOf(one, read, start)),
    added: all("rdate").flatMap((one) => one.values.map((value) => addedOf(value, one, read))),
    excluded: moments("exdate"),
    replaces:
      replaced === undefined
        ? undefined
        : {
            moment: momentOf(replaced.values[0], replaced, read),
            andFuture: replaced.parameters["range"]?.toUpperCase() === "THISANDFUTURE",
          },
  };
}

// oxlint-disable-next-line typescript/no-base-to-string -- a value of ical.js prints itself as in the file
const textOf = (property: Property | undefined): string => String(property?.values[0] ?? "").trim();

/** Rooms and equipment are invited too. */
const isPerson = (attendee: Property): boolean =>
  !["ROOM", "RESOURCE", "GROUP"].includes((attendee.parameters["cutype"] ?? "").toUpperCase());

const attendeeOf = (attendee: Property): Attendee => ({
  mail: textOf(attendee).replace(/^mailto:/i, ""),
  name: attendee.parameters["cn"] ?? "",
});

interface Reading {
  readonly file: string;
  readonly zones: ZoneNames;
  readonly floating: ToInstant;
  readonly site: string;
}

const unreadable = (property: Property, read: Reading, message: string, todo: string): Unreadable =>
  new Unreadable({ file: read.file, line: property.line, field: property.name.toUpperCase(), message, todo });

function momentOf(value: unknown, property: Property, read: Reading): Moment {
  const text = String(value);
  const isUtc = text.endsWith("Z");
  const wall = parseWall(isUtc ? text.slice(0, -1) : text);
  if (wall === undefined) {
    throw unreadable(
      property,
      read,
      `${quoted(text)} is no time`,
      "write 20261130T080000 or, for a day, VALUE=DATE:20261130",
    );
  }
  const allDay = text.length === "2026-11-30".length;
  if (isUtc) return { wall, at: inUtc, zone: "UTC", allDay: false };
  const tzid = property.parameters["tzid"];
  if (tzid === undefined || allDay) return { wall, at: read.floating, zone: read.site, allDay };
  const at = read.zones(tzid);
  if (at === undefined) {
    const message = `nothing says what the time zone ${quoted(tzid)} is`;
    throw unreadable(
      property,
      read,
      message,
      "use an IANA name such as Asia/Tokyo, or keep its VTIMEZONE in the file",
    );
  }
  return { wall, at, zone: tzid, allDay };
}

function durationOf(value: unknown, property: Property, read: Reading): Temporal.Duration {
  try {
    const duration = Temporal.Duration.from(String(value));
    if (duration.sign > 0) return duration;
  } catch {
    // Reported below, as a duration of nothing is.
  }
  throw unreadable(
    property,
    read,
    `${quoted(String(value))} is no duration`,
    "write PT9H, or give the event a DTEND",
  );
}

/** ical.js has hours, minutes and seconds for these; no roster does, and one rule can make millions of events. */
const TOO_OFTEN = new Set(["HOURLY", "MINUTELY", "SECONDLY"]);

function ruleOf(property: Property, read: Reading, start: Moment): RecurrenceRule {
  const { until, ...rule } = (property.values[0] ?? {}) as Record<string, unknown>;
  if (TOO_OFTEN.has(String(rule["freq"]).toUpperCase())) {
    throw unreadable(property, read, "shifts do not repeat within a day", "use FREQ=DAILY or longer");
  }
  if (until === undefined) return { rule, until: undefined, line: property.line };
  const end = momentOf(until, { ...property, parameters: {} }, read);
  // An UNTIL without Z is in the zone of the start.
  return {
    rule,
    until: end.zone === "UTC" ? end : { ...start, wall: end.wall, allDay: end.allDay },
    line: property.line,
  };
}

function addedOf(value: unknown, property: Property, read: Reading): Added {
  if (!Array.isArray(value)) return { start: momentOf(value, property, read), end: undefined };
  const [from, to] = value as readonly unknown[];
  const isDuration = /^[+-]?P/i.test(String(to));
  return {
    start: momentOf(from, property, read),
    end: isDuration ? durationOf(to, property, read) : momentOf(to, property, read),
  };
}
