import { Temporal } from "temporal-polyfill";
import type { Locale } from "#src/domain/locale.ts";
import { instant, type Instant } from "#src/domain/time.ts";

/** A moment as a page's clock shows it, in the program's zone. */
export interface ClockFace {
  /** "07:45" */
  readonly time: string;
  /** "Tuesday 31 March 2026", "2026年3月31日火曜日" */
  readonly date: string;
}

/** Times have 24 hours, and dates the day before the month. */
const TAG: Readonly<Record<Locale, string>> = { en: "en-GB", ja: "ja-JP" };

const zoned = (at: Instant, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

export const isoMoment = (at: Instant, zone: string): string =>
  zoned(at, zone).toString({ smallestUnit: "minute", timeZoneName: "never" });

/** "2026-03-31": which day of the program a moment falls on. */
export const dayKey = (at: Instant, zone: string): string => zoned(at, zone).toPlainDate().toString();

/** The full hour of the program's clock at or before a moment. */
export const fullHour = (at: Instant, zone: string): Instant =>
  instant(zoned(at, zone).round({ smallestUnit: "hour", roundingMode: "floor" }).epochMilliseconds);

/** "07:45" */
export function timeLabel(at: Instant, zone: string): string {
  return zoned(at, zone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** "Tuesday 31 March", "3月31日火曜日" */
export function dayLabel(at: Instant, zone: string, locale: Locale): string {
  const label = zoned(at, zone).toLocaleString(TAG[locale], {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  return label.replace(",", "");
}

/** "Tue 31", "31日（火）" */
export function shortDayLabel(at: Instant, zone: string, locale: Locale): string {
  const label = zoned(at, zone).toLocaleString(TAG[locale], { weekday: "short", day: "numeric" });
  return label.replace(",", "").replace("(", "（").replace(")", "）");
}

export function clockFace(at: Instant, zone: string, locale: Locale): ClockFace {
  const date = zoned(at, zone).toLocaleString(TAG[locale], { dateStyle: "full" });
  return { time: timeLabel(at, zone), date: date.replace(",", "") };
}
