import type { Temporal } from "temporal-polyfill";
import { quoted } from "../../text/problem.ts";
import { DAY, HOUR } from "#src/domain/time.ts";
import type { Property, PropertyName } from "./lines.ts";
import { momentLike, Unreadable, type Moment, type Values } from "./values.ts";

/* Properties of one event that contradict each other: each is refused by name. */

const textOf = (property: Property | undefined, values: Values): string =>
  property === undefined ? "" : values.text(property);

/** CANCELED is American; another word that takes something back is none of a calendar's. */
export function isCancelled(status: Property | undefined, values: Values): boolean {
  const text = textOf(status, values).toUpperCase();
  if (/^CANCELL?ED$/u.test(text)) return true;
  if (status === undefined || !/^(?:CANCEL|DELET|DECLIN|REMOV|VOID|REJECT)/u.test(text)) return false;
  const message = `${quoted(text)} is no status that an event can have`;
  throw values.refusal(status, { code: "two-readings", text }, message, CONTRADICTED);
}

type Found = ReadonlyMap<PropertyName, Property>;

/** Of the three words that an event's status has (RFC 5545, 3.8.1.11) one is a doubt; planning programs have more for it. */
export const isTentative = (found: Found, values: Values): boolean =>
  /^(?:TENTATIVE|DRAFT|PENDING|PROPOSED|UNCONFIRMED)/iu.test(textOf(found.get("STATUS"), values));

/** Out of office, or somewhere else: perhaps leave, whatever the event is called. */
export const isElsewhere = (found: Found, values: Values): boolean =>
  /^(?:OOF|WORKINGELSEWHERE)$/iu.test(shownAs(found, values));

const shownAs = (found: Found, values: Values): string =>
  textOf(found.get("X-MICROSOFT-CDO-BUSYSTATUS"), values).trim();

const CONTRADICTED = "let the calendar state one of the two; the event was left out";

/** An end, and a duration beside it or a start of another kind, that say different things. */
export function checkEnd(
  property: Property | undefined,
  start: Moment | undefined,
  end: Moment | undefined,
  duration: Temporal.Duration | undefined,
  values: Values,
): void {
  if (property === undefined || start === undefined || end === undefined) return;
  const { text } = property;
  if (start.allDay !== end.allDay) {
    const message = "of the start and the end one is a day and the other a time";
    throw values.refusal(property, { code: "two-readings", text }, message, CONTRADICTED);
  }
  if (start.isFloating !== end.isFloating && !start.allDay) checkClock(start, end, property, values);
  const hours = duration?.total({ unit: "hours", relativeTo: "2026-01-01" });
  const long = (end.instant - start.instant) / HOUR;
  // An hour more or less in the nights in which the clocks change.
  if (hours === undefined || Math.abs(hours - long) <= 1) return;
  const message = `DTEND says ${long} h, and DURATION ${hours} h`;
  throw values.refusal(property, { code: "two-readings", text }, message, CONTRADICTED);
}

/** A day lasts for days (RFC 5545, 3.6.1): with hours beside it, nobody knows when they begin. */
export function checkLength(
  property: Property | undefined,
  start: Moment,
  duration: Temporal.Duration | undefined,
  values: Values,
): void {
  if (property === undefined || duration === undefined || !start.allDay) return;
  if (duration.total({ unit: "hours", relativeTo: "2026-01-01" }) % 24 === 0) return;
  const message = `the start is a day, and ${quoted(property.text.slice(1))} is no number of days`;
  throw values.refusal(property, { code: "two-readings", text: property.text }, message, CONTRADICTED);
}

/** Of two times only one says its zone: the other is in that zone too, or in the program's, and is read where both are one. */
export function checkClock(one: Moment, other: Moment, property: Property, values: Values): void {
  const [floating, zoned] = one.isFloating ? [one, other] : [other, one];
  if (isAt(zoned.at, floating)) return;
  const message = `one of its times is in ${quoted(zoned.zone)}, and the other names no zone`;
  const todo = "let the calendar's program write TZID= or Z with both; the event was left out";
  throw values.refusal(property, { code: "zone", text: zoned.zone }, message, todo);
}

function isAt(clock: Moment["at"], { wall, instant }: Moment): boolean {
  try {
    return clock(wall) === instant;
  } catch {
    // A zone whose rules cannot be followed at this time.
    return false;
  }
}

/** A TZID of the event's own counts for no time in it, but one that differs from the program's zone is a doubt. */
export function checkZone(
  property: Property | undefined,
  moments: readonly (Moment | undefined)[],
  values: Values,
): void {
  const tzid = textOf(property, values);
  if (property === undefined || tzid === "") return;
  for (const one of moments) {
    if (one === undefined || !one.isFloating || one.allDay) continue;
    const text = new Date(one.wall).toISOString().slice(0, "2026-11-30T08:00:00".length);
    if (values.moment(text, tzid, property).instant === one.instant) continue;
    const message = `the event says ${quoted(tzid)}, its times name no zone, and the program is in ${one.zone}`;
    const todo = "let the calendar's program write TZID= with each time; the event was left out";
    throw values.refusal(property, { code: "zone", text: tzid }, message, todo);
  }
}

const FLAGS = [
  "X-MICROSOFT-CDO-ALLDAYEVENT",
  "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT",
  "X-FUNAMBOL-ALLDAY",
] as const;

export const isFlagged = (found: Found, values: Values): boolean =>
  FLAGS.some((flag) => found.has(flag) && /^(?:TRUE|1)$/iu.test(textOf(found.get(flag), values)));

/** Exchange writes whole days from midnight to midnight, and a flag beside them. */
export function wholeDay(start: Moment, end: Moment | undefined, line: number, file: string): Moment {
  const rest = end === undefined ? 0 : (end.instant - start.instant) % DAY;
  // An hour more or less in the nights in which the clocks change.
  if (rest <= HOUR || rest >= DAY - HOUR) return momentLike(start, start.wall, true);
  throw new Unreadable({
    file,
    line,
    field: "DTSTART",
    message: "the event is marked as a whole day, and has hours of its own",
    todo: CONTRADICTED,
    why: { code: "whole-day", text: "" },
  });
}
