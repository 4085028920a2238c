import { DAY, HOUR } from "#src/domain/time.ts";
import { clockTime } from "../../text/dates/dates.ts";
import { partOfDay } from "../../text/dates/day-cell.ts";
import type { CsvColumn } from "../../text/dialect.ts";
import type { ListingRow } from "../../text/tables/listing.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import type { Wrong } from "../../text/tables/row-times.ts";
import { spokenHours } from "../../text/duties/spoken-hours.ts";

/**
 * "7:00" to "5:00" is ten hours on the face of a clock, and twenty-two of 24. Where a list has nothing past 12 and no leading
 * zero, it may mean either. It is believed while each row is one of a morning, as those of a clinic are: it ends after its
 * start, and no label says another half of the day. Where one row is none, only what its label makes clear is read.
 */
export function halfDoubts(
  { isSheet }: RosterText,
  rows: readonly ListingRow[],
): (row: ListingRow) => Wrong<CsvColumn> | undefined {
  const clocksOf = (row: ListingRow) => row.spans.map((span) => [span.start, span.end].map(clockIn(isSheet)));
  const kinds = new Set(rows.flatMap((row) => clocksOf(row).flatMap((span) => span.map((one) => one?.kind))));
  if (kinds.has("24 hours")) return () => undefined;
  const isInDoubt = (row: ListingRow) => isOtherHalf(row, clocksOf(row)) || goesOn(row, clocksOf(row));
  const isBare = (row: ListingRow) =>
    clocksOf(row).some((span) => span.every((one) => one?.kind === "bare")) &&
    spokenHours(row.cells.label)?.cycle !== DAY;
  const isOfTwelve = kinds.has("half") || rows.some((row) => isBare(row) && isInDoubt(row));
  return (row) =>
    isOfTwelve && isBare(row) && (isInDoubt(row) || halfOf(row) === undefined)
      ? noHalf(row, isSheet === true)
      : undefined;
}

/** A time of the clock with its half of the day. */
const HALF = /\d\s*[ap]\.?m?\.?\s*$/iu;

/** "7:00 AM" to "5:00" is ten hours, or twenty-two. */
export function oneHalf({ start, end }: ListingRow["cells"]): Wrong<CsvColumn> | undefined {
  if (HALF.test(start) === HALF.test(end) || start === "" || end === "") return undefined;
  return {
    field: HALF.test(start) ? "end" : "start",
    message: `of ${quoted(start)} and ${quoted(end)} only one says AM or PM`,
    todo: "write AM or PM with both, or both as 08:00 and 17:00",
    why: { code: "no-time", text: HALF.test(start) ? end : start },
  };
}

/** A time as a cell writes it. */
interface Clock {
  readonly at: number;
  readonly kind: "half" | "24 hours" | "bare";
}

const LAST = /(?:^|[T\s])(?<time>\d{1,2}(?::?\d{2}|[:時].*)|0\.\d+)$/iu;
/** Only machines write the distance from Greenwich, or a T between the day and the time (ISO 8601), and they count to 24. */
const OFFSET = /\d\s*(?:Z|[+-]\d{2}:?\d{2})$/iu;
const ISO = /^\d{4}-?\d{2}-?\d{2}T\d{2}/iu;

/** @param isSheet times of a sheet are all written with a zero, whatever its people see */
const clockIn =
  (isSheet: true | undefined) =>
  (cell: string): Clock | undefined => {
    const text = cell.normalize("NFKC").trim();
    if (HALF.test(text)) return { at: 0, kind: "half" };
    const { time = "" } = LAST.exec(text)?.groups ?? {};
    const at = clockTime(time) ?? (isSheet ? partOfDay(time) : undefined);
    if (at === undefined) return OFFSET.test(text) && /\d:\d/u.test(text) ? MACHINE : undefined;
    const isMachines = !isSheet && (ISO.test(text) || /^0\d/u.test(time));
    const isClear = isMachines || at < HOUR || at >= 13 * HOUR;
    return { at, kind: isClear ? "24 hours" : "bare" };
  };

const MACHINE: Clock = { at: 0, kind: "24 hours" };

type Clocks = readonly (readonly (Clock | undefined)[])[];

/** It ends on another day, or not after its start: a list of 24 hours that has nights also has times past 12. */
function goesOn({ cells, spans }: ListingRow, clocks: Clocks): boolean {
  const days = spans.flatMap(({ start, end }) => [dayOf(start), dayOf(end)]);
  const stated = [cells.date, cells.endDate ?? "", ...days].filter((day) => day !== "");
  if (new Set(stated).size > 1) return true;
  const isBackwards = clocks.some(
    ([start, end]) => start !== undefined && end !== undefined && end.at <= start.at,
  );
  const starts = clocks.map(([start]) => start?.at ?? DAY);
  return isBackwards || starts.some((at, part) => part > 0 && at < (clocks[part - 1]![1]?.at ?? 0));
}

/** The day that stands before a time in its cell. */
const dayOf = (cell: string): string => /^(\S+)[T\s]+\d/u.exec(cell.trim())?.[1] ?? "";

/** When a shift of such a name may begin, in hours of 24. */
const NAMES = [
  { name: /\b(?:a\.?m|morning|days?|early)\b|午前|日勤|日直|早出|^[日早]$/iu, from: 5, to: 13 },
  { name: /\b(?:p\.?m|afternoon|evenings?|eves?|swing)\b|午後|夕|準夜|^準$/iu, from: 13, to: 24 },
  { name: /\b(?:overnight|nights?|noc)\b|深夜|夜勤|当直|^[深夜当]$/iu, from: 0, to: 5 },
] as const;

/** Of a shift whose name says nothing: 3:00 to 11:00 is an evening more often than not. */
const UNNAMED = { from: 5, to: 13 };

/** What the label says of the half of the day; nothing where it says two things. */
function halfOf({ cells }: ListingRow): { readonly from: number; readonly to: number } | undefined {
  const said = NAMES.filter(({ name }) => name.test(cells.label.normalize("NFKC").trim()));
  return said.length === 1 ? said[0] : undefined;
}

function isOtherHalf(row: ListingRow, clocks: Clocks): boolean {
  const { from, to } = halfOf(row) ?? UNNAMED;
  return clocks.some(([start]) => start !== undefined && (start.at < from * HOUR || start.at >= to * HOUR));
}

function noHalf({ spans }: ListingRow, isSheet: boolean): Wrong<CsvColumn> {
  const hours = spans.map(({ start, end }) => `${start}–${end}`).join(", ");
  return {
    field: "start",
    message: `${quoted(hours)} may be morning or evening, and nothing in this file says that it counts to 24`,
    todo: isSheet
      ? "set the columns of times to text, and say AM or PM in each"
      : "say AM or PM with each time, or write all as 07:00 and 17:00",
    why: { code: "two-readings", text: hours },
  };
}
