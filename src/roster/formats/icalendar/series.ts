import type { Instant } from "#src/domain/time.ts";
import { wall } from "../../text/wall.ts";
import type { CalendarEvent } from "./event.ts";
import {
  occurrenceAt,
  occurrences,
  ownTime,
  touches,
  type Budget,
  type Occurrence,
  type Span,
} from "./occurrences.ts";

/** An event at one of its times: the series' own event, or the one that replaces it there. */
export interface Happening {
  readonly event: CalendarEvent;
  readonly occurrence: Occurrence;
}

/** The events of one UID: what repeats, and what stands in for single occurrences of it. */
export interface Series {
  readonly masters: readonly CalendarEvent[];
  readonly exceptions: readonly CalendarEvent[];
}

/** Sorts events into series. Of two events that say the same thing, the later revision counts. */
export function* seriesOf(events: readonly CalendarEvent[]): Iterable<Series> {
  // An event without a UID is nobody's revision.
  const byUid = Map.groupBy(events, (event) => (event.uid === "" ? `line ${event.line}` : event.uid));
  for (const same of byUid.values()) yield ofOneUid(same);
}

function ofOneUid(same: readonly CalendarEvent[]): Series {
  if (same.length === 1 && same[0]!.replaces === undefined) return { masters: same, exceptions: NONE };
  const masters = latest(same.filter((event) => event.replaces === undefined));
  const exceptions = [...Map.groupBy(same.filter(isException), replacedAt).values()].flatMap(latest);
  return { masters, exceptions: exceptions.map((event) => withNamesOf(masters[0], event)) };
}

const NONE: readonly CalendarEvent[] = [];

/** An exception may leave out what its series says of who works. */
function withNamesOf(master: CalendarEvent | undefined, event: CalendarEvent): CalendarEvent {
  if (master === undefined || event.summary !== "") return event;
  const attendees = event.attendees.length === 0 ? master.attendees : event.attendees;
  return { ...event, summary: master.summary, attendees };
}

const isException = (event: CalendarEvent): boolean => event.replaces !== undefined;

const replacedAt = ({ replaces }: CalendarEvent): Instant | undefined => replaces?.moment.instant;

/**
 * Feeds exist in which one UID stands for many different shifts, so only a greater SEQUENCE or a later
 * LAST-MODIFIED replaces; a cancellation replaces its equals too.
 */
function latest(same: readonly CalendarEvent[]): readonly CalendarEvent[] {
  const [first, ...others] = same;
  if (first === undefined) return same;
  const best = others.reduce((one, other) => (isNewer(other, one) ? other : one), first);
  const newest = same.filter((event) => !isNewer(best, event));
  return newest.some((event) => event.cancelled) ? newest.filter((event) => event.cancelled) : newest;
}

const isNewer = (one: CalendarEvent, other: CalendarEvent): boolean =>
  one.sequence === other.sequence ? one.modified > other.modified : one.sequence > other.sequence;

/**
 * When the events of one series really take place.
 * @throws what `occurrences` throws.
 */
export function happenings(series: Series, span: Span, budget: Budget): readonly Happening[] {
  const only = onlyEvent(series);
  if (only !== undefined) {
    const occurrence = ownTime(only);
    return !only.cancelled && touches(occurrence, span) ? [{ event: only, occurrence }] : [];
  }
  const single = new Map(series.exceptions.map((event) => [replacedAt(event), event]));
  const lasting = series.exceptions
    .filter((event) => event.replaces?.andFuture)
    .toSorted((a, b) => (replacedAt(b) ?? 0) - (replacedAt(a) ?? 0));

  const regular = series.masters
    .filter((event) => !event.cancelled)
    .flatMap((event) =>
      occurrences(event, span, budget).flatMap((occurrence): readonly Happening[] => {
        if (single.has(occurrence.original)) return [];
        const moved = lasting[firstBefore(lasting, occurrence.original)];
        if (moved === undefined) return [{ event, occurrence }];
        return moved.cancelled ? [] : [{ event: moved, occurrence: shifted(moved, occurrence) }];
      }),
    );
  const replaced = series.exceptions
    .filter((event) => !event.cancelled)
    .map((event) => {
      const occurrence = occurrenceAt(event, event.start.wall);
      return { event, occurrence: { ...occurrence, original: replacedAt(event) ?? occurrence.original } };
    });
  return [...regular, ...replaced].filter(({ occurrence }) => touches(occurrence, span));
}

/** The place of the first of these that begins to count before this moment; they are in order, the latest first. */
function firstBefore(lasting: readonly CalendarEvent[], at: Instant): number {
  let [from, to] = [0, lasting.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((replacedAt(lasting[middle]!) ?? 0) < at) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Most series are one event that takes place once. */
const onlyEvent = ({ masters, exceptions }: Series): CalendarEvent | undefined =>
  masters.length === 1 && exceptions.length === 0 && masters[0]!.repeats === undefined
    ? masters[0]
    : undefined;

/** RFC 5545, 3.8.4.4: later occurrences move by as much as the exception moved its own. */
function shifted(exception: CalendarEvent, occurrence: Occurrence): Occurrence {
  const by = exception.replaces === undefined ? 0 : exception.start.wall - exception.replaces.moment.wall;
  return { ...occurrenceAt(exception, wall(occurrence.wall + by)), original: occurrence.original };
}
