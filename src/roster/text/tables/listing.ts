import type { SkipRule } from "#src/domain/roster-report.ts";
import type { CsvColumn } from "../dialect.ts";
import { heedNotes } from "./above-list.ts";
import { headerOf, type Header, type ListingColumns } from "./listing-header.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import { lostLines } from "./broken-quotes.ts";
import { raggedLines } from "./ragged.ts";
import { recordsOf, type Line } from "./records.ts";

/** One row of a list of shifts. */
export interface ListingRow {
  readonly line: number;
  /** A column that is absent or empty is "". */
  readonly cells: Readonly<Record<CsvColumn, string>>;
  /** What stands in columns that are not read. */
  readonly others: readonly OtherCell[];
  /** The first start and end, and those of a split shift that stand in further columns. */
  readonly spans: readonly { readonly start: string; readonly end: string }[];
}

/** A cell of a column that is not read. */
export interface OtherCell {
  /** Of the column, counted from 0. */
  readonly place: number;
  readonly text: string;
}

/** A list of shifts: a header and a row for each, with all else that stands in the file accounted for. */
export interface Listing {
  readonly rows: readonly ListingRow[];
  /** What the file calls its columns. */
  readonly titles: readonly string[];
  /** What stands above them, line by line. */
  readonly above: readonly string[];
  readonly aside: readonly { readonly line: number; readonly rule: SkipRule }[];
  readonly lost: readonly { readonly line?: number; readonly reason: string }[];
  readonly problems: readonly RosterProblem[];
  /** The header is there and has what is required. */
  readonly usable: boolean;
}

/** Reads a CSV file whose header may stand below a title; columns in any order. */
export function listingOf(file: string, text: string, columns: ListingColumns): Listing {
  const problems: RosterProblem[] = [];
  const records = recordsOf(file, text, problems).filter(({ cells }) => cells.some((cell) => cell !== ""));
  const lost: { line?: number; reason: string }[] = [...lostLines(problems)];
  const leave = (problem: RosterProblem) => {
    problems.push(problem);
    lost.push(lossOf(problem));
  };

  const found = headerOf(file, records, columns);
  problems.push(...found.problems);
  if (found.header === undefined) {
    const reason = found.problems[0]?.message ?? "there is no header";
    const all = [...lost, ...records.map(({ line }) => ({ line, reason }))];
    return { rows: [], titles: [], above: [], aside: [], lost: all, problems, usable: false };
  }

  const { lines } = found.header;
  const titles: Line[] = [];
  const header = records.find(({ line }) => lines.has(line))!;
  const aside: { line: number; rule: SkipRule }[] = [];
  const rows: ListingRow[] = [];
  const below: Line[] = [];
  let other: number | undefined;
  let isBelow = false;
  for (const record of records) {
    const { line, cells } = record;
    const isOwn = lines.has(line);
    if (isOwn || found.others.has(line)) {
      [isBelow, other] = [isBelow || isOwn, isOwn ? undefined : line];
      aside.push({ line, rule: "header" });
    } else if (other !== undefined) {
      lost.push({ line, reason: `it stands under another header, on line ${other}` });
    } else if (!isBelow) {
      if (cells.filter((cell) => cell !== "").length < columns.required.length) titles.push(record);
      else leave(aboveIt(file, record));
    } else if (isSum(cells, found.header)) aside.push({ line, rule: "sum" });
    else if (cells.slice(found.header.width).some((cell) => cell !== ""))
      leave(tooWide(file, record, found.header.width));
    else below.push(record);
  }
  const ragged = raggedRows(header, below, found.header);
  for (const record of below) {
    const fault = ragged.get(record.line);
    if (fault === undefined) rows.push(rowOf(record, found.header));
    else leave({ file, ...fault });
  }
  const noted = heedNotes(file, titles, rows);
  return {
    rows: noted.rows,
    titles: header.cells,
    above: records.filter(({ line }) => line < header.line).map(plainText),
    aside: [...aside, ...noted.aside],
    lost: [...lost, ...noted.lost],
    problems: [...problems, ...noted.problems],
    usable: true,
  };
}

const plainText = ({ cells }: Line): string => cells.filter((cell) => cell !== "").join(" ");

/** A row without its last cells is whole where nothing else could have taken the place of what it lacks. */
function raggedRows(header: Line, rows: readonly Line[], { width, hasOthers }: Header) {
  const found = raggedLines(header, rows);
  const isShort = ({ line, cells }: Line) => !found.has(line) || (!hasOthers && cells.length < width);
  return new Map([...found].filter(([line]) => !rows.some((row) => row.line === line && isShort(row))));
}

const lossOf = ({ line, message }: RosterProblem) => ({
  ...(line === undefined ? {} : { line }),
  reason: message,
});

function rowOf({ line, cells }: Line, { places, pairs }: Header): ListingRow {
  const read = new Set([...places.values(), ...pairs.flatMap(({ start, end }) => [start, end])]);
  const at = (place: number | undefined) => (place === undefined ? "" : (cells[place] ?? ""));
  const named = Object.fromEntries([...places].map(([name, place]) => [name, at(place)]));
  return {
    line,
    cells: named as Record<CsvColumn, string>,
    others: cells.flatMap((text, place) => (text !== "" && !read.has(place) ? [{ place, text }] : [])),
    spans: pairs.map(({ start, end }) => ({ start: at(start), end: at(end) })),
  };
}

const SUM = /^(?:(?:grand |sub)?totals?\b|合計|小計|総計|計(?:$|[\s:]))/iu;

/** "Total hours,,,,20": it names nobody, and has neither a day nor a time. */
function isSum(cells: readonly string[], { places }: Header): boolean {
  const first = cells.find((cell) => cell !== "") ?? "";
  const times: readonly CsvColumn[] = ["date", "start", "end"];
  return (
    SUM.test(first.normalize("NFKC")) && times.every((name) => (cells[places.get(name) ?? -1] ?? "") === "")
  );
}

const aboveIt = (file: string, { line, cells }: Line): RosterProblem => ({
  file,
  line,
  message: `${quoted(cells.filter((cell) => cell !== "").join(", "))} stands above the header`,
  todo: "put it below the header if it is a shift",
  why: { code: "broken-line" },
});

const tooWide = (file: string, { line, cells }: Line, width: number): RosterProblem => ({
  file,
  line,
  message: `${cells.length} cells under ${width} columns`,
  todo: "put cells with a comma inside in double quotes",
  why: { code: "broken-line" },
});
