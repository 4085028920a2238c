import { DAY, MINUTE } from "#src/domain/time.ts";
import type { Person } from "#src/domain/person.ts";
import {
  awayReader,
  givenAway,
  saysTakenBack,
  takenBack,
  unclearAway,
  unclearDay,
  type Away,
} from "../text/away.ts";
import { clockTime, dateProblem, dateReader, type DateReader } from "../text/dates.ts";
import { serialDate } from "../text/day-cell.ts";
import { CSV_COLUMNS, sayer, type CsvColumn } from "../text/dialect.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import { openLedger } from "../text/ledger.ts";
import { listingOf, type ListingRow } from "../text/listing.ts";
import type { ListingColumns } from "../text/listing-header.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../text/reader.ts";
import { checked, timesOfCells, timesOfDay, type Times, type Wrong } from "../text/row-times.ts";
import { hoursReader, otherHours } from "../text/spoken-hours.ts";
import { inZone, wall, type ToInstant } from "../text/wall.ts";
import { whoIsWho, type WhoIsWho } from "../text/who.ts";

/**
 * CSV with a header: `person,start,end[,label]`, or any column names that program.yaml maps (`columns`), also
 * with the date in a column of its own. Times are local or carry an offset; an end may be a time alone, and then
 * it is the next such time after the start (the same time means 24 hours). Dates have the year first or the
 * order that is stated (`dates`). Rows whose label says leave are absences; dates alone then mean whole days.
 */
export const csv: RosterReader = (source, context) => {
  const table = listingOf(source.file, source.text, columnsOf(source));
  const who = whoIsWho(context.people, source.aliases);
  const read = rowReader(source, context);
  const [awayOf, saysSkip] = [awayReader(source, who), sayer(source.skip)];
  const doubtIn = doubtReader(source, context, who, awayOf);
  const entries: RosterEntry[] = [];
  const problems: RosterProblem[] = [...table.problems];
  const ledger = openLedger("line", context.inFull);
  for (const one of table.aside) ledger.skipped(one, one.rule);
  for (const one of table.lost) ledger.leftOut(one, one.reason);

  for (const row of table.rows) {
    const { label } = row.cells;
    if (saysSkip(label)) {
      ledger.skipped(row, "skip");
      continue;
    }
    const away = awayOf(label)[saysHours(row) ? "timed" : "wholeDay"];
    if (away === "rest") {
      ledger.skipped(row, "nothing");
      continue;
    }
    const isLeave = away === "yes";
    const found = source.person === undefined ? who.named(row.cells.person) : { id: source.person };
    const times = read(row, isLeave);
    const wrong: Wrong<CsvColumn>[] = [];
    if ("message" in found) {
      const todo = "write an id of people.csv, or add the name to `aliases`";
      wrong.push({ field: "person", message: found.message, todo, why: found.why });
    }
    const doubt = doubtIn(row, away, "person" in found ? found.person : undefined, times);
    if (doubt !== undefined) wrong.push(doubt);
    for (const { field, ...rest } of wrong)
      problems.push({ file: source.file, line: row.line, field: source.columns?.[field] ?? field, ...rest });
    if ("message" in found || "message" in times || wrong.length > 0) {
      ledger.leftOut(row, wrong.map(({ message }) => message).join("; "));
      continue;
    }

    const person = "id" in found ? found.id : found.person.id;
    const kind = isLeave ? "absence" : "duty";
    const own = times
      .filter(({ start, end }) => end > context.horizon.from && start < context.horizon.to)
      .map(({ start, end }): RosterEntry => ({ kind, person, start, end, label }));
    if (own.length === 0) ledger.skipped(row, "outside");
    else ledger.read(row, own);
    entries.push(...own);
  }
  const unreadable = table.usable ? {} : { unreadable: true as const };
  return { entries, notUnderstood: problems, accounts: ledger.accounts(), ...unreadable };
};

type RowTimes = readonly Times[] | Wrong<CsvColumn>;

/** Tells why nobody can say whether a row is duty, or when: its label, its times and its other cells contradict one another. */
function doubtReader(
  source: RosterText,
  { zone }: ReadingContext,
  who: WhoIsWho,
  awayOf: ReturnType<typeof awayReader>,
) {
  const saysOtherHours = hoursReader(source, zone);
  /** "Cancelled" or "Vacation" in a column that is not read. */
  const contradicts = (cell: string) =>
    awayOf(cell).timed === "yes" || (saysTakenBack(cell) && cell.split(/\s+/u).length <= FEW_WORDS);
  return (
    row: ListingRow,
    away: Away,
    person: Person | undefined,
    times: RowTimes,
  ): Wrong<CsvColumn> | undefined => {
    const { label } = row.cells;
    const isElse = (text: string) => person !== undefined && who.givenAway(text, person);
    if (isElse(label)) return { field: "label", ...givenAway(label) };
    if (saysTakenBack(label)) return { field: "label", ...takenBack(label) };
    if (away === "unclear")
      return { field: "label", ...(saysHours(row) ? unclearAway(label) : unclearDay(label)) };
    const other = row.others.find((cell) => contradicts(cell) || isElse(cell));
    if (away === "no" && other !== undefined) return beside(other);
    if ("message" in times) return times;
    const isOther = away === "no" && times.length === 1 && saysOtherHours(label, times[0]!);
    return isOther ? { field: "label", ...otherHours(label) } : undefined;
  };
}

/** A longer cell is a note, which may speak of something else. */
const FEW_WORDS = 3;

const beside = (cell: string): Wrong<CsvColumn> => ({
  field: "label",
  message: `${quoted(cell)} stands beside it, in a column that is not read`,
  todo: "take the row out if it does not take place; else name that column `label` under `columns` in program.yaml, or take it out",
  why: { code: "two-readings", text: cell },
});

/** The row has times of the clock, and not only days. */
const saysHours = ({ cells: { date }, spans }: ListingRow): boolean =>
  spans
    .flatMap(({ start, end }) => [start, end].map((cell) => cell.normalize("NFKC")))
    .some((cell) => (date === "" ? /[T\s]\d|\d[:時]|^\d{3,4}$/iu.test(cell) : cell !== ""));

/** Without a mapping, the plain header; with one, what it maps is required, and the rest is not read. */
function columnsOf({ columns, person }: RosterText): ListingColumns {
  const who: readonly CsvColumn[] = person === undefined ? ["person"] : [];
  if (columns === undefined) {
    const optional: readonly CsvColumn[] = person === undefined ? ["label"] : ["person", "label"];
    return { required: [...who, "start", "end"] as const, optional };
  }
  const mapped = CSV_COLUMNS.filter((column) => columns[column] !== undefined);
  const loose = CSV_COLUMNS.filter((column) => !mapped.includes(column));
  return { required: mapped, optional: loose, called: columns };
}

/** When a row says that somebody works: one time, or several of a shift in parts. */
function rowReader(
  source: RosterText,
  { zone }: ReadingContext,
): (row: ListingRow, isLeave: boolean) => RowTimes {
  const local = inZone(zone);
  const stated = dateReader(source.dates);
  const dates: DateReader = (text) => stated(text) ?? (source.isSheet ? serialDate(text) : undefined);
  const clock = (text: string) => clockTime(text) ?? (source.isSheet ? partOfDay(text) : undefined);
  return ({ cells, spans }, isLeave) => {
    const [first, ...further] = spans.filter(
      ({ start, end }, index) => index === 0 || start !== "" || end !== "",
    );
    const found: Times[] = [];
    for (const span of [first!, ...further]) {
      const stated = { read: dates, stated: source.dates, clock };
      const times = timesOf({ ...cells, ...span }, isLeave, stated, local);
      if ("message" in times) return times;
      if (times.start < (found.at(-1)?.end ?? times.start)) return backwards(span.start);
      found.push(times);
    }
    return found;
  };
}

/** 0.3125 in a sheet is 07:30: a format such as h"時"mm"分" does not look like a time to who reads the file. */
function partOfDay(text: string): number | undefined {
  const minutes = /^0\.\d+$/u.test(text) ? Number(text) * 1_440 : Number.NaN;
  return Math.abs(minutes - Math.round(minutes)) < 1e-3 ? Math.round(minutes) * MINUTE : undefined;
}

/** How this file's dates and times are read, and the order of dates that program.yaml has. */
interface CellReaders {
  readonly read: DateReader;
  readonly stated: string | undefined;
  readonly clock: (text: string) => number | undefined;
}

function timesOf(
  cells: ListingRow["cells"],
  isLeave: boolean,
  { read: dates, stated, clock }: CellReaders,
  local: ToInstant,
): Times | Wrong<CsvColumn> {
  const halves = HALF.test(cells.start) !== HALF.test(cells.end);
  if (halves && cells.start !== "" && cells.end !== "") return oneHalf(cells);
  if (cells.date === "") return timesOfCells(cells, isLeave, dates, local);
  const day = dates(cells.date);
  if (day === undefined) return { field: "date", ...dateProblem(cells.date, stated) };
  const given = cells.endDate ? dates(cells.endDate) : undefined;
  if (cells.endDate && given === undefined)
    return { field: "endDate", ...dateProblem(cells.endDate, stated) };
  if (isLeave && cells.start === "" && cells.end === "")
    return checked({ start: local(day), end: local(wall((given ?? day) + DAY)) }, true);

  const [start, end] = [clock(cells.start), clock(cells.end)];
  if (start === undefined) return noTime("start", cells.start);
  if (end === undefined) return noTime("end", cells.end);
  return checked(timesOfDay(day, start, end, local, given), isLeave);
}

/** A time of the clock with its half of the day. */
const HALF = /\d\s*[ap]\.?m?\.?\s*$/iu;

/** "7:00 AM" to "5:00" is ten hours, or twenty-two. */
const oneHalf = ({ start, end }: ListingRow["cells"]): Wrong<CsvColumn> => ({
  field: HALF.test(start) ? "end" : "start",
  message: `of ${quoted(start)} and ${quoted(end)} only one says AM or PM`,
  todo: "write AM or PM with both, or both as 08:00 and 17:00",
  why: { code: "no-time", text: HALF.test(start) ? end : start },
});

const backwards = (start: string): Wrong<CsvColumn> => ({
  field: "start",
  message: `the part that starts at ${quoted(start)} begins before the one before it ends`,
  todo: "write each part with its own date, in a row of its own",
  why: { code: "order" },
});

const noTime = (field: CsvColumn, cell: string): Wrong<CsvColumn> => ({
  field,
  message: cell === "" ? "it is empty" : `${quoted(cell)} is no time of the clock`,
  todo: "write it as 08:00",
  why: cell === "" ? { code: "empty" } : { code: "no-time", text: cell },
});
