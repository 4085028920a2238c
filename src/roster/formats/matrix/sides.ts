import { dateReader } from "../../text/dates/dates.ts";
import { dutyCodes } from "../../text/duties/duty-codes.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { cellName, columnsOf, dayRow, type Cell, type Fault, type Row } from "../grid/days.ts";
import { headerOf, isFault, type MatrixHeader } from "../grid/header.ts";
import { partsOf, type MatrixTable } from "../grid/table.ts";
import { daysDown, type DaysDown } from "../names/days-down.ts";
import { isOfNames, type Lane } from "../names/is-of-names.ts";

/** Takes a table apart: rows for people or for duties, or columns where it stands on its side. */
export function tableOf(rows: readonly Row[], source: RosterText, who: WhoIsWho): MatrixTable | Fault {
  const isSomebody = (text: string) => "person" in who.named(text);
  const names = (row: Row) => row.some(({ text }) => text !== "" && isSomebody(text));
  const upright = headerOf(rows, source, names);
  const down = source.person === undefined ? daysDown(rows, source.dates, names) : undefined;
  const isFuller =
    down !== undefined && (isFault(upright) || upright.days.length < down.columns[0]!.length - down.heads);
  if (isFuller && holdsNames(lanesDown(down), source, who)) return namesDown(down, source, isSomebody);
  if (!isFault(upright)) {
    const isNamed = source.person === undefined && holdsNames(lanesBelow(upright), source, who);
    return isNamed
      ? partsOf(upright, source, isSomebody, { holds: "names", beside: [] })
      : checkedParts(upright, source, isSomebody);
  }
  const side = turned(rows);
  const dates = dateReader(source.dates);
  const hasDaysAbove = rows.some((row) => !names(row) && dayRow(row, dates).days.length > 1);
  if (hasDaysAbove || side.filter(names).length === 0) return upright;
  const found = headerOf(side, source, names);
  return isFault(found) ? found : checkedParts(found, source, isSomebody);
}

const holdsNames = (lanes: readonly Lane[], source: RosterText, who: WhoIsWho): boolean =>
  isOfNames(lanes, who, dutyCodes(source.codes));

const lanesDown = ({ columns, heads }: DaysDown): readonly Lane[] =>
  columns.map((column) => ({ heads: column.slice(0, heads), cells: column.slice(heads) }));

const lanesBelow = ({ below, days }: MatrixHeader): readonly Lane[] =>
  below.map((row) => ({ heads: row.slice(0, days[0]!.at), cells: days.flatMap(({ at }) => row[at] ?? []) }));

/** A table of duties with a day in each line. */
function namesDown(
  { above, columns, beside, header: written }: DaysDown,
  source: RosterText,
  isSomebody: (text: string) => boolean,
): MatrixTable | Fault {
  const header = headerOf([...above, ...columns], source, (row) => above.includes(row));
  if (isFault(header)) return header;
  const below = columns.filter((column) => column !== header.row);
  return partsOf({ ...header, above, below }, source, isSomebody, { holds: "names", beside, written });
}

/** A table beside another one would give its shifts to whoever stands at the left. */
function checkedParts(
  header: MatrixHeader,
  source: RosterText,
  isSomebody: (text: string) => boolean,
): MatrixTable | Fault {
  const days = new Set(header.days.map(({ at }) => at));
  const [first, last] = [header.days[0]!.at, header.days.at(-1)!.at];
  const amidDays = (row: Row) => row.filter((_, at) => at > first && at < last && !days.has(at));
  const beside = header.below.flatMap(amidDays).find(({ text }) => text !== "" && isSomebody(text));
  return beside === undefined ? partsOf(header, source, isSomebody) : anotherBeside(beside);
}

/** Columns as rows: the first column has the days, and each other one a person at its head. */
function turned(rows: readonly Row[]): readonly Row[] {
  const head = rows.findIndex((row) => row.filter(({ text }) => text !== "").length > 1);
  const first = Math.max(head, 0);
  return [...rows.slice(0, first), ...columnsOf(rows.slice(first))];
}

const anotherBeside = (cell: Cell): Fault => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} stands amid the days: another table may begin beside the first`,
  todo: "put each table into a file of its own, or take the name out",
  why: { code: "not-a-roster" },
});
