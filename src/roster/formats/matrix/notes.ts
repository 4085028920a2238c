import type { Person, PersonId } from "#src/domain/person.ts";
import { isExchange, lineChanges } from "../../text/changes.ts";
import { saidDays, type SaidDays } from "../../text/dates/said-days.ts";
import type { Wall } from "../../text/dates/wall.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { quoted } from "../../text/problem.ts";
import type { ReadingContext, RosterText } from "../../text/reader.ts";
import { cellName, dateText, type Cell, type Row } from "../grid/days.ts";
import type { CellLedger, CellProblem } from "../grid/ledger.ts";
import { cellReader } from "../grid/codes.ts";
import { opensLegend } from "../grid/legend-lines.ts";
import type { MatrixTable, PersonRow } from "../grid/table.ts";
import type { OwnedRow } from "./kinds-of-rows.ts";
import { isNotes, isOnlyAway, mayChange, peopleReader, saysAway } from "./note-words.ts";
import { companyIn } from "../../text/standing-remarks.ts";

/* Notes in a table of people and days: what they may change is left out, since nobody knows whether the codes say it already. */

/** What a note makes doubtful. */
export interface NotedDoubt {
  /** Whose days; everybody's where somebody exchanges a day with nobody knows whom. */
  readonly people: ReadonlySet<PersonId> | "everybody";
  /** All days of the table where it is not sure which. */
  readonly days: ReadonlySet<Wall> | "all";
  readonly fault: CellProblem;
}

type Codes = PersonRow["codes"];

const isDayFirst = ({ dates }: RosterText): boolean | undefined =>
  dates === undefined ? undefined : dates.indexOf("D") < dates.indexOf("M");

/** Reads notes. */
export function noteReader(
  source: RosterText,
  { people }: Pick<ReadingContext, "people">,
  who: WhoIsWho,
  table: Pick<MatrixTable, "head" | "people" | "legend">,
) {
  const days = [...new Set(table.people.flatMap(({ codes }) => codes.map(({ day }) => day)))];
  const dayFirst = isDayFirst(source);
  const namedIn = peopleReader(people, source.aliases);
  const headingOf = (cell: Cell): string =>
    table.head.find(({ column, line }) => column === cell.column || line === cell.line)?.text ?? "";
  const isOfLegend = legendBeside(table);
  const areOff = offReader(source, table);

  /** What a cell in somebody's row makes doubtful; undefined where it is no such note. */
  function besideCodes(cell: Cell, owner: PersonId | undefined, codes: Codes): NotedDoubt | undefined {
    const { text } = cell;
    if (isOfLegend(cell) && !isNotes(headingOf(cell))) return undefined;
    const own = who.named(text);
    const meant = "person" in own ? [own.person] : (own.candidates ?? []);
    const isOwn = meant.some(({ id }) => id === owner);
    if (isOwn && ("person" in own || who.others(text).length === 0)) return undefined;
    const others = namedIn(text).filter(({ id }) => id !== owner);
    const said = saidDays(text, days, dayFirst);
    const remark = {
      text,
      heading: headingOf(cell),
      others,
      isName: "person" in own,
      isCompany: "person" in who.named(companyIn(text) ?? ""),
      hasDays: said.days.length > 0,
    };
    if (!mayChange(remark) || (isOnlyAway(remark) && areOff(said, codes))) return undefined;
    const isOfAll = said.isSure && isExchange(text) && others.length === 0;
    return doubted(cell, isOfAll ? "everybody" : idsOf(others, owner), said);
  }

  /** What a line around the table makes doubtful: nothing where it is only told, undefined where it changes nothing. */
  function around(row: Row, cells: CellLedger): readonly NotedDoubt[] | undefined {
    const filled = row.filter(({ text }) => text !== "");
    const [first] = filled;
    if (first === undefined || table.legend.rows.has(row)) return undefined;
    const text = filled.map((cell) => cell.text).join(" ");
    const named = namedIn(text);
    const said = saidDays(text, days, dayFirst);
    const isNamed = named.length > 0;
    if (!lineChanges(text, { isNamed, hasDays: said.days.length > 0, saysAway })) return undefined;
    if (!said.isSure || !isNamed) {
      cells.lost(filled, besideNoDay({ ...first, text }));
      return [];
    }
    const isOfAll = isExchange(text) && named.length < 2;
    const doubt = doubted({ ...first, text }, isOfAll ? "everybody" : idsOf(named), said);
    cells.lost(filled, doubt.fault);
    return [doubt];
  }

  return { besideCodes, around };
}

/** Tells what stands in a legend beside the table, "V | Vacation", in whatever row. */
function legendBeside({ head, people }: Pick<MatrixTable, "head" | "people">): (cell: Cell) => boolean {
  const used = people.flatMap(({ codes }) => codes.map(({ cell }) => cell.column));
  const last = used.reduce((most, column) => Math.max(most, column), 0);
  const legend = head.find(({ text, column }) => column > last && opensLegend(text));
  return ({ column }) => legend !== undefined && column >= legend.column;
}

/** Tells whether the codes say the same as a note of leave: on each of its days somebody is off. */
function offReader(source: RosterText, { legend }: Pick<MatrixTable, "legend">) {
  const dutiesIn = cellReader(source, legend);
  return ({ days, isSure }: SaidDays, codes: Codes): boolean =>
    isSure &&
    days.every((day) => {
      const own = codes.filter((one) => one.day === day).map(({ cell }) => dutiesIn(cell.text));
      return own.length > 0 && own.every((duties) => duties?.every(({ kind }) => kind === "off"));
    });
}

/** The notes in everybody's rows, with the cells that they stand in. */
export function notesIn(
  rows: readonly OwnedRow[],
  read: ReturnType<typeof noteReader>["besideCodes"],
): ReadonlyMap<Cell, NotedDoubt> {
  return new Map(
    rows.flatMap(({ names, isFurther, codes, beyond, owner }) => {
      const id = "id" in owner ? owner.id : undefined;
      // What a row of nobody begins with is told as it is.
      const cells = [...(isFurther || id === undefined ? [] : names), ...beyond];
      return cells.flatMap((cell) => {
        const doubt = read(cell, id, codes);
        return doubt === undefined ? [] : [[cell, doubt] as const];
      });
    }),
  );
}

/** Why a cell of a person's day is left out. */
export const doubtOf = (
  doubts: readonly NotedDoubt[],
  person: PersonId,
  day: Wall,
): CellProblem | undefined =>
  doubts.find(
    ({ people, days }) => (people === "everybody" || people.has(person)) && (days === "all" || days.has(day)),
  )?.fault;

const idsOf = (people: readonly Person[], owner?: PersonId): ReadonlySet<PersonId> =>
  new Set([...people.map(({ id }) => id), ...(owner === undefined ? [] : [owner])]);

const doubted = (cell: Cell, people: NotedDoubt["people"], said: SaidDays): NotedDoubt => ({
  people,
  days: said.isSure ? new Set(said.days) : "all",
  fault: {
    line: cell.line,
    field: cellName(cell),
    message: `${quoted(cell.text)} may change who works; ${said.isSure ? `${said.days.map(dateText).join(", ")} was` : "all days of the row were"} left out`,
    todo: "write who works into the cells of the days, and take the change out of the note",
    why: {
      code: "noted-day",
      text: cell.text,
      ...(!said.isSure && people !== "everybody" && { people: [...people] }),
    },
  },
});

const besideNoDay = (cell: Cell): CellProblem => ({
  line: cell.line,
  field: cellName(cell),
  message: `${quoted(cell.text)} may change who works, and stands beside no day`,
  todo: "if it is a change, write it into the table itself, and take the line out",
  why: { code: "no-day", text: cell.text },
});
