import { Temporal } from "temporal-polyfill";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import { DAY, type Instant } from "#src/domain/time.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../text/remembered.ts";
import { inZone, parseWall, type Wall } from "../../text/dates/wall.ts";
import { attendeeOf, type Attendee } from "./attendee.ts";
import { clockReader, type Clock } from "./clocks.ts";
import type { Property } from "./lines.ts";
import {
  parse,
  plainText,
  plainTime,
  writtenTime,
  writtenTimes,
  type Parsed,
  type WrittenTime,
} from "./written.ts";
import { ZonesDiffer, type ZoneNames } from "./zones.ts";

/** A moment as the calendar writes it: what the wall shows, and in which zone. */
export interface Moment extends Clock {
  readonly wall: Wall;
  readonly instant: Instant;
  /** A date alone, which stands for the whole day. */
  readonly allDay: boolean;
}

/** The same kind of moment at another time of the wall. */
export const momentLike = (like: Moment, wall: Wall, allDay: boolean): Moment => ({
  ...like,
  wall,
  instant: like.at(wall),
  allDay,
});

/** Why an event is left out. */
export class Unreadable extends Error {
  readonly problem: RosterProblem;
  constructor(problem: RosterProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads what properties say. Each throws Unreadable when it cannot be understood. */
export interface Values {
  /** One value of a property that has others too. */
  moment(text: string, tzid: string | undefined, property: Property): Moment;
  moments(property: Property): readonly Moment[];
  /** What RDATE has: moments, and periods, which end at a moment or after a duration. */
  periods(property: Property): readonly Period[];
  text(property: Property): string;
  /** Rooms and equipment are invited too: they are nobody. */
  attendee(property: Property): Attendee | undefined;
  duration(value: unknown, property: Property): Temporal.Duration;
  /** The values as ical.js has them. */
  all(property: Property): readonly unknown[];
  parameter(name: string, property: Property): string | undefined;
  refusal(property: Property, why: LeftOutReason, message: string, todo: string): Unreadable;
}

export interface Period {
  readonly start: Moment;
  /** Undefined when the event's own length counts. */
  readonly end: Moment | Temporal.Duration | undefined;
}

const WRITE_TIME = "let the calendar's program write 20261130T080000 or, for a day, VALUE=DATE:20261130";
const EXPORT_AGAIN = "export the calendar again, or tell whoever publishes it; the event was left out";

type Refusal = Values["refusal"];

/**
 * The values of one calendar. What its properties say is kept by their text: a feed repeats itself.
 * @param stated the zones that the calendar names for times without one
 */
export function valuesOf(
  file: string,
  zones: ZoneNames,
  context: ReadingContext,
  stated: readonly string[] = [],
): Values {
  const refusal: Refusal = ({ name, line }, why, message, todo) =>
    new Unreadable({ file, line, field: name, message, todo, why });
  const { momentAt, momentIn } = momentReader(context, clockReader(context, zones, stated), refusal);
  // A feed has many times, and few days.
  const midnightOf = remembered((date) => parseWall(date.replace(/^(....)(..)/u, "$1-$2-")));
  const known = new Map<string, readonly Moment[]>();
  const guests = new Map<string, Attendee | undefined>();

  return {
    refusal,
    moment: momentIn,
    moments(property) {
      const plain = plainTime(property.text, midnightOf);
      if (plain !== undefined) return [momentAt(plain.time, plain.tzid, property)];
      let found = known.get(property.text);
      if (found === undefined) {
        const { values, tzid } = writtenIn(property, refusal);
        found = values.map((value) => momentIn(value, tzid, property));
        known.set(property.text, found);
      }
      return found;
    },
    periods(property) {
      const { values, tzid } = writtenIn(property, refusal);
      return values.map((value): Period => {
        const [from = "", to, ...more] = value.split("/");
        if (more.length > 0) throw broken(property, refusal);
        const start = momentIn(from, tzid, property);
        if (to === undefined) return { start, end: undefined };
        const isDuration = /^[+-]?P/iu.test(to);
        return { start, end: isDuration ? durationOf(to, property, refusal) : momentIn(to, tzid, property) };
      });
    },
    text: (property) => textOf(property, refusal),
    attendee(property) {
      if (!guests.has(property.text)) guests.set(property.text, attendeeOf(parsed(property, refusal)));
      return guests.get(property.text);
    },
    duration: (value, property) => durationOf(value, property, refusal),
    all: (property) => parsed(property, refusal).values,
    parameter: (name, property) => parsed(property, refusal).parameters[name],
  };
}

function momentReader(context: ReadingContext, clockOf: ReturnType<typeof clockReader>, refusal: Refusal) {
  const midnight = inZone(context.zone);

  const momentAt = (time: WrittenTime, tzid: string | undefined, property: Property): Moment => {
    const { wall } = time;
    const clock = clockOf(time, tzid);
    if (clock === undefined) {
      const text = tzid ?? "";
      const message = `nothing says what the time zone ${quoted(text)} is`;
      throw refusal(property, { code: "zone", text }, message, USE_IANA);
    }
    try {
      return { ...clock, wall, instant: clock.at(wall), allDay: false };
    } catch (error) {
      if (error instanceof ZonesDiffer)
        throw refusal(property, { code: "zone", text: error.zone }, error.message, error.todo);
      const message = `the VTIMEZONE of ${quoted(clock.zone)} cannot be read`;
      throw refusal(property, { code: "zone", text: clock.zone }, message, USE_IANA);
    }
  };

  const momentIn: Values["moment"] = (text, tzid, property) => {
    const time = writtenTime(text);
    if (time === undefined)
      throw refusal(property, { code: "no-time", text }, `${quoted(text)} is no time`, WRITE_TIME);
    const { wall } = time;
    if (!time.isDate) return momentAt(time, tzid, property);
    const zone = context.zone.name;
    return { wall, at: midnight, instant: midnight(wall), zone, allDay: true, isFloating: true };
  };

  return { momentAt, momentIn };
}

/** The times of a property as they are written. What it says of their kind must be so. */
function writtenIn(property: Property, refusal: Refusal) {
  const found = writtenTimes(property);
  if (found === undefined) throw broken(property, refusal);
  const { parameters, values } = found;
  const kind = parameters.get("value")?.toUpperCase();
  const isOther = (text: string) => {
    const time = writtenTime(text);
    if (time === undefined) return false;
    return kind === "DATE" ? time.wall % DAY !== 0 : kind === "DATE-TIME" && time.isDate;
  };
  const other = values.find(isOther);
  const tzid = parameters.get("tzid");
  if (other === undefined) return { values: kind === "DATE" ? values.map(dayOf) : values, tzid };
  const message = `VALUE=${kind} and ${quoted(other)} contradict each other`;
  throw refusal(property, { code: "no-time", text: other }, message, WRITE_TIME);
}

function textOf(property: Property, refusal: Refusal): string {
  const { name, text } = property;
  const parameters = text.slice(0, text.indexOf(":"));
  if (ENCODED.test(parameters) && text.includes("=", parameters.length)) {
    const message = `${name} is written in quoted-printable or base64, as vCalendar 1.0 had it`;
    throw refusal(property, { code: "broken-line" }, message, "export the calendar as iCalendar 2.0 (.ics)");
  }
  // oxlint-disable-next-line typescript/no-base-to-string -- a value of ical.js prints itself as in the file
  return (plainText(property) ?? String(parsed(property, refusal).values[0] ?? "")).trim();
}

function durationOf(value: unknown, property: Property, refusal: Refusal): Temporal.Duration {
  const text = String(value);
  try {
    const duration = Temporal.Duration.from(text);
    if (duration.sign > 0) return duration;
  } catch {
    // Reported below, as a duration of nothing is.
  }
  const message = `${quoted(text)} is no duration`;
  throw refusal(
    property,
    { code: "no-time", text },
    message,
    "let the calendar's program write PT9H, or a DTEND",
  );
}

function parsed(property: Property, refusal: Refusal): Parsed {
  try {
    return parse(property);
  } catch {
    throw broken(property, refusal);
  }
}

function broken(property: Property, refusal: Refusal): Unreadable {
  const message = `${quoted(property.name + property.text)} cannot be read`;
  return refusal(property, { code: "broken-line" }, message, EXPORT_AGAIN);
}

/** Some programs write midnight behind a day, and still call it a date. */
const dayOf = (text: string): string => text.replace(/T00:?00(?::?00)?Z?$/iu, "");

const USE_IANA = "export the calendar with its VTIMEZONE, or with an IANA name such as Asia/Tokyo";
const ENCODED = /;ENCODING=(?:QUOTED-PRINTABLE|BASE64|B)(?:;|$)/iu;
