import { HOUR, later, type Instant } from "#src/domain/time.ts";
import { fullHour } from "./moments.ts";

/** Sizes of the roster strip in its own drawing units, which are CSS pixels. */
export const SIZE = { hour: 46, lane: 38, axis: 34, foot: 6, bar: 22 } as const;

/** About a day around now: what has just been, and what the next shifts bring. */
const BEFORE = 8 * HOUR;
const AFTER = 26 * HOUR;

/** The window of the strip, around the full hour of the program's clock. */
export function stripWindow(now: Instant, zone: string): { readonly from: Instant; readonly to: Instant } {
  const hour = fullHour(now, zone);
  return { from: later(hour, -BEFORE), to: later(hour, AFTER) };
}

/** From a moment to its place across the strip. */
export const across = (from: Instant, at: Instant): number => round(((at - from) / HOUR) * SIZE.hour);

const round = (value: number): number => Math.round(value * 10) / 10;
