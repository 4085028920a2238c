import type { Temporal } from "temporal-polyfill";
import type { Attendee } from "./attendee.ts";
import type { EventLines, Property, PropertyName } from "./lines.ts";
import { repetition, type Repetition } from "./repetition.ts";
import {
  checkEnd,
  checkLength,
  checkZone,
  isCancelled,
  isElsewhere,
  isFlagged,
  isTentative,
  wholeDay,
} from "./contradictions.ts";
import { Unreadable, type Moment, type Values } from "./values.ts";

/** A VEVENT with its times resolved. */
export interface CalendarEvent {
  readonly uid: string;
  readonly line: number;
  /** Where these stand; where the event begins when it has none. */
  readonly lines: Readonly<Record<"DTSTART" | "DTEND" | "SUMMARY" | "ATTENDEE", number>>;
  /** Of two events for one occurrence the one with the greater sequence counts. */
  readonly sequence: number;
  /** LAST-MODIFIED; DTSTAMP only says when the file was written. */
  readonly modified: string;
  readonly cancelled: boolean;
  /** Its calendar does not call it certain. */
  readonly isTentative: boolean;
  /** Outlook shows whoever has it as out of office, or at work somewhere else. */
  readonly isElsewhere: boolean;
  /** It has no start of its own, as only a cancellation may: it stands for all of its UID, or for what it replaces. */
  readonly isWithoutStart: boolean;
  readonly summary: string;
  readonly attendees: readonly Attendee[];
  readonly start: Moment;
  readonly end: Moment | undefined;
  readonly duration: Temporal.Duration | undefined;
  /** What makes it take place more than once; undefined for most events. */
  readonly repeats: Repetition | undefined;
  /** The occurrence of its series that this event stands for. */
  readonly replaces: { readonly moment: Moment; readonly andFuture: boolean } | undefined;
}

const NOBODY: readonly Attendee[] = [];

/** These say one thing of an event: two of them that differ are two readings. */
const SINGLE: ReadonlySet<PropertyName> = new Set([
  "UID",
  "STATUS",
  "SUMMARY",
  "DTSTART",
  "DTEND",
  "DURATION",
  "RECURRENCE-ID",
]);

/** @throws Unreadable when something that decides who works when cannot be understood. */
export function calendarEvent(
  file: string,
  { line, properties, calendar }: EventLines,
  values: Values,
): CalendarEvent {
  const found = firstOfEach(properties, values);
  const text = (name: PropertyName) => textOf(found.get(name), values);
  const moment = (name: PropertyName) => momentOf(found.get(name), values);
  const at = (name: PropertyName) => found.get(name)?.line ?? line;

  const replaces = replacedBy(found.get("RECURRENCE-ID"), values);
  const cancelled = isCancelled(found.get("STATUS"), values) || calendar.method === "CANCEL";
  const stated = moment("DTSTART");
  const start = stated ?? (cancelled ? (replaces?.moment ?? LONG_AGO(values, line)) : undefined);
  if (start === undefined) throw noStart(file, line);
  const end = moment("DTEND");
  checkZone(found.get("TZID"), [start, end], values);

  const length = found.get("DURATION");
  const duration = length && values.duration(values.all(length)[0], length);
  checkEnd(found.get("DTEND"), stated, end, duration, values);
  checkLength(length, start, duration, values);
  const repeating = properties.filter(({ name }) => REPEATING.has(name));
  return {
    uid: text("UID"),
    line,
    lines: { DTSTART: at("DTSTART"), DTEND: at("DTEND"), SUMMARY: at("SUMMARY"), ATTENDEE: at("ATTENDEE") },
    sequence: Number(text("SEQUENCE")) || 0,
    modified: text("LAST-MODIFIED"),
    cancelled,
    isTentative: isTentative(found, values),
    isElsewhere: isElsewhere(found, values),
    isWithoutStart: stated === undefined,
    summary: text("SUMMARY"),
    attendees: attendeesOf(properties, values),
    start: isFlagged(found, values) ? wholeDay(start, end, at("DTSTART"), file) : start,
    end,
    duration,
    repeats: repeating.length === 0 ? undefined : repetition(repeating, values, start),
    replaces,
  };
}

/**
 * An event that cannot be read still takes the place of the occurrence that it names: nobody knows what becomes
 * of that one.
 */
export function placeholder({ line, properties }: EventLines, values: Values): CalendarEvent | undefined {
  const find = (name: PropertyName) => properties.find((one) => one.name === name);
  try {
    const moment = momentOf(find("RECURRENCE-ID"), values);
    if (moment === undefined) return undefined;
    return {
      uid: textOf(find("UID"), values),
      line,
      lines: { DTSTART: line, DTEND: line, SUMMARY: line, ATTENDEE: line },
      sequence: Number(textOf(find("SEQUENCE"), values)) || 0,
      modified: "",
      cancelled: true,
      isTentative: false,
      isElsewhere: false,
      isWithoutStart: true,
      summary: "",
      attendees: NOBODY,
      start: moment,
      end: undefined,
      duration: undefined,
      repeats: undefined,
      replaces: { moment, andFuture: false },
    };
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

const REPEATING: ReadonlySet<PropertyName> = new Set(["RRULE", "RDATE", "EXDATE", "EXRULE"]);

function firstOfEach(properties: readonly Property[], values: Values): ReadonlyMap<PropertyName, Property> {
  const found = new Map<PropertyName, Property>();
  for (const property of properties) {
    const before = found.get(property.name);
    if (before === undefined) found.set(property.name, property);
    else if (SINGLE.has(property.name) && before.text !== property.text) {
      const message = `${property.name} stands there twice, and differs from line ${before.line}`;
      const todo = "export the calendar again, or tell whoever publishes it; the event was left out";
      throw values.refusal(property, { code: "broken-line" }, message, todo);
    }
  }
  return found;
}

const textOf = (property: Property | undefined, values: Values): string =>
  property === undefined ? "" : values.text(property);

function momentOf(property: Property | undefined, values: Values): Moment | undefined {
  if (property === undefined) return undefined;
  const [moment, another] = values.moments(property);
  if (another === undefined) return moment;
  const message = `${property.name} has more than one time`;
  throw values.refusal(
    property,
    { code: "no-time", text: property.text },
    message,
    "export the calendar again",
  );
}

function replacedBy(property: Property | undefined, values: Values): CalendarEvent["replaces"] {
  const moment = momentOf(property, values);
  if (property === undefined || moment === undefined) return undefined;
  const range = values.parameter("range", property)?.toUpperCase() ?? "";
  if (range !== "" && range !== "THISANDFUTURE") {
    const message = `RANGE=${range} is no range that calendars have today`;
    throw values.refusal(property, { code: "rule" }, message, "export the calendar as iCalendar 2.0 (.ics)");
  }
  return { moment, andFuture: range === "THISANDFUTURE" };
}

function attendeesOf(properties: readonly Property[], values: Values): readonly Attendee[] {
  let attendees: Attendee[] | undefined;
  for (const property of properties) {
    if (property.name !== "ATTENDEE") continue;
    const attendee = values.attendee(property);
    if (attendee !== undefined) (attendees ??= []).push(attendee);
  }
  return attendees ?? NOBODY;
}

/** A cancellation of a whole series may have no start: any will do. */
const LONG_AGO = (values: Values, line: number): Moment =>
  values.moment("19700101", undefined, { name: "DTSTART", text: "", line });

function noStart(file: string, line: number): Unreadable {
  return new Unreadable({
    file,
    line,
    field: "DTSTART",
    message: "the event has no start",
    todo: "export the calendar again, or tell whoever publishes it; the event was left out",
    why: { code: "no-start" },
  });
}
