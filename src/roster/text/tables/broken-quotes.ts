import type { RosterProblem } from "../problem.ts";

/** One line of a CSV file, as cells. */
export interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A place at which the quotes of a file could not be followed. */
export interface QuoteFault {
  /** On which the reader noticed it. */
  readonly line?: number;
  readonly isOpen: boolean;
}

type Told = Omit<RosterProblem, "file">;

/**
 * A quote that nobody closed takes in the lines below it, up to the next quote: those rows are in a note of somebody else's row then, and
 * nothing of them can be read for certain. A cell that holds whole lines, each with as many separators as a row, is such a one; a
 * note on several lines is none.
 *
 * @param records each with the line on which it ends
 * @returns the records that are whole, and what is told of the others, by the line on which they begin
 */
export function wholeRecords(
  text: string,
  delimiter: string,
  records: readonly Line[],
  faults: readonly QuoteFault[],
): { readonly records: readonly Line[]; readonly problems: readonly Told[] } {
  const lines = text.split("\n");
  const holds = swallows(lines, delimiter, records);
  const placed = faults.filter(({ line }) => line !== undefined);
  const ends = [...records, ...placed].map(({ line }) => line!).toSorted((one, other) => one - other);
  const before = new Map(ends.map((line, at) => [line, ends[at - 1] ?? 0]));
  /** Blank lines between two records belong to none. */
  const startOf = (end: number): number => {
    let start = (before.get(end) ?? end - 1) + 1;
    while (start < end && (lines[start - 1] ?? "").trim() === "") start += 1;
    return start;
  };
  const told = [...Map.groupBy(faults, ({ line }) => line).values()].map(([first]) =>
    ofFault(first!, first!.line === undefined ? undefined : startOf(first!.line)),
  );
  const swallowed = records.filter(holds);
  return {
    records: swallowed.length === 0 ? records : records.filter((one) => !swallowed.includes(one)),
    problems: [...told, ...swallowed.map(({ line }) => takesIn(startOf(line), line))].toSorted(
      (one, other) => (one.line ?? 0) - (other.line ?? 0),
    ),
  };
}

/** Tells whether a cell of a record holds whole rows. */
function swallows(lines: readonly string[], delimiter: string, records: readonly Line[]) {
  const isLong = ({ cells }: Line) => cells.some((cell) => cell.includes("\n"));
  if (!records.some(isLong)) return () => false;
  const widths = Map.groupBy(
    records.filter(({ cells }) => cells.length >= NARROWEST),
    ({ cells }) => cells.length,
  );
  const most = Math.max(0, ...[...widths.values()].map((some) => some.length));
  const width = [...widths].find(([, some]) => some.length === most)?.[0] ?? Infinity;
  // "Call me, please, before nine" has commas, but with spaces behind them, where rows have none.
  const isSpaced = records.some(({ line }) => /^[^"]*,\s[^"]*$/u.test(lines[line - 1] ?? ""));
  const separators = (piece: string) =>
    delimiter === "," && !isSpaced
      ? (piece.match(/,(?! )/gu) ?? []).length
      : piece.split(delimiter).length - 1;
  // One that opens and closes in the same column gives a row the days and times of another.
  const isTwoRows = (first: string, last: string, place: number) =>
    separators(first) >= width - 1 - place && separators(last) >= place;
  return (record: Line): boolean => {
    if (!isLong(record)) return false;
    if (record.cells.slice(width).some((cell) => cell !== "")) return true;
    return record.cells.some((cell, place) => {
      const pieces = cell.split("\n");
      return (
        pieces.length > 1 &&
        (pieces.some((piece) => separators(piece) >= width - 1) ||
          isTwoRows(pieces[0]!, pieces.at(-1)!, place))
      );
    });
  };
}

/** Two columns are no list and no table: one comma makes no row of a note. */
const NARROWEST = 3;

const TODO = 'put whole cells in quotes, and write " inside them twice';

function ofFault({ line, isOpen }: QuoteFault, start: number | undefined): Told {
  const rest = { why: { code: "broken-line" }, todo: TODO } as const;
  if (line !== undefined && start !== undefined && start < line)
    return isOpen
      ? {
          ...rest,
          line: start,
          message: `a double quote opens here and is never closed: all that follows it is lost, up to line ${line}`,
          shifts: line - start + 1,
        }
      : takesIn(start, line);
  const message = isOpen
    ? "a double quote above was never closed, and all that follows it is lost"
    : "a double quote stands in the middle of a cell";
  return { ...rest, ...(line !== undefined && { line }), message };
}

const takesIn = (start: number, end: number): Told => ({
  line: start,
  message: `a double quote opens here and takes in whole lines, up to line ${end}: all of them are left out`,
  todo: TODO,
  why: { code: "broken-line" },
  shifts: end - start + 1,
});

/** Each line that was lost, for the books. */
export const lostLines = (problems: readonly RosterProblem[]) =>
  problems.flatMap(({ line, message, shifts = 1 }) =>
    line === undefined
      ? [{ reason: message }]
      : Array.from({ length: shifts }, (_, at) => ({ line: line + at, reason: message })),
  );
