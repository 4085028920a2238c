import type { Instant } from "#src/domain/time.ts";
import { dayOfWall } from "../../text/dates/wall.ts";
import type { Astray } from "./astray.ts";
import type { CalendarEvent } from "./event.ts";

/** The events of one UID: what stands for itself, and what stands in for single occurrences of it. */
export interface Series {
  readonly masters: readonly CalendarEvent[];
  readonly exceptions: readonly CalendarEvent[];
  /** All events of the UID as they stand in the file. */
  readonly members: readonly CalendarEvent[];
  /** Events of it that were left out, or are in doubt. */
  readonly astray: readonly Astray[];
}

/** Sorts events into series. Of two events for one occurrence the later revision counts. */
export function* seriesOf(events: readonly CalendarEvent[]): Iterable<Series> {
  // An event without a UID is nobody's revision.
  const byUid = Map.groupBy(events, (event) => (event.uid === "" ? `line ${event.line}` : event.uid));
  for (const same of byUid.values()) yield ofOneUid(same);
}

const NONE: readonly CalendarEvent[] = [];
const NOTHING: readonly Astray[] = [];

function ofOneUid(same: readonly CalendarEvent[]): Series {
  const [only] = same;
  if (only !== undefined && same.length === 1 && only.replaces === undefined)
    return { masters: only.cancelled ? NONE : same, exceptions: NONE, members: same, astray: NOTHING };
  const own = same.filter((event) => event.replaces === undefined);
  const { masters, astray } = mastersOf(own);
  // Two ways to name one occurrence are told apart when it is looked for.
  const exceptions = [...Map.groupBy(same.filter(isException), replacedAt).values()].flatMap(latest);
  const names = masters[0] ?? own[0];
  const [orphans, others] = masters.length > 0 ? [NONE, exceptions] : orphansOf(exceptions, own);
  return {
    masters,
    exceptions: others.map((event) => withNamesOf(names, event)),
    members: same,
    astray: [...astray, ...orphans.map((event) => ({ kind: "orphan", event }) as const)],
  };
}

/** What changes single occurrences of a series that was taken back later, or at once: apart from all others. */
function orphansOf(
  exceptions: readonly CalendarEvent[],
  own: readonly CalendarEvent[],
): readonly [readonly CalendarEvent[], readonly CalendarEvent[]] {
  const last = Math.max(...own.filter(({ cancelled }) => cancelled).map(({ sequence }) => sequence));
  const isOrphan = ({ cancelled, sequence }: CalendarEvent) => !cancelled && sequence <= last;
  return [exceptions.filter(isOrphan), exceptions.filter((event) => !isOrphan(event))];
}

/** An exception may leave out what its series says of who works. */
function withNamesOf(master: CalendarEvent | undefined, event: CalendarEvent): CalendarEvent {
  if (master === undefined || event.summary !== "") return event;
  const attendees = event.attendees.length === 0 ? master.attendees : event.attendees;
  const isTentative = event.isTentative || master.isTentative;
  const isElsewhere = event.isElsewhere || master.isElsewhere;
  return { ...event, summary: master.summary, attendees, isTentative, isElsewhere };
}

const isException = (event: CalendarEvent): boolean => event.replaces !== undefined;

const replacedAt = ({ replaces }: CalendarEvent): Instant | undefined => replaces?.moment.instant;

/** One occurrence of a series has one override: the greatest SEQUENCE, then the latest LAST-MODIFIED; a cancellation of equals. */
function latest(same: readonly CalendarEvent[]): readonly CalendarEvent[] {
  const [first, ...others] = same;
  if (first === undefined) return same;
  const best = others.reduce((one, other) => (isNewer(other, one) ? other : one), first);
  const newest = same.filter((event) => !isNewer(best, event));
  return newest.some((event) => event.cancelled) ? newest.filter((event) => event.cancelled) : newest;
}

const isNewer = (one: CalendarEvent, other: CalendarEvent): boolean =>
  one.sequence === other.sequence
    ? one.modified !== "" && other.modified !== "" && one.modified > other.modified
    : one.sequence > other.sequence;

/**
 * Feeds exist in which one UID stands for many different shifts, so a greater SEQUENCE replaces only what starts at
 * the same moment. What starts at another time of the same day, or repeats, is left out and named; on another day
 * both are read, and that is named too.
 */
function mastersOf(all: readonly CalendarEvent[]): Pick<Series, "masters" | "astray"> {
  const astray: Astray[] = [];
  const standing = all.filter(({ cancelled }) => !cancelled);
  const gone = new Set<CalendarEvent>();
  for (const one of all.filter(({ cancelled }) => cancelled)) {
    const hit = standing.filter((event) => isTakenBack(event, one));
    const [only] = standing;
    const isMoved = hit.length === 0 && standing.length === 1 && only!.sequence <= one.sequence;
    for (const event of isMoved ? standing : hit) gone.add(event);
    const isOlder = standing.every(({ sequence }) => sequence > one.sequence);
    if (hit.length === 0 && !isMoved && standing.length > 0 && !isOlder)
      astray.push({ kind: "cancels-nothing", event: one });
  }
  const left = standing.filter((event) => !gone.has(event));
  const newest = Math.max(...left.map(({ sequence }) => sequence));
  const best = left.find(({ sequence }) => sequence === newest);
  const masters: CalendarEvent[] = [];
  let isNamed = false;
  for (const event of left) {
    const isOlder = (other: CalendarEvent) => other.sequence > event.sequence || isEarlierEdit(event, other);
    if (left.some((other) => isSameStart(other, event) && isOlder(other))) continue;
    if (best === undefined || event.sequence === newest) masters.push(event);
    else if (event.repeats !== undefined || best.repeats !== undefined || left.some(isRevised(event)))
      astray.push({ kind: "older", event, than: best });
    else {
      masters.push(event);
      if (!isNamed) astray.push({ kind: "two-shifts", event, than: best });
      isNamed = true;
    }
  }
  return { masters, astray };
}

const isSameStart = (one: CalendarEvent, other: CalendarEvent): boolean =>
  one.start.instant === other.start.instant;

/** Two edits of one shift, of which the later counts; two that say the same are one. */
const isEarlierEdit = (one: CalendarEvent, other: CalendarEvent): boolean =>
  one.sequence === other.sequence &&
  one.repeats === undefined &&
  other.repeats === undefined &&
  isNewer(other, one) &&
  saysOf(one) !== saysOf(other);

const saysOf = ({ summary, attendees }: CalendarEvent): string => JSON.stringify([summary, attendees]);

const isRevised = (older: CalendarEvent) => (one: CalendarEvent) =>
  one.sequence > older.sequence && dayOfWall(one.start.wall) === dayOfWall(older.start.wall);

/** A cancellation without a start takes back all of its UID, up to its own SEQUENCE. */
const isTakenBack = (event: CalendarEvent, cancelled: CalendarEvent): boolean =>
  event.sequence <= cancelled.sequence && (cancelled.isWithoutStart || isSameStart(event, cancelled));
