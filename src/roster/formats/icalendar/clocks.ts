import { instant } from "#src/domain/time.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext } from "../../text/reader.ts";
import { inUtc, inZone, type ToInstant } from "../../text/wall.ts";
import { ZonesDiffer, type ZoneNames } from "./zones.ts";

/** The clock of a time with an offset, in milliseconds east of Greenwich. */
export const atOffset = (offset: number): ToInstant =>
  offset === 0 ? inUtc : (wall) => instant(wall - offset);

/** Two clocks for one wall time: it is read where they agree. */
export const agreed =
  (one: ToInstant, other: ToInstant, zone: string, todo: string): ToInstant =>
  (wall) => {
    const at = one(wall);
    if (at === other(wall)) return at;
    throw new ZonesDiffer(zone, `the time is in ${quoted(zone)}, and in another zone too`, todo);
  };

/** The clock of times without a zone: the program's, unless the calendar names another. */
export function inProgramZone(
  { zone }: ReadingContext,
  zones: ZoneNames,
  stated: readonly string[],
): ToInstant {
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
