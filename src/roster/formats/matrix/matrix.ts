import type { PersonId } from "#src/domain/person.ts";
import { openLedger } from "../../text/ledger.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { lostLines } from "../../text/tables/broken-quotes.ts";
import { recordsOf } from "../../text/tables/records.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../../text/reader.ts";
import { inZone } from "../../text/dates/wall.ts";
import { namesNobody, unclear, type NamesNobody } from "../../text/people/named.ts";
import { columnsOfName, type NameCell } from "../../text/people/name-columns.ts";
import { whoIsWho, type WhoIsWho } from "../../text/people/who.ts";
import { namesAnother } from "../../text/people/whose.ts";
import type { Cell, Row } from "../grid/days.ts";
import { isFault } from "../grid/header.ts";
import { cellLedger, type CellLedger, type CellProblem } from "../grid/ledger.ts";
import type { MatrixTable } from "../grid/table.ts";
import { namesReader } from "../names/names-reader.ts";
import { footnotesOf } from "./footnotes.ts";
import { kindsOf, saysOnlyKind, type OwnedRow, type Owner } from "./kinds-of-rows.ts";
import { noteReader, notesIn, type NotedDoubt } from "./notes.ts";
import { rowReader } from "./person-rows.ts";
import { tableOf } from "./sides.ts";
import { barReader, coversOf, gapIn, madeOne, wholeRows } from "./whole.ts";

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

  const notes = noteReader(source, context, who, table);
  const footnoteOf = footnotesOf(rows, who);
  const doubts = table.aside.flatMap((part) => {
    const found = part.rule === "title" ? notes.around(part.cells, cells) : undefined;
    if (found === undefined) cells.skipped(part.cells, part.rule);
    return found ?? [];
  });
  for (const part of table.lost) {
    if (part.isTold) cells.leftOut(part.cells, part.fault.message);
    else cells.lost(part.cells, part.fault);
  }
  const { people, lost } = wholeRows(table, source.isSheet ? [] : lines);
  for (const part of lost) cells.lost(part.cells, part.fault);
  for (const fault of table.legend.faults) cells.told(fault);
  const entries =
    table.holds === "names"
      ? namesReader(source, context, cells, { who, footnoteOf })({ ...table, people }, doubts)
      : entriesOf({ ...table, people }, source, context, cells, { who, notes, doubts, footnoteOf });
  for (const fault of [...gapIn(table), ...madeOne(table, source.across)]) cells.told(fault);
  const covers = coversOf(table, inZone(context.zone));
  return { entries, notUnderstood: problems, accounts: ledger.accounts(), covers };
};

/** What stands around the codes. */
interface Around {
  readonly who: WhoIsWho;
  readonly notes: ReturnType<typeof noteReader>;
  readonly footnoteOf: ReturnType<typeof footnotesOf>;
  /** Of lines above or below the table. */
  readonly doubts: readonly NotedDoubt[];
}

/** What the codes of people say. */
function entriesOf(
  table: MatrixTable,
  source: RosterText,
  context: ReadingContext,
  cells: CellLedger,
  { who, notes, doubts: above, footnoteOf }: Around,
): readonly RosterEntry[] {
  const nameOf = nameJoiner(table, who);
  const owned: OwnedRow[] = [];
  for (const row of table.people) {
    // The second of two rows may have no name of its own, and only say "実績".
    const above = saysOnlyKind(row.names) ? owned.at(-1)?.owner : undefined;
    const footnote = row.names.flatMap(({ text }) => footnoteOf(text) ?? [])[0];
    const owner = above ?? ownerOf(nameOf(row.names), source, who);
    owned.push({ ...row, owner: footnote === undefined || "message" in owner ? owner : changedBy(footnote) });
  }
  const { rows, requests, rivals } = kindsOf(owned);
  for (const { row, fault } of requests) passRequest(row, fault, cells);
  const noted = notesIn(rows, notes.besideCodes);
  for (const [cell, { fault }] of noted) cells.lost([cell], fault);
  const lines = rows.filter(isLine);
  const below = lines.flatMap(({ names, isFurther, beyond }) => {
    const own = [...(isFurther ? [] : names), ...beyond].filter((cell) => !noted.has(cell));
    const found = notes.around(own, cells);
    // A heading between people, or a note below them.
    if (found === undefined) cells.skipped(own, "title");
    return found ?? [];
  });
  const doubts = [...above, ...below, ...noted.values()];
  const people = rows.filter((row) => !lines.includes(row));
  const barOf = barReader(table, source.across);
  return people.flatMap(
    rowReader(source, context, cells, { legend: table.legend, barOf, people, rivals, noted, doubts }),
  );
}

/** The names of a row, with a family name and a given name of two columns as one. */
function nameJoiner({ people, dayLines }: MatrixTable, who: WhoIsWho): (names: Row) => Row {
  // Of people in columns, a second name stands below the first.
  const areColumns = new Set(dayLines).size > 1;
  const placeOf = ({ line, column }: Cell) => (areColumns ? line : column);
  const pieces = people.flatMap(({ names }) =>
    names.map((_, at) => names.slice(at).map((cell) => ({ place: placeOf(cell), text: cell.text }))),
  );
  const found = columnsOfName(pieces as [NameCell, ...NameCell[]][], who);
  if (found === undefined) return (names) => names;
  return (names) => {
    const [first, rest] = found.map((place) => names.find((cell) => placeOf(cell) === place));
    if (first === undefined || rest === undefined || who.isWhole(first.text)) return names;
    const whole = { ...first, text: `${first.text} ${rest.text}` };
    return names.flatMap((cell) => (cell === rest ? [] : [cell === first ? whole : cell]));
  };
}

/** Whose a row is: `person` of program.yaml, where it names nobody else; without that, whoever it names. */
function ownerOf(names: Row, { person }: RosterText, who: WhoIsWho): Owner {
  if (person !== undefined && names.length === 0) return { id: person };
  const found = namedIn(names, who);
  if (person === undefined) return found;
  const text = names.map((cell) => cell.text).join(" ");
  const named = "id" in found ? { person: who.byId(found.id)! } : found;
  return namesAnother(text, named, person, who) ?? { id: person };
}

const changedBy = (footnote: string): Owner => ({
  message: `${quoted(footnote)} is said of this name by its mark, and may change who works, or when`,
  todo: "write it into the cells of the days, and take the mark out of the name",
  why: { code: "two-readings", text: footnote },
});

/** A line of nobody, with nothing under the days. */
const isLine = ({ owner, codes, stray }: OwnedRow): boolean =>
  "message" in owner && codes.length + stray.length === 0;

/** What somebody asked for is no duty. */
function passRequest(
  { names, isFurther, codes, stray, beyond }: OwnedRow,
  fault: CellProblem | undefined,
  cells: CellLedger,
): void {
  cells.skipped([...(isFurther ? [] : names), ...beyond], "name");
  const own = [...codes.map(({ cell }) => cell), ...stray];
  if (fault === undefined) cells.skipped(own, "nothing");
  else if (own.length > 0) cells.lost(own, { ...fault, shifts: own.length });
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
