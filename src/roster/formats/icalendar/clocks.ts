import { instant } from "#src/domain/time.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { inUtc, inZone, type ToInstant } from "../../text/dates/wall.ts";
import type { WrittenTime } from "./written.ts";
import { ZonesDiffer, type ZoneNames } from "./zones.ts";

/** What makes an instant of a time on the wall. */
export interface Clock {
  /** @throws ZonesDiffer when two rules for this wall time contradict each other */
  readonly at: ToInstant;
  /** For telling whether two moments are in one zone. */
  readonly zone: string;
  /** Neither a zone nor a Z: the program's zone is taken. */
  readonly isFloating: boolean;
}

/**
 * Which clock a time is read by; undefined when nothing says what its zone is.
 * @param stated the zones that the calendar names for times without one
 */
export function clockReader(
  context: ReadingContext,
  zones: ZoneNames,
  stated: readonly string[],
): (time: WrittenTime, tzid: string | undefined) => Clock | undefined {
  const floating: Clock = {
    at: inProgramZone(context, zones, stated),
    zone: context.zone.name,
    isFloating: true,
  };
  return ({ offset }, tzid) => {
    const fixed = offset === undefined ? undefined : atOffset(offset);
    if (tzid === undefined) {
      if (fixed === undefined) return floating;
      return { at: fixed, zone: offset === 0 ? "UTC" : `offset ${offset}`, isFloating: false };
    }
    const at = zones(tzid);
    if (at === undefined) return undefined;
    return { at: fixed === undefined ? at : agreed(at, fixed, tzid), zone: tzid, isFloating: false };
  };
}

/** The clock of a time with an offset, in milliseconds east of Greenwich. */
const atOffset = (offset: number): ToInstant => (offset === 0 ? inUtc : (wall) => instant(wall - offset));

/** Two clocks for one wall time: it is read where they agree. */
const agreed =
  (one: ToInstant, other: ToInstant, zone: string): ToInstant =>
  (wall) => {
    const at = one(wall);
    if (at === other(wall)) return at;
    throw new ZonesDiffer(zone, `the time is in ${quoted(zone)}, and in another zone too`, ONE_ZONE);
  };

const ONE_ZONE = "let the calendar's program write either the zone or the Z, not both";

/** The clock of times without a zone: the program's, unless the calendar names another. */
function inProgramZone({ zone }: ReadingContext, zones: ZoneNames, stated: readonly string[]): ToInstant {
  const todo = `state the zone with each time, or publish the calendar in ${zone.name}`;
  return stated.reduce<ToInstant>((own, name) => {
    const other = zones(name);
    return (wall) => {
      const at = own(wall);
      if (other?.(wall) === at) return at;
      const message = `the time names no zone, the calendar says ${quoted(name)}, and the program is in ${zone.name}`;
      throw new ZonesDiffer(name, message, todo);
    };
  }, inZone(zone));
}
