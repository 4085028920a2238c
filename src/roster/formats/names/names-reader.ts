import type { Person, PersonId } from "#src/domain/person.ts";
import { actingReader } from "../../text/duties/acting.ts";
import { saysTakenBack } from "../../text/duties/away.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext, RosterEntry, RosterText } from "../../text/reader.ts";
import type { Wall } from "../../text/dates/wall.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { codeReader, saysDuty, tornDays } from "../grid/codes.ts";
import { cellName, type Cell, type Fault, type Row } from "../grid/days.ts";
import { isFault } from "../grid/header.ts";
import type { CellLedger, CellProblem } from "../grid/ledger.ts";
import type { MatrixTable, PersonRow } from "../grid/table.ts";
import { readBeside } from "./beside-days.ts";
import { headingReader, isCount, NOTES, type Heading } from "./duty-headings.ts";
import { isPersons, speaksOf } from "./is-of-names.ts";
import { namesInCell } from "./names-in-cell.ts";

/** A cell of a duty, with whom it names. */
interface Named {
  readonly cell: Cell;
  readonly day: Wall;
  readonly heading: Heading;
  readonly people: readonly Person[];
  readonly told: readonly CellProblem[];
}

/** Days that a line above the table changes. */
interface NotedDay {
  readonly days: ReadonlySet<Wall> | "all";
  readonly fault: CellProblem;
}

interface Words {
  readonly who: WhoIsWho;
  /** What a line around the table says of a text with a mark, where that may change who works. */
  readonly footnoteOf: (text: string) => string | undefined;
}

/** Reads a table whose rows are duties, with the names of people under the days. */
export function namesReader(
  source: RosterText,
  context: ReadingContext,
  cells: CellLedger,
  { who, footnoteOf }: Words,
) {
  /** @param noted what lines above the table change */
  return (table: MatrixTable, noted: readonly NotedDay[]): readonly RosterEntry[] => {
    const { duties, notes } = lanesOf(table.people, cells);
    const speaks = speaksOf(context.people, who);
    const readHeading = headingReader(source, table.legend);
    readBeside(table.beside, table.legend, cells, speaks);
    for (const { beyond } of table.people) cells.skipped(beyond, "sum");
    const doubtful = doubtfulDays(notes, cells, speaks);
    for (const { days, fault } of noted) if (days !== "all") for (const day of days) doubtful.set(day, fault);
    const found = duties.flatMap(({ names, codes, stray, isFurther }) => {
      for (const cell of stray) cells.lost([cell], noDay(cell));
      if (codes.length === 0) {
        if (!isFurther) readBeside([names], table.legend, cells, speaks);
        return [];
      }
      const heading = readHeading(names);
      if (isFault(heading)) {
        cells.lost([...(isFurther ? [] : names), ...codes.map(({ cell }) => cell)], {
          ...heading,
          shifts: codes.length,
        });
        return [];
      }
      if (!isFurther) cells.skipped(names, "header");
      if (heading.told !== undefined && !isFurther) cells.told(heading.told);
      return codes.flatMap(({ cell, day }) => {
        const doubt = doubtful.get(day);
        if (doubt !== undefined) cells.leftOut([cell], doubt.message);
        return doubt === undefined ? [inCell(cell, day, heading, { who, footnoteOf })] : [];
      });
    });
    return entriesOf(found, source, context, cells);
  };
}

/** Rows of duties, and those beside them: notes, numbers of people, and a table of its own that begins with a column of names. */
function lanesOf(rows: readonly PersonRow[], cells: CellLedger) {
  const others = rows.findIndex(({ names }) => isPersons({ heads: names }));
  const own = others === -1 ? rows : rows.slice(0, others);
  const counts = own.filter(({ codes }) => codes.length > 0 && codes.every(({ cell }) => isCount(cell.text)));
  for (const row of counts) cells.skipped(cellsOf(row), "sum");
  const rest = others === -1 ? [] : rows.slice(others).flatMap(cellsOf);
  const isOfCounts =
    others !== -1 &&
    rows.slice(others + 1).every(({ codes }) => codes.every(({ cell }) => isCount(cell.text)));
  if (isOfCounts) cells.skipped(rest, "sum");
  else if (rest.length > 0) cells.lost(rest, anotherBeside(rest[0]!));
  const lanes = own.filter((row) => !counts.includes(row));
  const isNotes = ({ names }: PersonRow) =>
    names.some(({ text }) => NOTES.test(text.normalize("NFKC").trim()));
  return { duties: lanes.filter((row) => !isNotes(row)), notes: lanes.filter(isNotes) };
}

const cellsOf = ({ names, codes, stray, isFurther }: PersonRow): Row => [
  ...(isFurther ? [] : names),
  ...codes.map(({ cell }) => cell),
  ...stray,
];

/** Days of which a note names somebody, or takes something back: nobody knows what of them still counts. */
function doubtfulDays(
  notes: readonly PersonRow[],
  cells: CellLedger,
  speaks: (text: string) => boolean,
): Map<Wall, Fault> {
  const doubtful = new Map<Wall, Fault>();
  for (const { names, codes, stray } of notes) {
    cells.skipped(names, "header");
    for (const cell of stray) cells.lost([cell], noDay(cell));
    for (const { cell, day } of codes) {
      if (!speaks(cell.text) && !saysTakenBack(cell.text)) {
        cells.skipped([cell], "title");
        continue;
      }
      const fault = noted(cell);
      cells.lost([cell], fault);
      doubtful.set(day, fault);
    }
  }
  return doubtful;
}

function inCell(cell: Cell, day: Wall, heading: Heading, { who, footnoteOf }: Words): Named {
  const { people, doubts } = namesInCell(cell.text, who, footnoteOf(cell.text));
  const told = doubts.map((doubt): CellProblem => ({ line: cell.line, field: cellName(cell), ...doubt }));
  return { cell, day, heading, people, told };
}

/** What the cells say of each person; duty and a day off of one person on one day are left out, both. */
function entriesOf(found: readonly Named[], source: RosterText, context: ReadingContext, cells: CellLedger) {
  const read = codeReader(context);
  const actsAs = actingReader(source, context.people);
  const torn = tornOf(found);
  const faults = new Set<Fault>();
  return found.flatMap(({ cell, day, heading: { duties, label, role }, people, told }) => {
    const reasons: CellProblem[] = [...told];
    let passed: "coordinator" | "outside" | "nothing" = "nothing";
    const entries = people.flatMap(({ id }) => {
      const fault = torn.get(id)?.get(cell);
      if (fault !== undefined) {
        if (!faults.has(fault)) reasons.push(fault);
        faults.add(fault);
        return [];
      }
      const stay = actsAs(saysDuty(duties) ? "duty" : "absence", id, label, role);
      if (stay === undefined) passed = "coordinator";
      else if ("message" in stay) reasons.push({ line: cell.line, ...stay, field: cellName(cell) });
      if (stay === undefined || "message" in stay) return [];
      const own = read(duties, day, { ...stay, person: id, label });
      if (own.found.length === 0 && own.isOutside) passed = "outside";
      return own.found;
    });
    for (const reason of reasons) cells.told(reason);
    const isTorn = people.some(({ id }) => torn.get(id)?.has(cell));
    if (entries.length > 0) cells.read(cell, entries);
    else if (reasons.length > 0 || isTorn)
      cells.leftOut([cell], reasons[0]?.message ?? "it is told elsewhere");
    else cells.skipped([cell], passed);
    return entries;
  });
}

function tornOf(found: readonly Named[]): ReadonlyMap<PersonId, ReadonlyMap<Cell, Fault>> {
  const all = found.flatMap(({ people, cell, day, heading: { duties } }) =>
    people.map(({ id }) => ({ id, cell, day, duties })),
  );
  return new Map([...Map.groupBy(all, ({ id }) => id)].map(([id, own]) => [id, tornDays(own)]));
}

const noDay = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} stands beside no day`,
  todo: "write the day into its line, or take it out",
  why: { code: "no-day", text: cell.text },
});

const noted = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} may change who works on that day, which was left out`,
  todo: "write who works into the duty's own cell, and take the names out of the note",
  why: { code: "noted-day", text: cell.text },
});

const anotherBeside = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `another table begins beside this one at ${quoted(cell.text)}, and was left out`,
  todo: "put each table into a file of its own",
  why: { code: "two-tables", text: String(cell.line) },
});
