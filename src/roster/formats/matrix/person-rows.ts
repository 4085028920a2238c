import { actingReader, roleNamed } from "../../text/duties/acting.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext, RosterEntry, RosterText } from "../../text/reader.ts";
import { cellReader, codeReader, saysDuty, tornDays } from "../grid/codes.ts";
import { cellName, type Cell, type Fault } from "../grid/days.ts";
import type { CellLedger, CellProblem } from "../grid/ledger.ts";
import type { MatrixTable, PersonRow } from "../grid/table.ts";
import type { OwnedRow, Owner } from "./kinds-of-rows.ts";
import { doubtOf, type NotedDoubt } from "./notes.ts";
import type { barReader } from "./whole.ts";

/** All rows, of which one may contradict another, and what the table says of its codes. */
interface OwnedTable extends Pick<MatrixTable, "legend"> {
  readonly barOf: ReturnType<typeof barReader>;
  readonly people: readonly OwnedRow[];
  /** Cells of which another row of the same person says another thing. */
  readonly rivals: ReadonlyMap<Cell, CellProblem>;
  /** Notes beside the codes; they are accounted for. */
  readonly noted: ReadonlyMap<Cell, NotedDoubt>;
  readonly doubts: readonly NotedDoubt[];
}

/** What the row of a person says; a row of nobody says nothing, and is told. */
export function rowReader(source: RosterText, context: ReadingContext, cells: CellLedger, table: OwnedTable) {
  const dutiesIn = cellReader(source, table.legend);
  const torn = new Map([...tornCells(table.people, dutiesIn), ...table.rivals]);
  const faults = new Set<Fault>();
  const read = codeReader(context);
  const actsAs = actingReader(source, context.people);
  return (row: OwnedRow): readonly RosterEntry[] => {
    const { names, isFurther, stray, owner: found } = row;
    const own = isFurther ? [] : names.filter((cell) => !table.noted.has(cell));
    for (const cell of row.beyond)
      if (!table.noted.has(cell)) cells.skipped([cell], /\p{L}{2}/u.test(cell.text) ? "title" : "sum");
    if ("message" in found) {
      cells.lost([...own, ...row.codes.map(({ cell }) => cell), ...stray], noPerson(row, found));
      return [];
    }
    cells.skipped(own, "name");
    for (const cell of stray) cells.told(underNoDay(cell));
    cells.leftOut(stray, "it stands under no day");
    for (const [text, { cell, days }] of unknownCodes(row, dutiesIn))
      cells.told(unknownCode(cell, text, days));
    const roles = names.filter(({ text }) => roleNamed(text) !== undefined);
    const role = roles.map(({ text }) => text).join(" ");
    const told = new Set<string>();
    return row.codes.flatMap(({ cell, day }) => {
      const duties = dutiesIn(cell.text);
      const stay = actsAs(saysDuty(duties) ? "duty" : "absence", found.id, cell.text, role);
      if (stay === undefined) cells.skipped([cell], "coordinator");
      if (stay === undefined) return [];
      const noted = doubtOf(table.doubts, found.id, day);
      if (noted !== undefined) cells.leftOut([cell], noted.message);
      if (noted !== undefined) return [];
      const fault = torn.get(cell);
      if (fault !== undefined) {
        if (!faults.has(fault)) cells.told(fault);
        faults.add(fault);
        cells.leftOut([cell], fault.message);
        return [];
      }
      if ("message" in stay) {
        // What is said of the whole row is told once.
        if (!told.has(stay.message)) cells.told({ line: cell.line, ...stay, field: cellName(cell) });
        told.add(stay.message);
        cells.leftOut([cell], stay.message);
        return [];
      }
      const bar = table.barOf(cell, day, duties ?? []);
      if (bar.fault !== undefined) cells.told(bar.fault);
      const said = { ...stay, person: found.id, label: cell.text };
      const { found: entries, isOutside } = read(duties ?? [], day, said, bar.last);
      if (duties === undefined) cells.leftOut([cell], "no duty code that is known here");
      else if (entries.length > 0) cells.read(cell, entries);
      else cells.skipped([cell], isOutside ? "outside" : "nothing");
      return entries;
    });
  };
}

/** The cells in which the rows of one person contradict one another. */
function tornCells(rows: readonly OwnedRow[], dutiesIn: ReturnType<typeof cellReader>) {
  const own = rows.flatMap(({ owner, codes }) => ("id" in owner ? [{ id: owner.id, codes }] : []));
  const days = [...Map.groupBy(own, ({ id }) => id).values()].map((some) =>
    some.flatMap(({ codes }) => codes.map((one) => ({ ...one, duties: dutiesIn(one.cell.text) }))),
  );
  return new Map(days.flatMap((some) => [...tornDays(some)]));
}

/** Each code that nobody knows once, with its days. */
function unknownCodes(row: PersonRow, dutiesIn: ReturnType<typeof cellReader>) {
  const unknown = new Map<string, { readonly cell: Cell; readonly days: number[] }>();
  for (const { cell, day } of row.codes) {
    if (dutiesIn(cell.text) !== undefined) continue;
    if (!unknown.has(cell.text)) unknown.set(cell.text, { cell, days: [] });
    unknown.get(cell.text)!.days.push(new Date(day).getUTCDate());
  }
  return unknown;
}

const noPerson = (
  { names, codes, stray }: PersonRow,
  {
    message,
    why,
    todo = "write an id or a full name of people.csv, or add the name to `aliases`",
  }: Extract<Owner, { message: string }>,
): CellProblem => ({
  line: (names[0] ?? codes[0]?.cell ?? stray[0]!).line,
  field: "name",
  message,
  why,
  shifts: Math.max(codes.length, 1),
  todo,
});

const underNoDay = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} stands under no day`,
  todo: "write the day above it into the header, or take it out",
  why: { code: "unknown-code", text: cell.text },
});

const unknownCode = (cell: Cell, text: string, days: readonly number[]): CellProblem => ({
  line: cell.line,
  field: days.length === 1 ? `day ${days[0]}` : `days ${days.join(", ")}`,
  message: `${quoted(text)} is no duty code that is known here`,
  why: { code: "unknown-code", text },
  todo: 'add it to `codes` in program.yaml, such as `Z: "08:30-17:15"` or `Z: off`',
});
