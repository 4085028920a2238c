import { Temporal } from "temporal-polyfill";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import { wall, type ToInstant, type Wall } from "../../text/dates/wall.ts";
import type { CalendarEvent } from "./event.ts";
import type { Moment } from "./values.ts";

/** One time that an event takes place. */
export interface Occurrence {
  /** What RECURRENCE-ID and EXDATE call it: its start by the rule. */
  readonly original: Instant;
  /** Its start as the wall shows it in the zone of the series. */
  readonly wall: Wall;
  /** The zone of the series. */
  readonly zone: string;
  readonly start: Instant;
  readonly end: Instant;
}

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
  /** The program's clock: a date alone may be a day of it. */
  readonly local: ToInstant;
}

/** A moment whose occurrence would touch the span for sure, in whatever zone and of whatever length it is. */
export const isWithin = ({ instant: at }: Moment, { from, to }: Span): boolean =>
  at >= from + EDGE && at < to - EDGE;

const EDGE = 2 * DAY;

/** The time that the event itself states. */
export function ownTime(event: CalendarEvent): Occurrence {
  const { start, end } = event;
  if (end === undefined) return occurrence(start, start.wall, lengthOf(event));
  const { instant: original, wall, zone } = start;
  return { original, wall, zone, start: original, end: end.instant };
}

/** The event as if it took place at this wall time of its own zone. */
export const occurrenceAt = (event: CalendarEvent, at: Wall): Occurrence =>
  occurrence(event.start, at, lengthOf(event));

export const touches = (one: Occurrence, span: Span): boolean => one.start < span.to && one.end > span.from;

/** How long each occurrence is: by the wall's clock, by a duration, or until one fixed moment. */
export type Length =
  | { readonly byWall: number }
  | { readonly duration: Temporal.Duration }
  | { readonly fixed: Instant };

/**
 * An end with a wall time is its own wall time: a 19:00–07:00 shift is 13 h or 11 h long in the night in
 * which the clocks change. With start and end in two zones there is no common clock, so the length is exact.
 */
export function lengthOf(event: CalendarEvent): Length {
  const { start, end, duration } = event;
  if (end !== undefined && end.zone === start.zone) return { byWall: end.wall - start.wall };
  if (end !== undefined) {
    const milliseconds = end.instant - start.instant;
    return { duration: Temporal.Duration.from({ milliseconds }) };
  }
  if (duration !== undefined) return { duration };
  return { byWall: start.allDay ? DAY : 0 };
}

/** One time of an event, from the moment that says how its zone counts. */
export function occurrence(moment: Moment, at: Wall, length: Length): Occurrence {
  const start = moment.at(at);
  return { original: start, wall: at, zone: moment.zone, start, end: endOf(moment, at, length) };
}

function endOf(moment: Moment, at: Wall, length: Length): Instant {
  if ("fixed" in length) return length.fixed;
  if ("byWall" in length) return moment.at(wall(at + length.byWall));
  // RFC 5545, 3.3.6: days and weeks of a duration are the calendar's, the rest is exact.
  const { weeks, days, hours, minutes, seconds, milliseconds } = length.duration;
  const exact = Temporal.Duration.from({ hours, minutes, seconds, milliseconds }).total("millisecond");
  return later(moment.at(wall(at + (weeks * 7 + days) * DAY)), exact);
}
