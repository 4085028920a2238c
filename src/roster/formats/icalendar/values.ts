import { Temporal } from "temporal-polyfill";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { remembered } from "../../change/remembered.ts";
import { inUtc, inZone, parseWall, type ToInstant, type Wall } from "../../text/wall.ts";
import type { Property } from "./lines.ts";
import { parse, plainText, plainTime, type Parsed, type WrittenTime } from "./written.ts";
import type { ZoneNames } from "./zones.ts";

/** A moment as the calendar writes it: what the wall shows, and in which zone. */
export interface Moment {
  readonly wall: Wall;
  readonly at: ToInstant;
  readonly instant: Instant;
  /** For telling whether two moments are in one zone. */
  readonly zone: string;
  /** A date alone, which stands for the whole day. */
  readonly allDay: boolean;
}

/** The same kind of moment at another time of the wall. */
export const momentLike = ({ at, zone }: Moment, wall: Wall, allDay: boolean): Moment =>
  moment(wall, at, zone, allDay);

const moment = (wall: Wall, at: ToInstant, zone: string, allDay: boolean): Moment => ({
  wall,
  at,
  instant: at(wall),
  zone,
  allDay,
});

export interface Attendee {
  readonly mail: string;
  readonly name: string;
}

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
  moment(value: unknown, tzid: string | undefined, property: Property): Moment;
  moments(property: Property): readonly Moment[];
  text(property: Property): string;
  /** Rooms and equipment are invited too: they are nobody. */
  attendee(property: Property): Attendee | undefined;
  duration(value: unknown, property: Property): Temporal.Duration;
  /** The values as ical.js has them. */
  all(property: Property): readonly unknown[];
  parameter(name: string, property: Property): string | undefined;
  refusal(property: Property, why: LeftOutReason, message: string, todo: string): Unreadable;
}

/** The values of one file. What its properties say is kept by their text: a feed repeats itself. */
export function valuesOf(file: string, zones: ZoneNames, context: ReadingContext): Values {
  const floating = inZone(context.zone);
  // A feed has many times, and few days.
  const midnightOf = remembered((date) => parseWall(date.replace(/^(....)(..)/u, "$1-$2-")));
  const known = new Map<string, readonly Moment[]>();
  const guests = new Map<string, Attendee | undefined>();

  const refusal = ({ name, line }: Property, why: LeftOutReason, message: string, todo: string) =>
    new Unreadable({ file, line, field: name, message, todo, why });
  const parsed = (property: Property): Parsed => {
    try {
      return parse(property);
    } catch (error) {
      const why = (error as Error).message.split('"')[0]?.trim();
      const message = `${quoted(property.name + property.text)} cannot be read (${why})`;
      throw refusal(property, { code: "broken-line" }, message, "mend the line; its event was left out");
    }
  };

  const momentIn = (value: unknown, tzid: string | undefined, property: Property): Moment => {
    const text = String(value);
    const isUtc = text.endsWith("Z");
    const wall = parseWall(isUtc ? text.slice(0, -1) : text);
    if (wall === undefined) {
      const todo = "write 20261130T080000 or, for a day, VALUE=DATE:20261130";
      throw refusal(property, { code: "no-time", text }, `${quoted(text)} is no time`, todo);
    }
    const isDate = text.length === "2026-11-30".length;
    return isDate
      ? moment(wall, floating, context.zone.name, true)
      : momentAt({ wall, isUtc, tzid }, property);
  };

  const momentAt = ({ wall, isUtc, tzid }: WrittenTime, property: Property): Moment => {
    if (isUtc) return moment(wall, inUtc, "UTC", false);
    if (tzid === undefined) return moment(wall, floating, context.zone.name, false);
    const at = zones(tzid);
    if (at === undefined) {
      const message = `nothing says what the time zone ${quoted(tzid)} is`;
      const todo = "use an IANA name such as Asia/Tokyo, or keep its VTIMEZONE in the file";
      throw refusal(property, { code: "zone", text: tzid }, message, todo);
    }
    try {
      return moment(wall, at, tzid, false);
    } catch {
      const message = `the VTIMEZONE of ${quoted(tzid)} cannot be read`;
      const todo = "use an IANA name such as Asia/Tokyo, or export the calendar again";
      throw refusal(property, { code: "zone", text: tzid }, message, todo);
    }
  };

  return {
    refusal,
    moment: momentIn,
    moments(property) {
      const plain = plainTime(property.text, midnightOf);
      if (plain !== undefined) return [momentAt(plain, property)];
      let found = known.get(property.text);
      if (found === undefined) {
        const { values, parameters } = parsed(property);
        found = values.map((value) => momentIn(value, parameters["tzid"], property));
        known.set(property.text, found);
      }
      return found;
    },
    text(property) {
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
        "write PT9H, or give the event a DTEND",
      );
    },
    all: (property) => parsed(property).values,
    parameter: (name, property) => parsed(property).parameters[name],
  };
}

function attendeeOf({ parameters, values }: Parsed): Attendee | undefined {
  if (["ROOM", "RESOURCE", "GROUP"].includes((parameters["cutype"] ?? "").toUpperCase())) return undefined;
  // oxlint-disable-next-line typescript/no-base-to-string -- a value of ical.js prints itself as in the file
  const address = String(values[0] ?? "").trim();
  return { mail: address.replace(/^mailto:/i, ""), name: parameters["cn"] ?? "" };
}
