import { DAY } from "#src/domain/time.ts";
import type { SkipRule } from "#src/domain/roster-report.ts";
import { dutyCodes, ownCodes } from "../../text/duties/duty-codes.ts";
import type { RosterText } from "../../text/reader.ts";
import { weekdayOf } from "../../text/dates/day-cell.ts";
import type { Cell, Fault, Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";
import { aroundOf } from "./around-table.ts";
import { legendOf, type Legend } from "./legend.ts";
import { spreadOf, type Spread } from "./spread.ts";
import { anotherTable, noHeading, noName } from "./table-faults.ts";
import { isTally } from "./tallies.ts";
import { isWeekdayRow, saysDaysAgain, SUM, WEEKS } from "./weekdays.ts";
import { wall, type Wall } from "../../text/dates/wall.ts";

/** The codes of one person, as far as the table has them in one row. */
export interface PersonRow {
  /** What stands before the first day: a name, perhaps with a number and a rank. */
  readonly names: Row;
  /** The names stand in the row above, which is the same person's. */
  readonly isFurther: boolean;
  readonly codes: readonly { readonly cell: Cell; readonly day: Wall }[];
  /** Cells under no day. */
  readonly stray: Row;
  /** What stands under a heading that is no day: totals, notes. */
  readonly beyond: Row;
}

/** A table with every cell in its part. */
export interface MatrixTable {
  /** Codes of the person whose row it is; or names of people, whose duty the row is. */
  readonly holds: "codes" | "names";
  /** Lines around a table with a day in each line that have no day of their own. */
  readonly beside: readonly Row[];
  /** So many columns each day has. */
  readonly width: number;
  readonly first: Wall;
  readonly last: Wall;
  /** The row of the days, with what stands above the other cells. */
  readonly head: Row;
  /** The line of the days; of the people where they are columns. */
  readonly header: number;
  /** The lines of the days, or of the header in an upright table. */
  readonly dayLines: readonly number[];
  /** Days between the first and the last that the table does not have. */
  readonly missing: readonly Wall[];
  readonly people: readonly PersonRow[];
  readonly aside: readonly { readonly cells: Row; readonly rule: SkipRule }[];
  readonly legend: Legend;
  /** Rows that cannot belong to anybody, each with its reason; of a second table, the first row tells it. */
  readonly lost: readonly { readonly cells: Row; readonly fault: Fault; readonly isTold: boolean }[];
}

interface TableForm extends Pick<MatrixTable, "holds" | "beside"> {
  /** The cells of the header, where some of its row are filled in. */
  readonly written?: Row;
}

/** Whose row each is, and what all others are. */
export function partsOf(
  header: MatrixHeader,
  source: RosterText,
  isSomebody: (text: string) => boolean,
  { holds, beside, written = header.row }: TableForm = { holds: "codes", beside: [] },
): MatrixTable {
  const first = header.days[0]!.at;
  const spread = spreadOf(header);
  const aside: { cells: Row; rule: SkipRule }[] = [{ cells: written, rule: "header" }];
  const lost: { cells: Row; fault: Fault; isTold: boolean }[] = [];
  for (const { cells, rule } of aboveOf(header, isSomebody)) {
    if (rule === undefined)
      lost.push({ cells, fault: anotherTable(cells, header.row), isTold: lost.length > 0 });
    else aside.push({ cells, rule });
  }
  const people: PersonRow[] = [];
  const isDuty = ownCodes(source.codes);
  const isCode = dutyCodes(source.codes);
  const isOfNames = holds === "names";
  const legend = legendOf(aroundOf(header, holds, beside, isSomebody), source, isSomebody);
  const ruleOf = (row: Row, names: Row): SkipRule | undefined => {
    if (legend.rows.has(row)) return "title";
    if (isOfNames && names.length > 0 && saysMoreThanDays(row, header)) return undefined;
    const isOfNobody = !names.some(({ text }) => isSomebody(text));
    const isCount = isOfNobody && isTally(row, (text) => isCode(text) !== undefined);
    return belowRule(row, names, header, spread.subheader) ?? (isCount ? "sum" : undefined);
  };
  const nameless = source.person === undefined ? namelessRows(header, ruleOf) : "doubt";
  let owner: Row = [];
  let other: Row | undefined;
  for (const row of header.below) {
    if (header.others.has(row)) other = row;
    const names = row.slice(0, first).filter(({ text }) => text !== "");
    const rule = ruleOf(row, names);
    if (other !== undefined)
      lost.push({ cells: row, fault: anotherTable(other, header.row), isTold: row !== other });
    else if (rule !== undefined) aside.push({ cells: row, rule });
    else {
      if (names.length > 0) owner = names;
      const { codes, stray, beyond } = codesOf(row, header, spread, isDuty);
      const isBare = names.length === 0 && source.person === undefined;
      if (isBare && nameless !== "second rows") {
        if (row.some(({ text }) => text !== ""))
          lost.push({ cells: row, fault: isOfNames ? noHeading(row) : noName(row), isTold: false });
        continue;
      }
      people.push({ names: isBare ? owner : names, isFurther: isBare, codes, stray, beyond });
    }
  }
  return { ...frameOf(header), holds, beside, width: spread.width, people, aside, legend, lost };
}

/** The days of a table, and where they stand. */
function frameOf(
  header: MatrixHeader,
): Pick<MatrixTable, "first" | "last" | "head" | "dayLines" | "header" | "missing"> {
  const days = header.days.map(({ day }) => day);
  return {
    first: days[0]!,
    last: days.at(-1)!,
    head: header.row,
    dayLines: header.days.map(({ at }) => header.row[at]!.line),
    header: Math.min(...header.row.map(({ line }) => line)),
    missing: missingIn(days),
  };
}

/** 日 and Day are also duties: what stands under the days are no weekdays, and no numbers. */
const saysMoreThanDays = (row: Row, { days }: MatrixHeader): boolean =>
  DUTY_OR_DAY.test(row.find(({ text }) => text !== "")!.text.normalize("NFKC")) &&
  days.some(({ at }) => /\p{L}/u.test(row[at]?.text ?? "") && weekdayOf(row[at]!.text) === undefined);

const DUTY_OR_DAY = /^(?:日|days?)$/iu;

function missingIn(days: readonly Wall[]): readonly Wall[] {
  const known = new Set(days);
  const missing: Wall[] = [];
  for (let day = days[0]!; day < days.at(-1)!; day = wall(day + DAY)) if (!known.has(day)) missing.push(day);
  return missing;
}

/** What each line above is; without a rule it is another table's. */
const aboveOf = (header: MatrixHeader, isSomebody: (text: string) => boolean) =>
  header.above.map((cells) => {
    const [name, ...more] = cells.filter(({ text }) => text !== "");
    const isOther = header.others.has(cells) || (more.length > 0 && isSomebody(name!.text));
    return { cells, rule: isOther ? undefined : aboveRule(cells, header) };
  });

function aboveRule(cells: Row, { days }: MatrixHeader): SkipRule {
  if (isWeekdayRow(cells, days)) return "weekdays";
  const first = cells.find(({ text }) => text !== "");
  return first !== undefined && WEEKS.test(first.text.normalize("NFKC")) ? "weekdays" : "title";
}

function belowRule(
  row: Row,
  names: Row,
  header: MatrixHeader,
  subheader: Row | undefined,
): SkipRule | undefined {
  if (row === subheader) return "header";
  if (isWeekdayRow(row, header.days) || saysDaysAgain(row, header.days)) return "weekdays";
  if (header.row.every(({ text }, at) => text === (row[at]?.text ?? ""))) return "header";
  const name = names[0]?.text.normalize("NFKC") ?? "";
  if (WEEKS.test(name)) return "weekdays";
  if (SUM.test(name)) return "sum";
  return undefined;
}

/** @param isDuty tells the codes of the roster's own: below a title that is no day, a number may be a sum, and these are none */
function codesOf(
  row: Row,
  { row: head, days }: MatrixHeader,
  { width }: Spread,
  isDuty: (text: string) => boolean,
) {
  const dayAt = new Map(
    days.flatMap(({ at, day }) => Array.from({ length: width }, (_, place) => [at + place, day] as const)),
  );
  const first = days[0]!.at;
  const codes: { cell: Cell; day: Wall }[] = [];
  const [stray, beyond]: [Cell[], Cell[]] = [[], []];
  for (const [at, cell] of row.entries()) {
    if (at < first || cell.text === "") continue;
    const day = dayAt.get(at);
    if (day !== undefined) codes.push({ cell, day });
    else if ((head[at]?.text ?? "") === "" || (isDuty(cell.text) && /\p{L}/u.test(cell.text)))
      stray.push(cell);
    else beyond.push(cell);
  }
  return { codes, stray, beyond };
}

/** Rows without a name are somebody's second row only where every person has as many of them. */
function namelessRows(
  header: MatrixHeader,
  ruleOf: (row: Row, names: Row) => SkipRule | undefined,
): "second rows" | "doubt" {
  const counts: number[] = [];
  for (const row of header.below) {
    const names = row.slice(0, header.days[0]!.at).filter(({ text }) => text !== "");
    const isEmpty = row.every(({ text }) => text === "");
    if (isEmpty || ruleOf(row, names) !== undefined) continue;
    if (names.length > 0) counts.push(0);
    else if (counts.length === 0) return "doubt";
    else counts[counts.length - 1]! += 1;
  }
  return counts.length > 1 && counts[0]! > 0 && new Set(counts).size === 1 ? "second rows" : "doubt";
}
