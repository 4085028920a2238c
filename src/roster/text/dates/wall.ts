import { Temporal } from "temporal-polyfill";
import { DAY, HOUR, MINUTE, instant, type Instant, type Zone } from "#src/domain/time.ts";

declare const wallBrand: unique symbol;
/** A local date and time as a clock on the wall shows it, in milliseconds as if it were UTC. */
export type Wall = number & { readonly [wallBrand]: true };

export const wall = (milliseconds: number): Wall => milliseconds as Wall;

/** A zone as roster readers need it: the moment at which its clocks show `wall` (Temporal's "compatible"). */
export type ToInstant = (wall: Wall) => Instant;

export const inUtc: ToInstant = (at) => instant(at);

/** In a zone of the time zone database. */
export const inZone =
  (zone: Zone): ToInstant =>
  (at) => {
    const day = Math.floor(at / DAY);
    const rest = at - day * DAY;
    const hour = Math.floor(rest / HOUR);
    const minute = Math.floor((rest - hour * HOUR) / MINUTE);
    const seconds = rest - hour * HOUR - minute * MINUTE;
    return instant(zone.at(day, hour, minute) + seconds);
  };

/** What the clocks of a zone show at a moment. */
export const wallIn = (zone: Zone, at: Instant): Wall => wall(at + offsetOf(zone, at));

/** Milliseconds that a zone is ahead of UTC at a moment. */
export const offsetOf = (zone: Zone, at: Instant): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.name).offsetNanoseconds / 1_000_000;

const PARTS = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/;

/** "2026-11-30", "2026-11-30T08:00" or "2026-11-30 08:00:30"; undefined for anything that is no such time. */
export function parseWall(text: string): Wall | undefined {
  const found = PARTS.exec(text);
  if (found === null) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1).map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // 31 November would quietly be 1 December.
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? wall(date.getTime()) : undefined;
}

export const dayOfWall = (at: Wall): number => Math.floor(at / DAY);
