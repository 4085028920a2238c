import ICAL from "ical.js";
import { Temporal } from "temporal-polyfill";
import { DAY } from "#src/domain/time.ts";
import { dayOfWall, wall, type Wall } from "../../text/dates/wall.ts";
import type { CalendarEvent } from "./event.ts";
import { matcher } from "./matching.ts";
import {
  isWithin,
  lengthOf,
  occurrence,
  ownTime,
  touches,
  type Occurrence,
  type Span,
} from "./occurrence.ts";
import type { Excluded, RecurrenceRule } from "./repetition.ts";
import { momentLike, type Moment } from "./values.ts";
import { icalTime, wallOf } from "./zones.ts";

/** How much work a whole file may still ask for. A few bytes of RRULE can ask for millions of dates. */
export interface Budget {
  steps: number;
}

/** For one event; a program's span has a few hundred days. */
const MOST_STEPS = 20_000;
const MOST_OCCURRENCES = 1_000;

/** The dates of a rule were cut off: it asks for more than any roster has. */
export class TooMany extends Error {}

/** The occurrences of one event that touch a span. */
export interface Occurrences {
  /** By its rules and dates, before anything is taken back. */
  readonly all: readonly Occurrence[];
  /** What EXDATE and EXRULE leave of them. */
  readonly kept: readonly Occurrence[];
  /** Days of an EXDATE that hits none; what stands on the same day is not kept. */
  readonly missed: readonly Excluded[];
  /**
   * The event's own start is none by its own rules; where their weekdays are perhaps those of the program's zone, none is kept.
   */
  readonly startAstray: "alone" | "elsewhere" | undefined;
}

/**
 * Every occurrence that touches `span`, before any override of its series.
 * @throws TooMany when the rule asks for more than a roster can have, Error when ical.js cannot read it.
 */
export function occurrences(event: CalendarEvent, span: Span, budget: Budget): Occurrences {
  const { repeats } = event;
  if (repeats === undefined) {
    const one = ownTime(event);
    const all = touches(one, span) ? [one] : [];
    return { all, kept: all, missed: [], startAstray: undefined };
  }
  const length = lengthOf(event);
  const starts = new Set<Wall>(repeats.rules.length === 0 ? [event.start.wall] : []);
  const without = new Set<Wall>();
  const own: Budget = { steps: Math.min(MOST_STEPS, budget.steps) };
  const given = own.steps;
  try {
    for (const rule of repeats.rules) for (const start of startsOf(event, rule, span, own)) starts.add(start);
    for (const rule of repeats.exceptRules)
      for (const start of startsOf(event, rule, span, own)) without.add(start);
  } finally {
    budget.steps -= given - own.steps;
  }
  const isAstray =
    !starts.has(event.start.wall) &&
    repeats.rules.some(({ until }) => !isAfter(event.start, event.start.wall, until)) &&
    touches(ownTime(event), span);
  const regular = [...starts].map((start) => occurrence(event.start, start, length));
  const added = repeats.added.map(({ start, end }) => {
    const moment = start.allDay && !event.start.allDay ? withTimeOf(event.start, start) : start;
    const own = end instanceof Temporal.Duration ? { duration: end } : end && { fixed: end.instant };
    return occurrence(moment, moment.wall, own ?? length);
  });
  const byRule = [...regular, ...added].filter((one) => touches(one, span));
  const hits = matcher(byRule, span.local);
  const gone = new Set<Occurrence>(byRule.filter(({ wall }) => without.has(wall)));
  const missed: Excluded[] = [];
  for (const one of repeats.excluded) {
    const { found, near } = hits(one.moment);
    for (const hit of [...found, ...near]) gone.add(hit);
    if (found.length === 0 && (near.length > 0 || isWithin(one.moment, span))) missed.push(one);
  }
  const kept = byRule.filter((one) => !gone.has(one));
  if (kept.length > MOST_OCCURRENCES) throw new TooMany();
  if (kept.length > 0 && repeats.rules.some((rule) => hasDaysOfProgram(event, rule, span)))
    return { all: byRule, kept: [], missed, startAstray: "elsewhere" };
  return { all: byRule, kept, missed, startAstray: isAstray ? "alone" : undefined };
}

const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
const weekday = (at: Wall): string => WEEKDAYS[new Date(at).getUTCDay()]!;

/** The rule has not the weekday on which the event starts, but the one that this is in the program's zone. */
function hasDaysOfProgram({ start }: CalendarEvent, { rule }: RecurrenceRule, { local }: Span): boolean {
  const day = wall(dayOfWall(start.wall) * DAY);
  const days = [rule["byday"]]
    .flat()
    .flatMap((one) => (typeof one === "string" ? [one.slice(-2).toUpperCase()] : []));
  if (days.length === 0 || days.includes(weekday(day))) return false;
  const by = start.instant < local(day) ? -DAY : start.instant >= local(wall(day + DAY)) ? DAY : 0;
  return by !== 0 && days.includes(weekday(wall(day + by)));
}

const withTimeOf = (time: Moment, date: Moment): Moment =>
  momentLike(time, wall(date.wall + (time.wall - dayOfWall(time.wall) * DAY)), time.allDay);

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
  const { count, ...uncounted } = stepping.rule;
  const { iterator, allowed } = bounded(uncounted, stepping.start, last, stepping.cost, budget);

  const found: Wall[] = [];
  const isOfSet = firstOfSet(rule, event.start.wall, budget);
  let left = count === undefined ? Number.POSITIVE_INFINITY : Number(count);
  try {
    for (let next = iterator.next(); next && left > 0; next = iterator.next()) {
      const start = wallOf(next);
      // ical.js gives the start too, and counts it, though the rule may not have that day.
      if (!allowed() || !isOfSet(start)) continue;
      left -= 1;
      if (start > last || isAfter(event.start, start, until)) break;
      if (start > earliest) found.push(start);
    }
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
  }
  return found;
}

/** An iterator of ical.js that ends beyond `last`, or when too much was asked of it; each date costs some steps. */
function bounded(rule: RecurrenceRule["rule"], start: Wall, last: Wall, cost: number, budget: Budget) {
  const iterator = ICAL.Recur.fromData(rule).iterator(icalTime(start));
  const allowed = iterator.check_contracting_rules.bind(iterator);
  iterator.check_contracting_rules = () => {
    budget.steps -= cost;
    if (budget.steps < 0) throw new TooMany();
    if (wallOf(iterator.last) > last) throw new Beyond();
    return allowed();
  };
  return { iterator, allowed };
}

/**
 * Which days BYSETPOS picks from the month or year of the start: ical.js begins to count at the start, and gives the
 * start itself in any case.
 */
function firstOfSet(rule: RecurrenceRule["rule"], start: Wall, budget: Budget): (at: Wall) => boolean {
  const { bysetpos, count: _, interval: __, ...whole } = rule;
  const freq = String(rule["freq"]).toUpperCase();
  if (bysetpos === undefined || (freq !== "YEARLY" && freq !== "MONTHLY")) return () => true;
  const date = new Date(start);
  const [year, month] = [date.getUTCFullYear(), freq === "YEARLY" ? 0 : date.getUTCMonth()];
  const [from, to] = [Date.UTC(year, month), Date.UTC(year, month + (freq === "YEARLY" ? 12 : 1))];
  const time = start - dayOfWall(start) * DAY;
  const days: Wall[] = [];
  try {
    const { iterator } = bounded(whole, wall(from - DAY + time), wall(to + DAY), 1, budget);
    for (let next = iterator.next(); next && wallOf(next) < to; next = iterator.next())
      if (wallOf(next) >= from) days.push(wallOf(next));
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
  }
  const places = [bysetpos].flat().map(Number);
  const picked = new Set(places.map((place) => days.at(place > 0 ? place - 1 : place)));
  return (at) => at >= to || picked.has(at);
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
