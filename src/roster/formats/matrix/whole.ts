import { DAY } from "#src/domain/time.ts";
import { quoted } from "../../text/problem.ts";
import { raggedLines, type Ragged } from "../../text/tables/ragged.ts";
import type { Duty } from "../../text/duties/duty-codes.ts";
import type { RosterReading } from "../../text/reader.ts";
import type { Line } from "../../text/tables/records.ts";
import { wall, type ToInstant, type Wall } from "../../text/dates/wall.ts";
import { cellName, dateText, type Cell, type Fault, type Row } from "../grid/days.ts";
import type { MatrixTable, PersonRow } from "../grid/table.ts";

/* What a table lacks: cells of its lines, and days of its header. */

/** The rows of people without the lines that have lost a cell, or have one too many. @param lines of the file; none of a sheet */
export function wholeRows(table: MatrixTable, lines: readonly Line[]) {
  const ragged = raggedIn(table, lines);
  const lost = new Map([...ragged].map(([line, fault]) => [line, { fault, cells: [] as Cell[] }]));
  const isWhole = (cell: Cell): boolean => {
    if (cell.text !== "") lost.get(cell.line)?.cells.push(cell);
    return !ragged.has(cell.line);
  };
  const people = table.people.flatMap((row): readonly PersonRow[] => {
    const names: Row = row.isFurther ? row.names : row.names.filter(isWhole);
    const codes = row.codes.filter(({ cell }) => isWhole(cell));
    const stray = row.stray.filter(isWhole);
    const beyond = row.beyond.filter(isWhole);
    return names.length === 0 && row.names.length > 0 ? [] : [{ ...row, names, codes, stray, beyond }];
  });
  return { people, lost: [...lost.values()] };
}

/** Lines of people; of days, where people are columns. */
function raggedIn(
  { people, header, dayLines }: MatrixTable,
  lines: readonly Line[],
): ReadonlyMap<number, Ragged> {
  const cells = people.flatMap(({ names, codes, stray }) => [
    ...names,
    ...codes.map(({ cell }) => cell),
    ...stray,
  ]);
  const used = new Set([...dayLines, ...cells.map(({ line }) => line)]);
  used.delete(header);
  const head = lines.find(({ line }) => line === header);
  if (head === undefined) return new Map();
  return raggedLines(
    head,
    lines.filter(({ line }) => used.has(line)),
  );
}

/** A day that is not there may be a column that was lost; only a table of weekdays has no Saturdays and Sundays at all. */
export function gapIn({ missing, header, dayLines, first: from, last }: MatrixTable): readonly Fault[] {
  const weekends = Array.from({ length: (last - from) / DAY + 1 }, (_, at) => wall(from + at * DAY)).filter(
    isWeekend,
  );
  const isOfWeekdays = weekends.every((day) => missing.includes(day));
  const lost = missing.filter((day) => !isOfWeekdays || !isWeekend(day));
  const [first] = lost;
  if (first === undefined) return [];
  const days = lost.slice(0, 5).map(dateText).join(", ");
  const isDown = new Set(dayLines).size > 1;
  return [
    {
      line: isDown ? dayLines[0]! : header,
      message: `the ${isDown ? "table's days go" : "header goes"} past ${days}: nothing is read or taken back there`,
      todo: `put the ${isDown ? "row" : "column"} back if it is missing; a day on which nobody works may have an empty one`,
      why: { code: isDown ? "missing-row" : "missing-day", text: days },
    },
  ];
}

/** Cells that were made one across, with how many columns each has. */
type Across = ReadonlyMap<string, number> | undefined;

/** A name over several days or duties: whether it counts for all of them, nobody can tell. */
export function madeOne({ holds, people, width }: MatrixTable, across: Across): readonly Fault[] {
  if (across === undefined || holds === "codes" || width > 1) return [];
  return people
    .flatMap(({ codes }) => codes.map(({ cell }) => cell))
    .filter((cell) => widthOf(cell, across) > 1)
    .map(forTheFirst);
}

/**
 * A code over several days: leave is of all of them, a night of its two; another duty may be meant for each.
 * Where people are columns, it stands over several of them.
 */
export function barReader({ width, missing, dayLines }: MatrixTable, across: Across) {
  const arePeople = new Set(dayLines).size > 1;
  return (
    cell: Cell,
    day: Wall,
    duties: readonly Duty[],
  ): { readonly last: Wall; readonly fault?: Fault } => {
    const columns = width > 1 || across === undefined ? 1 : widthOf(cell, across);
    const isLeave = !arePeople && duties.every(({ kind }) => kind === "off");
    let last = day;
    for (let left = isLeave ? columns - 1 : 0; left > 0; left -= missing.includes(last) ? 0 : 1)
      last = wall(last + DAY);
    const own = arePeople ? 1 : Math.max(1, ...duties.map(daysOf));
    const isOpen = !isLeave && columns > own && duties.some(({ kind }) => kind !== "none");
    return { last, ...(isOpen && { fault: forTheFirst(cell) }) };
  };
}

const widthOf = ({ line, column }: Cell, across: NonNullable<Across>): number =>
  across.get(`${line},${column}`) ?? 1;

/** On so many days a duty lies. */
const daysOf = (duty: Duty): number => (duty.kind === "shift" && duty.end <= duty.start ? 2 : 1);

const forTheFirst = (cell: Cell): Fault => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} is one cell over several, and counts for the first alone`,
  todo: "write it into each cell for which it counts",
  why: { code: "made-one", text: cell.text },
});

const isWeekend = (day: Wall): boolean => [0, 6].includes(new Date(day).getUTCDay());

/** The days that a table speaks about. */
export const coversOf = (
  { first, last, missing }: MatrixTable,
  local: ToInstant,
): NonNullable<RosterReading["covers"]> => ({
  from: local(first),
  to: local(wall(last + DAY)),
  without: missing.map((day) => ({ from: local(day), to: local(wall(day + DAY)) })),
});
