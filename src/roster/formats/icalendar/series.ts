import { DAY, later, type Instant } from "#src/domain/time.ts";
import { wall } from "../../text/dates/wall.ts";
import type { Astray } from "./astray.ts";
import type { CalendarEvent } from "./event.ts";
import { matcher } from "./matching.ts";
import { isWithin, occurrenceAt, ownTime, touches, type Occurrence, type Span } from "./occurrence.ts";
import { occurrences, type Budget } from "./occurrences.ts";
import type { Series } from "./revisions.ts";
import type { Moment } from "./values.ts";

/** An event at one of its times: the series' own event, or the one that replaces it there. */
export interface Happening {
  readonly event: CalendarEvent;
  readonly occurrence: Occurrence;
}

export interface Happenings {
  readonly happenings: readonly Happening[];
  readonly astray: readonly Astray[];
}

/**
 * When the events of one series really take place.
 * @throws what `occurrences` throws.
 */
export function happenings(series: Series, span: Span, budget: Budget): Happenings {
  const { masters, exceptions } = series;
  if (masters.length === 1 && exceptions.length === 0 && masters[0]!.repeats === undefined) {
    const occurrence = ownTime(masters[0]!);
    const found = touches(occurrence, span) ? [{ event: masters[0]!, occurrence }] : [];
    return { happenings: found, astray: series.astray };
  }
  const astray: Astray[] = [...series.astray];
  const wide = widened(span, exceptions);
  const expanded = masters.map((event) => ({ event, ...occurrences(event, wide, budget) }));
  for (const { event, missed, startAstray } of expanded) {
    const excluded = missed.find(({ moment }) => touchesDay(moment, span));
    if (excluded !== undefined) astray.push({ kind: "excludes-nothing", event, excluded });
    if (startAstray !== undefined)
      astray.push({ kind: "start-astray", event, isAlone: startAstray === "alone" });
  }
  const placed = placesOf(
    exceptions,
    expanded.flatMap(({ all }) => all),
    span,
  );
  const gone = new Set(placed.flatMap(({ hit, near }) => [...hit, ...near]));
  const lasting = placed.filter(({ event }) => event.replaces?.andFuture).toSorted((a, b) => b.from - a.from);

  const regular = expanded.flatMap(({ event, kept }) =>
    kept.flatMap((occurrence): readonly Happening[] => {
      if (gone.has(occurrence)) return [];
      const moved = lasting[firstBefore(lasting, occurrence.original)];
      if (moved === undefined) return [{ event, occurrence }];
      return moved.event.cancelled
        ? []
        : [{ event: moved.event, occurrence: shifted(moved.event, moved.by, occurrence) }];
    }),
  );
  const replaced = placed.flatMap(({ event, hit, near, from }): readonly Happening[] => {
    // A rule beside RECURRENCE-ID counts for nothing, so what it asks for must not vanish without a word.
    const isSeries = (event.repeats?.rules.length ?? 0) > 0;
    const isOfUse = masters.length > 0 || event.cancelled || isSeries;
    const isAstray =
      hit.length === 0 && (near.length > 0 || (isWithin(event.replaces!.moment, span) && isOfUse));
    if (isAstray) astray.push({ kind: event.cancelled ? "cancels-nothing" : "replaces-nothing", event });
    // Of two readings of one day none is taken.
    if (event.cancelled || near.length > 0) return [];
    return [{ event, occurrence: { ...occurrenceAt(event, event.start.wall), original: from } }];
  });
  return {
    happenings: [...regular, ...replaced].filter(({ occurrence }) => touches(occurrence, span)),
    astray,
  };
}

/** An override for the future may move into the span what lies outside. */
function widened({ from, to, local }: Span, exceptions: readonly CalendarEvent[]): Span {
  const by = exceptions.map(({ start, replaces }) =>
    replaces?.andFuture === true ? Math.abs(start.wall - replaces.moment.wall) + DAY : 0,
  );
  const most = Math.max(0, ...by);
  return { from: later(from, -most), to: later(to, most), local };
}

const touchesDay = ({ instant: at }: Moment, { from, to }: Span): boolean =>
  at >= from - DAY && at < to + DAY;

/** An override, with what it stands for. */
interface Placed {
  readonly event: CalendarEvent;
  readonly hit: readonly Occurrence[];
  /** When it hits nothing: those of the same day. */
  readonly near: readonly Occurrence[];
  /** The moment from which on it counts, when it counts for the future. */
  readonly from: Instant;
  /** By how much it moves its occurrence on the wall, in milliseconds. */
  readonly by: number;
}

function placesOf(
  exceptions: readonly CalendarEvent[],
  all: readonly Occurrence[],
  { local }: Span,
): readonly Placed[] {
  const hits = matcher(all, local);
  return exceptions.map((event): Placed => {
    const { moment } = event.replaces!;
    const { found, near } = hits(moment);
    const [first] = found;
    return {
      event,
      hit: found,
      near,
      from: first?.original ?? moment.instant,
      by: event.start.wall - (first?.wall ?? moment.wall),
    };
  });
}

/** The place of the first of these that begins to count before this moment; they are in order, the latest first. */
function firstBefore(lasting: readonly Placed[], at: Instant): number {
  let [from, to] = [0, lasting.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (lasting[middle]!.from < at) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** RFC 5545, 3.8.4.4: later occurrences move by as much as the exception moved its own. */
function shifted(exception: CalendarEvent, by: number, occurrence: Occurrence): Occurrence {
  return {
    ...occurrenceAt(exception, wall(occurrence.wall + by)),
    original: occurrence.original,
  };
}
