import { Temporal } from "temporal-polyfill";
import type { Program, Rotation } from "./program.ts";
import {
  DAY,
  instant,
  dateText,
  dayNumber,
  type DateText,
  type Instant,
  type DayNumber,
  type Zone,
} from "./time.ts";

/** A stretch of time: from its first moment to the one after its last. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** What is to be erased of a program's answers. */
export interface Expired {
  /** For so many months answers are kept. */
  readonly months: number;
  /** What was answered on this local day and later stays. */
  readonly before: DateText;
  /** When the answers were given. */
  readonly spans: readonly Span[];
}

type Kept = Pick<Program, "rotations" | "retention">;

/**
 * The answers whose time is over: those given `retention` months ago, but for the days of a rotation that ended later than that. So a
 * rotation goes as a whole, and what was answered outside of every rotation (or in one that program.yaml has no more) goes by its own age.
 * Undefined where nothing is ever erased.
 */
export function expiredAnswers(
  { rotations, retention }: Kept,
  zone: Zone,
  now: Instant,
): Expired | undefined {
  if (retention === undefined) return undefined;
  const before = monthsFrom(zone.dayOf(now), -retention);
  const spared = rotations
    .filter((one) => dayNumber(erasedOn(one, retention)) > zone.dayOf(now))
    .map(({ from, to }) => [dayNumber(from), dayNumber(to) + 1] as const)
    .toSorted(([one], [other]) => one - other);
  const days: (readonly [DayNumber, DayNumber])[] = [];
  let next = EARLIEST;
  for (const [from, to] of [...spared, [before, before] as const]) {
    const end = Math.min(from, before);
    if (next < end) days.push([next, end]);
    next = Math.max(next, to);
  }
  const spans = days.map(([from, to]) => ({ from: zone.at(from, 0), to: zone.at(to, 0) }));
  return { months: retention, before: dateText(before), spans };
}

/** 1 January 1971: before any answer, and a day that every time zone has. */
const EARLIEST: DayNumber = 365;

/** The local day on which a rotation's answers are erased: the first one whose day so many months ago is after the rotation. */
export function erasedOn({ to }: Pick<Rotation, "to">, months: number): DateText {
  const after = dayNumber(to) + 1;
  let day = monthsFrom(after, months);
  while (monthsFrom(day, -months) < after) day += 1;
  return dateText(day);
}

/** 31 January and one month is the last of February. */
const monthsFrom = (day: DayNumber, months: number): DayNumber =>
  dayNumber(Temporal.PlainDate.from(dateText(day)).add({ months }).toString());

/** Milliseconds between the first look at a setting and the first answer that it erases: time to take it back. */
export const NOTICE = 7 * DAY;

/** What is kept of the setting, so that nothing is erased unannounced. */
export interface Announced {
  readonly months: number;
  /** Since when it has stood, without a break. */
  readonly since: Instant;
  /** When a running Attune has seen it last. */
  readonly seen: Instant;
}

/**
 * The setting as it is to be kept. It begins anew when it was changed, and after a break or a step back of the clock as long as the
 * notice: what a wrong clock erased would be gone.
 */
export function announced(before: Announced | undefined, months: number, now: Instant): Announced {
  const isSame = before?.months === months && before.seen <= now && now - before.seen <= NOTICE;
  return { months, since: isSame ? before.since : now, seen: now };
}

/** When answers may be erased that are due now. */
export const erasesFrom = ({ since }: Announced): Instant => instant(since + NOTICE);

/** Where it is kept. */
export const ANNOUNCED = "retention";

/** Where it is kept before which local day answers were erased. */
export const ERASED_BEFORE = "answers erased before";

export const readAnnounced = (note: string | undefined): Announced | undefined =>
  note === undefined ? undefined : (JSON.parse(note) as Announced);
