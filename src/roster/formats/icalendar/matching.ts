import { DAY, type Instant } from "#src/domain/time.ts";
import { dayOfWall, wall, type ToInstant, type Wall } from "../../text/dates/wall.ts";
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
 * programs write it, is whatever starts on that day in the zone of the series; of a series in UTC, it may be a day of
 * the program's zone too. A time without a zone may be in the zone of the series.
 *
 * @param local the program's clock
 */
export function matcher(all: readonly Occurrence[], local: ToInstant): (moment: Moment) => Hits {
  let known: ReturnType<typeof indexed> | undefined;
  return (moment) => {
    known ??= indexed(all);
    const { byMoment, byWall, byDay } = known;
    const exact = moment.allDay ? undefined : byMoment.get(moment.instant);
    if (exact !== undefined) return { found: exact, near: NONE };
    const sameDay = byDay.get(dayOfWall(moment.wall)) ?? NONE;
    const isDay = moment.allDay || moment.wall % DAY === 0;
    if (isDay) {
      const here = startingOn(moment.wall, all, local);
      const both = [...new Set([...sameDay, ...here])];
      const isSure = [sameDay, here].every(({ length }) => length === 0 || length === both.length);
      // 03:00Z on the 2nd is the evening of the 1st in New York: where both days have a shift, nobody can tell which is meant.
      if (both.length > 0) return isSure ? { found: both, near: NONE } : { found: NONE, near: both };
    }
    const sameWall = moment.isFloating ? byWall.get(moment.wall) : undefined;
    return sameWall === undefined ? { found: NONE, near: sameDay } : { found: sameWall, near: NONE };
  };
}

const NONE: readonly Occurrence[] = [];

/** What starts on a day of the program; of a series in a zone with a name, on the same day there. */
function startingOn(at: Wall, all: readonly Occurrence[], local: ToInstant): readonly Occurrence[] {
  const day = wall(dayOfWall(at) * DAY);
  const [from, to] = [local(day), local(wall(day + DAY))];
  return all.filter((one) =>
    one.zone === "UTC" ? from <= one.original && one.original < to : dayOfWall(one.wall) === dayOfWall(at),
  );
}

const indexed = (all: readonly Occurrence[]) => ({
  byMoment: Map.groupBy(all, (one): Instant => one.original),
  byWall: Map.groupBy(all, (one): Wall => one.wall),
  byDay: Map.groupBy(all, (one): number => dayOfWall(one.wall)),
});
