import { DAY, type Instant } from "#src/domain/time.ts";
import { dayOfWall, type Wall } from "../../text/wall.ts";
import type { Occurrence } from "./occurrence.ts";
import type { Moment } from "./values.ts";

/** The occurrences that an EXDATE or a RECURRENCE-ID means. */
export interface Hits {
  readonly found: readonly Occurrence[];
  /** When it means none: those of the same day, of which nobody can tell whether they were meant. */
  readonly near: readonly Occurrence[];
}

/**
 * Finds what an EXDATE or a RECURRENCE-ID means: the occurrence at that moment. A date alone, or midnight, as some
 * programs write it, is whatever starts on that day; a time without a zone may be in the zone of the series.
 */
export function matcher(all: readonly Occurrence[]): (moment: Moment) => Hits {
  let known: ReturnType<typeof indexed> | undefined;
  return (moment) => {
    known ??= indexed(all);
    const { byMoment, byWall, byDay } = known;
    const exact = moment.allDay ? undefined : byMoment.get(moment.instant);
    if (exact !== undefined) return { found: exact, near: NONE };
    const sameDay = byDay.get(dayOfWall(moment.wall)) ?? NONE;
    const isDay = moment.allDay || moment.wall % DAY === 0;
    if (isDay && sameDay.length > 0) return { found: sameDay, near: NONE };
    const sameWall = moment.isFloating ? byWall.get(moment.wall) : undefined;
    return sameWall === undefined ? { found: NONE, near: sameDay } : { found: sameWall, near: NONE };
  };
}

const NONE: readonly Occurrence[] = [];

const indexed = (all: readonly Occurrence[]) => ({
  byMoment: Map.groupBy(all, (one): Instant => one.original),
  byWall: Map.groupBy(all, (one): Wall => one.wall),
  byDay: Map.groupBy(all, (one): number => dayOfWall(one.wall)),
});
