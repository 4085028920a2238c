declare const instantBrand: unique symbol;
/**
 * A moment: whole milliseconds since 1970-01-01T00:00Z. It is a branded number and not a Temporal object, because planning
 * compares millions of them. For calendars and time zones see zone.ts.
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
