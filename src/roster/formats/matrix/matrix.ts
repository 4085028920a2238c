import type { PersonId } from "#src/domain/person.ts";
import { actingReader, roleNamed } from "../../text/duties/acting.ts";
import { openLedger } from "../../text/ledger.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { lostLines } from "../../text/tables/broken-quotes.ts";
import { recordsOf } from "../../text/tables/records.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../../text/reader.ts";
import { inZone } from "../../text/dates/wall.ts";
import { namesNobody, unclear, whoIsWho, type NamesNobody, type WhoIsWho } from "../../text/people/who.ts";
import { namesAnother } from "../../text/people/whose.ts";
import { cellReader, codeReader, saysDuty, tornDays } from "../grid/codes.ts";
import { cellName, type Cell, type Fault, type Row } from "../grid/days.ts";
import { isFault } from "../grid/header.ts";
import { cellLedger, type CellLedger, type CellProblem } from "../grid/ledger.ts";
import type { MatrixTable, PersonRow } from "../grid/table.ts";
import { namesReader } from "../names/names-reader.ts";
import { tableOf } from "./sides.ts";
import { coversOf, gapIn, madeOne, wholeRows } from "./whole.ts";

/**
 * A duty table: a row for each person, a column for each day, a code in each cell (日 準 深 当直 明 休); or a column for
 * each person; or with people's names in the cells of duties. The header's days are dates, or numbers of the month that
 * `month` or a title above says. A day may take several columns, a person several rows, a cell hold two codes, "日/当直".
 */
export const matrix: RosterReader = (source, context) => {
  const problems: RosterProblem[] = [];
  const ledger = openLedger("cell", context.inFull);
  const cells = cellLedger(source.file, ledger, problems);
  const lines = recordsOf(source.file, source.text, problems);
  for (const { reason, ...place } of lostLines(problems)) ledger.leftOut(place, reason);
  const rows = lines.map(({ line, cells }): Row => cells.map((text, column) => ({ text, line, column })));
  const who = whoIsWho(context.people, source.aliases);
  const table = tableOf(rows, source, who);
  if (isFault(table)) {
    cells.lost(rows.flat(), table);
    return { entries: [], notUnderstood: problems, accounts: ledger.accounts(), unreadable: true };
  }

  for (const part of table.aside) cells.skipped(part.cells, part.rule);
  for (const part of table.lost) {
    if (part.isTold) cells.leftOut(part.cells, part.fault.message);
    else cells.lost(part.cells, part.fault);
  }
  const { people, lost } = wholeRows(table, source.isSheet ? [] : lines);
  for (const part of lost) cells.lost(part.cells, part.fault);
  for (const fault of table.legend.faults) cells.told(fault);
  const entries =
    table.holds === "names"
      ? namesReader(source, context, cells, who)({ ...table, people })
      : entriesOf({ ...table, people }, source, context, cells, who);
  for (const fault of [...gapIn(table), ...madeOne(table, source.across)]) cells.told(fault);
  const covers = coversOf(table, inZone(context.zone));
  return { entries, notUnderstood: problems, accounts: ledger.accounts(), covers };
};

/** What the codes of people say. */
function entriesOf(
  table: MatrixTable,
  source: RosterText,
  context: ReadingContext,
  cells: CellLedger,
  who: WhoIsWho,
): readonly RosterEntry[] {
  const ownerOf = (names: Row): Owner => {
    const { person } = source;
    const found = namedIn(names, who);
    if (person === undefined || names.length === 0) return person === undefined ? found : { id: person };
    const text = names.map((cell) => cell.text).join(" ");
    const named = "id" in found ? { person: who.byId(found.id)! } : found;
    return namesAnother(text, named, person, who) ?? { id: person };
  };
  const owned = table.people.map((row) => ({ ...row, owner: ownerOf(row.names) }));
  return owned.flatMap(rowReader(source, context, cells, { ...table, people: owned }));
}

/** Whose a row is, or why it is nobody's. */
type Owner = { readonly id: PersonId } | (NamesNobody & Partial<Pick<RosterProblem, "todo">>);

/** A row with whose it is. */
interface OwnedRow extends PersonRow {
  readonly owner: Owner;
}

/** All rows, of which one may contradict another, and what the table says of its codes. */
interface OwnedTable extends Pick<MatrixTable, "legend"> {
  readonly people: readonly OwnedRow[];
}

/** What the row of a person says; a row of nobody says nothing, and is told. */
function rowReader(source: RosterText, context: ReadingContext, cells: CellLedger, table: OwnedTable) {
  const dutiesIn = cellReader(source, table.legend);
  const torn = tornCells(table.people, dutiesIn);
  const faults = new Set<Fault>();
  const read = codeReader(context);
  const actsAs = actingReader(source, context.people);
  return (row: OwnedRow): readonly RosterEntry[] => {
    const { names, isFurther, stray, owner: found } = row;
    const own = isFurther ? [] : names;
    if ("message" in found) {
      // A heading between people, or a note below them.
      if (row.codes.length + stray.length === 0) cells.skipped(own, "title");
      else cells.lost([...own, ...row.codes.map(({ cell }) => cell), ...stray], noPerson(row, found));
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
      const { found: entries, isOutside } = read(duties ?? [], day, {
        ...stay,
        person: found.id,
        label: cell.text,
      });
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

/** A row may have a number and a rank beside the name: its cells must name one person, and nobody else. */
function namedIn(cells: Row, who: WhoIsWho): { readonly id: PersonId } | NamesNobody {
  const text = cells.map((cell) => cell.text).join(" ");
  const found = cells.map((cell) => who.named(cell.text));
  const people = [...new Set(found.flatMap((one) => ("person" in one ? [one.person] : [])))];
  const [person, ...others] = people;
  if (others.length > 0) return unclear(people, text);
  const open = found.find((one) => "candidates" in one && one.candidates !== undefined);
  const other = found.find((one) => "near" in one && one.near !== undefined);
  if (person === undefined) {
    const known = open ?? other;
    return known !== undefined && "message" in known ? known : namesNobody(text);
  }
  if (open !== undefined && "candidates" in open && !open.candidates.includes(person))
    return unclear([person, ...open.candidates], text);
  // "r1, Olivia Carter" where r1 is Emily Carter.
  return other === undefined ? { id: person.id } : unclear([person], text);
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
