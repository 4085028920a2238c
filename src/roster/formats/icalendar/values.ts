import { Temporal } from "temporal-polyfill";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import { DAY, type Instant } from "#src/domain/time.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../text/remembered.ts";
import { inZone, parseWall, type ToInstant, type Wall } from "../../text/wall.ts";
import { attendeeOf, type Attendee } from "./attendee.ts";
import { agreed, atOffset, inProgramZone } from "./clocks.ts";
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
export interface Moment {
  readonly wall: Wall;
  /** @throws ZonesDiffer when two rules for this wall time contradict each other */
  readonly at: ToInstant;
  readonly instant: Instant;
  /** For telling whether two moments are in one zone. */
  readonly zone: string;
  /** A date alone, which stands for the whole day. */
  readonly allDay: boolean;
  /** Neither a zone nor a Z: the program's zone is taken. */
  readonly isFloating: boolean;
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
  const floating = inProgramZone(context, zones, stated);
  // A feed has many times, and few days.
  const midnightOf = remembered((date) => parseWall(date.replace(/^(....)(..)/u, "$1-$2-")));
  const midnight = inZone(context.zone);
  const known = new Map<string, readonly Moment[]>();
  const guests = new Map<string, Attendee | undefined>();

  const refusal = ({ name, line }: Property, why: LeftOutReason, message: string, todo: string) =>
    new Unreadable({ file, line, field: name, message, todo, why });
  const broken = (property: Property) =>
    refusal(
      property,
      { code: "broken-line" },
      `${quoted(property.name + property.text)} cannot be read`,
      EXPORT_AGAIN,
    );
  const parsed = (property: Property): Parsed => {
    try {
      return parse(property);
    } catch {
      throw broken(property);
    }
  };

  const momentIn = (text: string, tzid: string | undefined, property: Property): Moment => {
    const time = writtenTime(text);
    if (time === undefined)
      throw refusal(property, { code: "no-time", text }, `${quoted(text)} is no time`, WRITE_TIME);
    const { wall } = time;
    if (!time.isDate) return momentAt(time, tzid, property);
    const zone = context.zone.name;
    return { wall, at: midnight, instant: midnight(wall), zone, allDay: true, isFloating: true };
  };

  const momentAt = (time: WrittenTime, tzid: string | undefined, property: Property): Moment => {
    const { wall } = time;
    const zone = zoneAt(time, tzid, property);
    try {
      return { ...zone, wall, instant: zone.at(wall), allDay: false };
    } catch (error) {
      if (error instanceof ZonesDiffer)
        throw refusal(property, { code: "zone", text: error.zone }, error.message, error.todo);
      const message = `the VTIMEZONE of ${quoted(zone.zone)} cannot be read`;
      throw refusal(property, { code: "zone", text: zone.zone }, message, USE_IANA);
    }
  };

  const zoneAt = (
    { offset }: WrittenTime,
    tzid: string | undefined,
    property: Property,
  ): Pick<Moment, "at" | "zone" | "isFloating"> => {
    const fixed = offset === undefined ? undefined : atOffset(offset);
    if (tzid === undefined && fixed !== undefined)
      return { at: fixed, zone: offset === 0 ? "UTC" : `offset ${offset}`, isFloating: false };
    if (tzid === undefined) return { at: floating, zone: context.zone.name, isFloating: true };
    const at = zones(tzid);
    if (at === undefined) {
      const message = `nothing says what the time zone ${quoted(tzid)} is`;
      throw refusal(property, { code: "zone", text: tzid }, message, USE_IANA);
    }
    return {
      at: fixed === undefined ? at : agreed(at, fixed, tzid, ONE_ZONE),
      zone: tzid,
      isFloating: false,
    };
  };

  const writtenIn = (property: Property) => {
    const found = writtenTimes(property);
    if (found === undefined) throw broken(property);
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
  };

  return {
    refusal,
    moment: momentIn,
    moments(property) {
      const plain = plainTime(property.text, midnightOf);
      if (plain !== undefined) return [momentAt(plain.time, plain.tzid, property)];
      let found = known.get(property.text);
      if (found === undefined) {
        const { values, tzid } = writtenIn(property);
        found = values.map((value) => momentIn(value, tzid, property));
        known.set(property.text, found);
      }
      return found;
    },
    periods(property) {
      const { values, tzid } = writtenIn(property);
      return values.map((value): Period => {
        const [from = "", to, ...more] = value.split("/");
        if (more.length > 0) throw broken(property);
        const start = momentIn(from, tzid, property);
        if (to === undefined) return { start, end: undefined };
        const isDuration = /^[+-]?P/iu.test(to);
        return { start, end: isDuration ? this.duration(to, property) : momentIn(to, tzid, property) };
      });
    },
    text(property) {
      const { text } = property;
      const parameters = text.slice(0, text.indexOf(":"));
      if (ENCODED.test(parameters) && text.includes("=", parameters.length)) {
        const message = `${property.name} is written in quoted-printable or base64, as vCalendar 1.0 had it`;
        throw refusal(
          property,
          { code: "broken-line" },
          message,
          "export the calendar as iCalendar 2.0 (.ics)",
        );
      }
      // oxlint-disable-next-line typescript/no-base-to-string -- a value of ical.js prints itself as in the file
      return (plainText(property) ?? String(parsed(property).values[0] ?? "")).trim();
    },
    attendee(property) {
      if (!guests.has(property.text)) guests.set(property.text, attendeeOf(parsed(property)));
      return guests.get(property.text);
    },
    duration(value, property) {
      try {
        const duration = Temporal.Duration.from(String(value));
        if (duration.sign > 0) return duration;
      } catch {
        // Reported below, as a duration of nothing is.
      }
      throw refusal(
        property,
        { code: "no-time", text: String(value) },
        `${quoted(String(value))} is no duration`,
        "let the calendar's program write PT9H, or a DTEND",
      );
    },
    all: (property) => parsed(property).values,
    parameter: (name, property) => parsed(property).parameters[name],
  };
}

/** Some programs write midnight behind a day, and still call it a date. */
const dayOf = (text: string): string => text.replace(/T00:?00(?::?00)?Z?$/iu, "");

const USE_IANA = "export the calendar with its VTIMEZONE, or with an IANA name such as Asia/Tokyo";
const ONE_ZONE = "let the calendar's program write either the zone or the Z, not both";
const ENCODED = /;ENCODING=(?:QUOTED-PRINTABLE|BASE64|B)(?:;|$)/iu;
