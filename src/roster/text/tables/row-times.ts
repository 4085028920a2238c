import type { LeftOutReason } from "#src/domain/roster-report.ts";
import { DAY, HOUR, instant, type Instant } from "#src/domain/time.ts";
import { atTime, clockTime, dateProblem, LONGEST_TIME, type DateReader } from "../dates/dates.ts";
import { quoted } from "../problem.ts";
import { LONGEST_SHIFT_HOURS } from "../reader.ts";
import { inUtc, wall, type ToInstant, type Wall } from "../dates/wall.ts";

/** When a row says that somebody works or is away. */
export interface Times {
  readonly start: Instant;
  readonly end: Instant;
}

/** Why a row is left out. */
export interface Wrong<Field extends string = string> {
  readonly field: Field;
  readonly message: string;
  readonly todo: string;
  readonly why: LeftOutReason;
}

const TIME_EXAMPLE = "write 2026-11-30T08:00 (the program's zone) or 2026-11-30T08:00+09:00";

/** A time of a cell: as the wall shows it, in a zone or at an offset. */
interface CellTime {
  readonly wall: Wall;
  readonly at: ToInstant;
  readonly dateOnly: boolean;
}

/** How dates are read, and the order that program.yaml states for them. */
export interface StatedDates {
  readonly read: DateReader;
  readonly stated: string | undefined;
}

/** Reads a start and an end that carry their own dates; an end may be a time alone. */
export function timesOfCells(
  cells: { readonly start: string; readonly end: string },
  isLeave: boolean,
  { read: dates, stated }: StatedDates,
  local: ToInstant,
): Times | Wrong<"start" | "end"> {
  const start = cellTime(cells.start, dates, local);
  if (start === undefined) return unreadableTime("start", cells.start, dates, stated);
  const given = cellTime(cells.end, dates, local) ?? timeAlone(cells.end, start);
  if (given === undefined) return unreadableTime("end", cells.end, dates, stated);
  if (start.dateOnly || given.dateOnly) return wholeDays(start, given, isLeave);
  if (isTornApart(start, given, local)) return oneOffset(cells);

  const end = overnight(start, given);
  return checked({ start: start.at(start.wall), end: end.at(end.wall) }, isLeave);
}

/** A day and two times of the clock; an end that is not after the start is the next day's. */
export function timesOfDay(
  day: Wall,
  start: number,
  end: number,
  local: ToInstant,
  lastDay: Wall = end > start ? day : wall(day + DAY),
): Times {
  return { start: local(atTime(day, start)), end: local(atTime(lastDay, end)) };
}

/** What cannot be a shift is refused. */
export function checked(times: Times, isLeave: boolean): Times | Wrong<"end"> {
  if (times.end <= times.start) {
    return {
      field: "end",
      message: "it is before the start",
      todo: "write the date on which the shift ends",
      why: { code: "order" },
    };
  }
  if (!isLeave && times.end - times.start > LONGEST_SHIFT_HOURS * HOUR) {
    const message = `more than ${LONGEST_SHIFT_HOURS} h is no shift`;
    return { field: "end", message, todo: "write one row for each shift", why: { code: "too-long" } };
  }
  return times;
}

/** Only one of them says how far it is from Greenwich, and the other would be another moment there. */
function isTornApart(start: CellTime, end: CellTime, local: ToInstant): boolean {
  if ((start.at === local) === (end.at === local)) return false;
  const [plain, other] = start.at === local ? [start, end] : [end, start];
  return other.at(plain.wall) !== plain.at(plain.wall);
}

const oneOffset = ({ start, end }: { readonly start: string; readonly end: string }): Wrong<"end"> => ({
  field: "end",
  message: `of ${quoted(start)} and ${quoted(end)} only one says its offset`,
  todo: "write Z or an offset such as -05:00 with both, or with none",
  why: { code: "two-readings", text: end },
});

function unreadableTime(
  field: "start" | "end",
  cell: string,
  dates: DateReader,
  stated: string | undefined,
): Wrong<"start" | "end"> {
  const [date = ""] = cell.split(/[T ]/u);
  // Where the day is read, it is the time behind it that is not.
  const isAmbiguous = /^\d{1,2}([-/.])\d{1,2}\1\d{2,4}$/u.test(date) && dates(date) === undefined;
  if (isAmbiguous) return { field, ...dateProblem(date, stated) };
  return {
    field,
    message: cell === "" ? "it is empty" : `${quoted(cell)} is no time`,
    todo: TIME_EXAMPLE,
    why: cell === "" ? { code: "empty" } : { code: "no-time", text: cell },
  };
}

function wholeDays(start: CellTime, end: CellTime, isLeave: boolean): Times | Wrong<"start" | "end"> {
  if (!isLeave) {
    return {
      field: "start",
      message: "a date without a time is no shift",
      todo: TIME_EXAMPLE,
      why: { code: "whole-day" },
    };
  }
  const until = end.dateOnly ? wall(end.wall + DAY) : end.wall;
  const times = { start: start.at(start.wall), end: end.at(until) };
  return times.end > times.start
    ? times
    : {
        field: "end",
        message: "it is before the start",
        todo: "write the last day of the absence",
        why: { code: "order" },
      };
}

/** On one date, an end that is not after the start is the next day's: 22:00–08:00, or 08:00–08:00 for 24 hours. */
function overnight(start: CellTime, end: CellTime): CellTime {
  const sameDate = Math.floor(start.wall / DAY) === Math.floor(end.wall / DAY);
  const notAfter = end.wall <= start.wall && end.at(end.wall) <= start.at(start.wall);
  return sameDate && notAfter ? { ...end, wall: wall(end.wall + DAY) } : end;
}

function timeAlone(cell: string, start: CellTime): CellTime | undefined {
  const time = clockTime(cell);
  if (time === undefined || start.dateOnly) return undefined;
  const day = wall(Math.floor(start.wall / DAY) * DAY);
  return { wall: atTime(day, time), at: start.at, dateOnly: false };
}

const OFFSET = /^(.*\d)\s*(Z|[+-]\d{2}:?\d{2})$/iu;
const DATE_AND_TIME = /^(\S+?)(?:[T\s]+(\d{1,2}(?:[:時].*|\d{2}.*)))?$/iu;

/** A day and a time of it, in one cell. */
export const saysTime = (cell: string, dates: DateReader): boolean =>
  cellTime(cell, dates, inUtc)?.dateOnly === false;

function cellTime(cell: string, dates: DateReader, local: ToInstant): CellTime | undefined {
  if (cell.length > LONGEST_TIME) return undefined;
  const text = cell.normalize("NFKC").trim();
  // "2026-11-30" ends in what looks like an offset of -30 hours; an offset follows a time only.
  const [, before, offset] = (/[T\s]\d/iu.test(text) ? OFFSET.exec(text) : null) ?? [];
  const [, date, time] = DATE_AND_TIME.exec(before ?? text) ?? [];
  const day = date === undefined ? undefined : dates(date);
  if (day === undefined) return undefined;
  if (time === undefined) return offset === undefined ? { wall: day, at: local, dateOnly: true } : undefined;
  const clock = clockTime(time);
  if (clock === undefined) return undefined;
  const moment = { wall: atTime(day, clock), dateOnly: false };
  if (offset === undefined) return { ...moment, at: local };
  const ahead = offsetMilliseconds(offset);
  if (ahead === undefined) return undefined;
  return { ...moment, at: (at) => instant(at - ahead) };
}

/** Hours: no zone of the world is further from Greenwich. */
const FURTHEST = 14;

/** "+09:00", "-0330" or "Z", in milliseconds east of UTC; undefined for what no zone has. */
function offsetMilliseconds(offset: string): number | undefined {
  if (offset.toUpperCase() === "Z") return 0;
  const minutes = Number(offset.slice(-2));
  const hours = Number(offset.slice(1, 3)) + minutes / 60;
  if (minutes > 59 || hours > FURTHEST) return undefined;
  return (offset.startsWith("-") ? -hours : hours) * HOUR;
}
