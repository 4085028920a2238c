import type { Temporal } from "temporal-polyfill";
import { inUtc } from "../../text/wall.ts";
import type { EventLines, Property } from "./lines.ts";
import { momentLike, Unreadable, type Attendee, type Moment, type Values } from "./values.ts";

/** A VEVENT with its times resolved. */
export interface CalendarEvent {
  readonly uid: string;
  readonly line: number;
  /** Where these stand; where the event begins when it has none. */
  readonly lines: Readonly<Record<"DTSTART" | "DTEND" | "SUMMARY" | "ATTENDEE", number>>;
  /** Of two events with one UID, the one with the greater sequence counts, then the one modified later. */
  readonly sequence: number;
  readonly modified: string;
  readonly cancelled: boolean;
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

export interface Repetition {
  readonly rules: readonly RecurrenceRule[];
  readonly added: readonly Added[];
  readonly excluded: readonly Moment[];
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

const NOBODY: readonly Attendee[] = [];

/** @throws Unreadable when something that decides who works when cannot be understood. */
export function calendarEvent(file: string, { line, properties }: EventLines, values: Values): CalendarEvent {
  const lines = { DTSTART: line, DTEND: line, SUMMARY: line, ATTENDEE: line };
  let [uid, status, summary, sequence, stamped, modified] = ["", "", "", "", "", ""];
  let attendees: Attendee[] | undefined;
  let [start, end]: [Moment?, Moment?] = [];
  let duration: Temporal.Duration | undefined;
  let repeats: Property[] | undefined;
  let replaces: CalendarEvent["replaces"];

  for (const property of properties) {
    switch (property.name) {
      case "UID":
        uid ||= values.text(property);
        break;
      case "STATUS":
        status ||= values.text(property);
        break;
      case "SEQUENCE":
        sequence ||= values.text(property);
        break;
      case "DTSTAMP":
        stamped ||= values.text(property);
        break;
      case "LAST-MODIFIED":
        modified ||= values.text(property);
        break;
      case "SUMMARY":
        summary ||= values.text(property);
        lines.SUMMARY = property.line;
        break;
      case "ATTENDEE": {
        const attendee = values.attendee(property);
        if (attendees === undefined) lines.ATTENDEE = property.line;
        if (attendee !== undefined) (attendees ??= []).push(attendee);
        break;
      }
      case "DTSTART":
        start ??= values.moments(property)[0];
        lines.DTSTART = property.line;
        break;
      case "DTEND":
        end ??= values.moments(property)[0];
        lines.DTEND = property.line;
        break;
      case "DURATION":
        duration ??= values.duration(values.all(property)[0], property);
        break;
      case "RECURRENCE-ID":
        replaces ??= replacedBy(property, values);
        break;
      case "RRULE":
      case "RDATE":
      case "EXDATE":
        (repeats ??= []).push(property);
        break;
      default:
        property.name satisfies never;
    }
  }
  if (start === undefined) {
    throw new Unreadable({
      file,
      line,
      field: "DTSTART",
      message: "the event has no start",
      todo: "give it one",
      why: { code: "no-start" },
    });
  }
  return {
    uid,
    line,
    lines,
    sequence: Number(sequence) || 0,
    modified: modified || stamped,
    cancelled: status.toUpperCase() === "CANCELLED",
    summary,
    attendees: attendees ?? NOBODY,
    start,
    end,
    duration,
    repeats: repeats && repetition(repeats, values, start),
    replaces,
  };
}

function replacedBy(property: Property, values: Values): CalendarEvent["replaces"] {
  const [moment] = values.moments(property);
  const andFuture = values.parameter("range", property)?.toUpperCase() === "THISANDFUTURE";
  return moment && { moment, andFuture };
}

function repetition(properties: readonly Property[], values: Values, start: Moment): Repetition {
  const named = (name: Property["name"]) => properties.filter((one) => one.name === name);
  return {
    rules: named("RRULE").map((one) => ruleOf(one, values, start)),
    added: named("RDATE").flatMap((one) => addedOf(one, values)),
    excluded: named("EXDATE").flatMap((one) => values.moments(one)),
  };
}

/** ical.js has hours, minutes and seconds for these; no roster does, and one rule can make millions of events. */
const TOO_OFTEN = new Set(["HOURLY", "MINUTELY", "SECONDLY"]);

/** Letters: every day of a year by its number needs fewer. */
const LONGEST_RULE = 2_000;

function ruleOf(property: Property, values: Values, start: Moment): RecurrenceRule {
  if (property.text.length > LONGEST_RULE) {
    const message = `a rule of ${property.text.length} letters is none of a roster`;
    throw values.refusal(property, { code: "rule" }, message, "write a rule such as FREQ=WEEKLY;BYDAY=MO");
  }
  const { until, ...rule } = (values.all(property)[0] ?? {}) as Record<string, unknown>;
  if (TOO_OFTEN.has(String(rule["freq"]).toUpperCase())) {
    const message = "shifts do not repeat within a day";
    throw values.refusal(property, { code: "rule" }, message, "use FREQ=DAILY or longer");
  }
  if (until === undefined) return { rule, until: undefined, line: property.line };
  const end = values.moment(until, undefined, property);
  // An UNTIL without Z is in the zone of the start.
  return {
    rule,
    until: end.at === inUtc ? end : momentLike(start, end.wall, end.allDay),
    line: property.line,
  };
}

function addedOf(property: Property, values: Values): readonly Added[] {
  const tzid = values.parameter("tzid", property);
  return values.all(property).map((value): Added => {
    if (!Array.isArray(value)) return { start: values.moment(value, tzid, property), end: undefined };
    const [from, to] = value as readonly unknown[];
    const isDuration = /^[+-]?P/i.test(String(to));
    return {
      start: values.moment(from, tzid, property),
      end: isDuration ? values.duration(to, property) : values.moment(to, tzid, property),
    };
  });
}
