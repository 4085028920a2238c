import { Temporal } from "temporal-polyfill";

declare const instantBrand: unique symbol;
/**
 * A moment: whole milliseconds since 1970-01-01T00:00Z. It is a branded number and not a Temporal object, because planning
 * compares millions of them. For calendars and time zones see `Zone`.
 */
export type Instant = number & { readonly [instantBrand]: true };

/** A calendar date of the program, "2026-03-29". */
export type DateText = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const instant = (milliseconds: number): Instant => milliseconds as Instant;

/** `milliseconds` after (or, negative, before) a moment. */
export const later = (from: Instant, milliseconds: number): Instant => (from + milliseconds) as Instant;

/** The moment as RFC 3339 in UTC, to the second: "2026-03-28T22:45:00Z". */
export const utc = (at: Instant): string => new Date(at).toISOString().replace(".000Z", "Z");

/** Days since 1970-01-01 in the program's own calendar. */
export type DayNumber = number;

/**
 * A time zone. Offsets come from Temporal and are cached for each quarter of an hour, since planning needs millions of
 * them. No zone changes its clocks within a quarter of an hour.
 */
export interface Zone {
  readonly name: string;
  /** The local calendar day of a moment. */
  dayOf(at: Instant): DayNumber;
  /** The local hour of a moment, 0–23. */
  hourOf(at: Instant): number;
  /**
   * The moment of a local time on a day. If the clock change skips this time, it is later by the length of the gap. If the
   * time occurs twice, it is the first one (Temporal's "compatible").
   */
  at(day: DayNumber, hour: number, minute?: number): Instant;
}

const QUARTER = 15 * MINUTE;

const known = new Map<string, Zone>();

/**
 * A zone by its IANA name. The same name gives the same object, so that its rules are looked up only once in a process.
 * @throws RangeError when the name is no IANA time zone.
 */
export function zoneOf(name: string): Zone {
  let zone = known.get(name);
  if (zone === undefined) known.set(name, (zone = newZone(name)));
  return zone;
}

function newZone(name: string): Zone {
  const offsets = new Map<number, number>();
  const wallTimes = new Map<number, Instant>();
  Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);

  const offsetAt = (at: Instant): number => {
    const quarter = Math.floor(at / QUARTER);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER).toZonedDateTimeISO(name);
      offset = zoned.offsetNanoseconds / 1_000_000;
      offsets.set(quarter, offset);
    }
    return offset;
  };
  const local = (at: Instant): number => at + offsetAt(at);

  return {
    name,
    dayOf: (at) => Math.floor(local(at) / DAY),
    hourOf: (at) => Math.floor((((local(at) % DAY) + DAY) % DAY) / HOUR),
    at(day, hour, minute = 0) {
      const key = (day * 24 + hour) * 60 + minute;
      let found = wallTimes.get(key);
      if (found === undefined) {
        const date = Temporal.PlainDate.from(dateText(day));
        const wall = date.toPlainDateTime({ hour, minute });
        found = instant(wall.toZonedDateTime(name, { disambiguation: "compatible" }).epochMilliseconds);
        wallTimes.set(key, found);
      }
      return found;
    },
  };
}

/** "2026-03-29" → its day number; NaN for what is no date. */
export const dayNumber = (date: DateText): DayNumber => Date.parse(`${date}T00:00:00Z`) / DAY;

export const dateText = (day: DayNumber): DateText => new Date(day * DAY).toISOString().slice(0, 10);

/** "2026-03-29" → "2026-03", by its day number. */
export const monthText = (day: DayNumber): string => dateText(day).slice(0, 7);

/** A week that begins on Monday, as the number of weeks since 1970. */
export type WeekNumber = number;

export const DAYS_A_WEEK = 7;

/** 1970-01-01 was a Thursday, so Monday is three days before it. */
export const weekOf = (day: DayNumber): WeekNumber => Math.floor((day + 3) / DAYS_A_WEEK);

/** The Monday of a week. */
export const mondayOf = (week: WeekNumber): DayNumber => week * DAYS_A_WEEK - 3;

const labels = new Map<WeekNumber, string>();

/** The week's name in ISO 8601, "2026-W14". */
export function weekLabel(week: WeekNumber): string {
  let label = labels.get(week);
  if (label === undefined) {
    const monday = Temporal.PlainDate.from(dateText(mondayOf(week)));
    label = `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, "0")}`;
    labels.set(week, label);
  }
  return label;
}

/** "2026-W14" → its number, or undefined for anything else. */
export function weekFromLabel(label: string): WeekNumber | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(label);
  if (match === null) return undefined;
  // 4 January is always in the first week, and 28 December in the last.
  const [first, last] = [weekOf(dayNumber(`${match[1]}-01-04`)), weekOf(dayNumber(`${match[1]}-12-28`))];
  const week = first + Number(match[2]) - 1;
  return first <= week && week <= last ? week : undefined;
}
