import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { DAY, later, type Instant } from "#src/domain/time.ts";
import { dayOfWall, wall, type Wall } from "../../text/wall.ts";
import type { CalendarEvent, RecurrenceRule } from "./event.ts";
import { momentLike, type Moment } from "./values.ts";
import { icalTime, wallOf } from "./zones.ts";

/** One time that an event takes place. */
export interface Occurrence {
  /** What RECURRENCE-ID and EXDATE call it: its start by the rule. */
  readonly original: Instant;
  /** Its start as the wall shows it in the zone of the series. */
  readonly wall: Wall;
  readonly start: Instant;
  readonly end: Instant;
}

/** How much work a whole file may still ask for. A few bytes of RRULE can ask for millions of dates. */
export interface Budget {
  steps: number;
}

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** For one event; a program's span has a few hundred days. */
const MOST_STEPS = 20_000;
const MOST_OCCURRENCES = 1_000;

/** The dates of a rule were cut off: it asks for more than any roster has. */
export class TooMany extends Error {}

/**
 * Every occurrence that touches `span`, before any exception of its series.
 * @throws TooMany when the rule asks for more than a roster can have, Error when ical.js cannot read it.
 */
export function occurrences(event: CalendarEvent, span: Span, budget: Budget): readonly Occurrence[] {
  const { repeats } = event;
  if (repeats === undefined) {
    const one = ownTime(event);
    return touches(one, span) ? [one] : [];
  }
  const length = lengthOf(event);
  const starts = new Set<Wall>(repeats.rules.length === 0 ? [event.start.wall] : []);
  const own: Budget = { steps: Math.min(MOST_STEPS, budget.steps) };
  const given = own.steps;
  try {
    for (const rule of repeats.rules) for (const start of startsOf(event, rule, span, own)) starts.add(start);
  } finally {
    budget.steps -= given - own.steps;
  }

  const regular = [...starts].map((start) => occurrence(event.start, start, length));
  const added = repeats.added.map(({ start, end }) => {
    const moment = start.allDay && !event.start.allDay ? withTimeOf(event.start, start) : start;
    const own = end instanceof Temporal.Duration ? { duration: end } : end && { fixed: end.instant };
    return occurrence(moment, moment.wall, own ?? length);
  });
  const isExcluded = excluder(repeats.excluded);
  const kept = [...regular, ...added].filter((one) => touches(one, span) && !isExcluded(one));
  if (kept.length > MOST_OCCURRENCES) throw new TooMany();
  return kept;
}

/** The time that the event itself states. */
export function ownTime(event: CalendarEvent): Occurrence {
  const { start, end } = event;
  if (end === undefined) return occurrence(start, start.wall, lengthOf(event));
  return { original: start.instant, wall: start.wall, start: start.instant, end: end.instant };
}

/** The event as if it took place at this wall time of its own zone. */
export const occurrenceAt = (event: CalendarEvent, at: Wall): Occurrence =>
  occurrence(event.start, at, lengthOf(event));

export const touches = (one: Occurrence, span: Span): boolean => one.start < span.to && one.end > span.from;

/** How long each occurrence is: by the wall's clock, by a duration, or until one fixed moment. */
type Length =
  | { readonly byWall: number }
  | { readonly duration: Temporal.Duration }
  | { readonly fixed: Instant };

/**
 * An end with a wall time is its own wall time: a 19:00–07:00 shift is 13 h or 11 h long in the night in
 * which the clocks change. With start and end in two zones there is no common clock, so the length is exact.
 */
function lengthOf(event: CalendarEvent): Length {
  const { start, end, duration } = event;
  if (end !== undefined && end.zone === start.zone) return { byWall: end.wall - start.wall };
  if (end !== undefined) {
    const milliseconds = end.instant - start.instant;
    return { duration: Temporal.Duration.from({ milliseconds }) };
  }
  if (duration !== undefined) return { duration };
  return { byWall: start.allDay ? DAY : 0 };
}

function occurrence(moment: Moment, at: Wall, length: Length): Occurrence {
  const start = moment.at(at);
  return { original: start, wall: at, start, end: endOf(moment, at, length) };
}

function endOf(moment: Moment, at: Wall, length: Length): Instant {
  if ("fixed" in length) return length.fixed;
  if ("byWall" in length) return moment.at(wall(at + length.byWall));
  // RFC 5545, 3.3.6: days and weeks of a duration are the calendar's, the rest is exact.
  const { weeks, days, hours, minutes, seconds, milliseconds } = length.duration;
  const exact = Temporal.Duration.from({ hours, minutes, seconds, milliseconds }).total("millisecond");
  return later(moment.at(wall(at + (weeks * 7 + days) * DAY)), exact);
}

const withTimeOf = (time: Moment, date: Moment): Moment =>
  momentLike(time, wall(date.wall + (time.wall - dayOfWall(time.wall) * DAY)), time.allDay);

/** An EXDATE that is a date alone takes away whatever starts on that date. */
function excluder(excluded: readonly Moment[]): (one: Occurrence) => boolean {
  const days = new Set(excluded.filter((out) => out.allDay).map((out) => dayOfWall(out.wall)));
  const moments = new Set(excluded.filter((out) => !out.allDay).map((out) => out.instant));
  return ({ wall, original }) => moments.has(original) || days.has(dayOfWall(wall));
}

/** Ends an expansion from inside ical.js, which would go on for ever after a rule that matches no date. */
class Beyond extends Error {}

function startsOf(
  event: CalendarEvent,
  { rule, until }: RecurrenceRule,
  span: Span,
  budget: Budget,
): readonly Wall[] {
  // A day of room: wall times are compared with an instant, and zones are less than a day apart.
  const last = wall(span.to + DAY);
  const earliest = wall(span.from - LONGEST_REACH);
  const stepping = steppingOf(rule, event.start.wall, earliest, last);
  const iterator = ICAL.Recur.fromData(stepping.rule).iterator(icalTime(stepping.start));
  const allowed = iterator.check_contracting_rules.bind(iterator);
  iterator.check_contracting_rules = () => {
    budget.steps -= stepping.cost;
    if (budget.steps < 0) throw new TooMany();
    if (wallOf(iterator.last) > last) throw new Beyond();
    return allowed();
  };

  const found: Wall[] = [];
  try {
    for (let next = iterator.next(); next; next = iterator.next()) {
      const start = wallOf(next);
      if (start > last || isAfter(event.start, start, until)) break;
      if (start > earliest) found.push(start);
    }
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
  }
  return found;
}

/** Days of one period of a rule, at least. */
const PERIODS: Readonly<Record<string, number>> = { DAILY: 1, WEEKLY: 7, MONTHLY: 28, YEARLY: 365 };
/** ical.js counts an interval out day by day: as many of them cost about as much as one date. */
const DAYS_A_STEP = 30;

/**
 * A rule that says the same of this span and asks for less work: it begins shortly before, and an interval is no
 * longer than what lies between its start and the end.
 */
function steppingOf(rule: RecurrenceRule["rule"], start: Wall, earliest: Wall, last: Wall) {
  const freq = String(rule["freq"]).toUpperCase();
  const days = PERIODS[freq] ?? 1;
  const given = Number(rule["interval"] ?? 1);
  const most = Math.ceil(Math.max(last - start, 0) / DAY / days) + 1;
  const interval = given > most ? most : given;
  const isPlain = Object.keys(rule).every((part) => PLAIN_PARTS.has(part));
  const canSkip = days <= 7 && given >= 1 && isPlain;
  const period = days * interval * DAY;
  const skipped = canSkip ? Math.max(0, Math.floor((earliest - start) / period) - 1) * period : 0;
  return {
    rule: interval === given ? rule : { ...rule, interval },
    start: wall(start + skipped),
    cost: 1 + Math.floor((days * interval) / DAYS_A_STEP) * (days <= 7 ? 1 : 0),
  };
}

/** With other parts, what comes depends on all that was before. */
const PLAIN_PARTS: ReadonlySet<string> = new Set(["freq", "interval", "byday", "wkst"]);

/** Leave may repeat in blocks of weeks; nothing that began earlier than this can reach into the span. */
const LONGEST_REACH = 60 * DAY;

function isAfter(start: Moment, at: Wall, until: Moment | undefined): boolean {
  if (until === undefined) return false;
  if (until.allDay) return dayOfWall(at) > dayOfWall(until.wall);
  return start.at(at) > until.instant;
}
