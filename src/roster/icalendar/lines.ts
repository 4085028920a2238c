import ICAL from "ical.js";
import { quoted, type Problem } from "../problem.ts";

/** One property of a calendar, unfolded and decoded, with the line it began on. */
export interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly values: readonly unknown[];
  readonly line: number;
}

/** One VEVENT with its own properties (those of alarms inside it are dropped). */
export interface EventLines {
  readonly line: number;
  readonly properties: readonly Property[];
}

export interface CalendarLines {
  readonly events: readonly EventLines[];
  /** Each VTIMEZONE as text, to be read by ical.js. */
  readonly zones: readonly string[];
  readonly method: string;
  readonly problems: readonly Problem[];
  readonly isCalendar: boolean;
  /** Its END:VCALENDAR is there: the file was not cut short. */
  readonly isComplete: boolean;
}

/**
 * Splits a calendar into its events. ical.js parses each property, but not the file: it forgets line
 * numbers, and one bad line would cost the whole roster.
 */
export function calendarLines(file: string, text: string): CalendarLines {
  const events: EventLines[] = [];
  const zones: string[] = [];
  const problems: Problem[] = [];
  const open: { readonly name: string; readonly line: number }[] = [];
  let method = "";
  let isCalendar = false;
  let properties: Property[] = [];
  let broken = false;
  let zone: string[] = [];

  for (const { text: line, number } of unfold(text)) {
    const [edge, name] = edgeOf(line);
    if (edge === "BEGIN" && name !== undefined) {
      open.push({ name, line: number });
      isCalendar ||= name === "VCALENDAR";
      if (name === "VEVENT") [properties, broken] = [[], false];
      if (name === "VTIMEZONE") zone = [];
    }
    const inside = open.at(-1);
    if (zoneDepth(open)) zone.push(line);
    if (edge === "END" && name !== undefined) {
      const begun = open.findLastIndex((one) => one.name === name);
      for (const lost of open.splice(begun === -1 ? open.length : begun).slice(1)) {
        problems.push(notEnded(file, lost));
      }
      if (name === "VEVENT" && inside?.name === name && !broken)
        events.push({ line: inside.line, properties });
      if (name === "VTIMEZONE") zones.push(zone.join("\r\n"));
    }
    if (edge !== undefined) continue;
    if (inside?.name === "VCALENDAR" && /^METHOD:/i.test(line)) method = line.slice(7).trim().toUpperCase();
    if (inside?.name !== "VEVENT" || UNWANTED.test(line)) continue;
    const property = propertyOf(line, number);
    if ("name" in property) properties.push(property);
    else {
      broken = true;
      problems.push({
        file,
        line: number,
        field: /^[\w-]*/.exec(line)?.[0].toUpperCase() ?? "",
        message: property.message,
        todo: "mend the line; its event was left out",
      });
    }
  }
  for (const lost of open) problems.push(notEnded(file, lost));
  const isComplete = !open.some((one) => one.name === "VCALENDAR");
  return { events, zones, method, problems, isCalendar, isComplete };
}

const zoneDepth = (open: readonly { readonly name: string }[]): boolean =>
  open[1]?.name === "VTIMEZONE" || open[0]?.name === "VTIMEZONE" || open[2]?.name === "VTIMEZONE";

function edgeOf(line: string): readonly [edge?: string, name?: string] {
  const [, edge, name] = /^(BEGIN|END):\s*(\S+)\s*$/i.exec(line) ?? [];
  return edge === undefined || name === undefined ? [] : [edge.toUpperCase(), name.toUpperCase()];
}

/** Properties that do not say who works when. A feed's notes and addresses are not even looked at. */
const UNWANTED =
  /^(?:DESCRIPTION|LOCATION|CREATED|URL|CLASS|TRANSP|PRIORITY|CATEGORIES|GEO|ORGANIZER|COMMENT|CONTACT|RESOURCES|ATTACH|X-[\w-]+)[;:]/iu;

const notEnded = (file: string, begun: { readonly name: string; readonly line: number }): Problem => ({
  file,
  line: begun.line,
  message: `BEGIN:${begun.name} has no END:${begun.name}`,
  todo: "export the calendar again; what it began was left out",
});

function propertyOf(line: string, number: number): Property | { readonly message: string } {
  const plain = plainProperty(line, number);
  if (plain !== undefined) return plain;
  try {
    const [name, parameters, , ...values] = ICAL.parse.property(line) as unknown as [
      string,
      Record<string, string | readonly string[]>,
      string,
      ...unknown[],
    ];
    const flat = Object.entries(parameters).map(([key, value]) => [key, [value].flat().join(",")]);
    return { name, parameters: Object.fromEntries(flat), values, line: number };
  } catch (error) {
    return { message: `${quoted(line)} cannot be read (${(error as Error).message.split('"')[0]?.trim()})` };
  }
}

const TIME =
  /^(DTSTART|DTEND|DTSTAMP|LAST-MODIFIED)(?:;TZID=([\w/+-]+))?:(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/u;
const TEXT = /^(UID|STATUS|SUMMARY|SEQUENCE):([^\\]*)$/u;

const GUEST = /^ATTENDEE(?:;CN=([^;:,"^\\]+))?:([^\s;,]+)$/u;

/** Most lines of most feeds have one of three plain forms, which need no parser; all others are ical.js's. */
function plainProperty(line: string, number: number): Property | undefined {
  const time = TIME.exec(line);
  if (time !== null) {
    const [, name, tzid, year, month, day, hour, minute, second, utc] = time;
    const value = `${year}-${month}-${day}T${hour}:${minute}:${second}${utc}`;
    return {
      name: name!.toLowerCase(),
      parameters: tzid === undefined ? {} : { tzid },
      values: [value],
      line: number,
    };
  }
  const guest = GUEST.exec(line);
  if (guest !== null) {
    const [, cn, address] = guest;
    return { name: "attendee", parameters: cn === undefined ? {} : { cn }, values: [address], line: number };
  }
  const text = TEXT.exec(line);
  return text === null
    ? undefined
    : { name: text[1]!.toLowerCase(), parameters: {}, values: [text[2]], line: number };
}

/** RFC 5545, 3.1: a line that begins with a space or a tab carries on the line before it. */
function unfold(text: string): readonly { readonly text: string; readonly number: number }[] {
  const lines: { text: string; number: number }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/u, "")
    .split(/\r\n|\n|\r/u)
    .entries()) {
    const before = lines.at(-1);
    if (/^[ \t]/u.test(line) && before !== undefined) before.text += line.slice(1);
    else if (line.trim() !== "") lines.push({ text: line, number: index + 1 });
  }
  return lines;
}
