import type { PersonId } from "#src/domain/person.ts";
import type { SkipRule } from "#src/domain/roster-report.ts";
import { actingReader } from "../../text/duties/acting.ts";
import {
  awayReader,
  givenAway,
  saysTakenBack,
  takenBack,
  unclearAway,
  type Away,
} from "../../text/duties/away.ts";
import { besideReader, isLeaveByType, type Beside } from "./beside.ts";
import { amionDates, type AmionDates } from "./dates.ts";
import { clockTime } from "../../text/dates/dates.ts";
import { sayer } from "../../text/dialect.ts";
import { openLedger } from "../../text/ledger.ts";
import { quoted, type RosterProblem } from "../../text/problem.ts";
import { lostLines } from "../../text/tables/broken-quotes.ts";
import { recordsOf, type Line } from "../../text/tables/records.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../../text/reader.ts";
import { hoursReader, otherHours } from "../../text/duties/spoken-hours.ts";
import { checked, timesOfDay, type Times, type Wrong } from "../../text/tables/row-times.ts";
import { inZone, type ToInstant } from "../../text/dates/wall.ts";
import { whoIsWho, type WhoIsWho } from "../../text/people/who.ts";
import { namesAnother } from "../../text/people/whose.ts";

/** Where a report of Amion has what is read here; its columns have no names that one could rely on. */
interface Layout {
  readonly report: string;
  readonly columns: number;
  readonly name: number;
  readonly role: number;
  readonly date: number;
  readonly start: number;
  readonly end: number;
  readonly mail?: number;
  readonly note?: number;
  readonly type?: number;
}

const REPORT_619: Layout = { report: "619", columns: 10, name: 1, role: 4, date: 7, start: 8, end: 9 };
const REPORT_625C: Layout = {
  report: "625c",
  columns: 17,
  name: 0,
  role: 3,
  date: 6,
  start: 7,
  end: 8,
  mail: 12,
  note: 14,
  type: 15,
};

/** Amion's report 619: CSV without a header, ten columns, dates such as 3-29-26, times such as 0700. */
export const amion619: RosterReader = (source, context) => read(REPORT_619, source, context);

/** Amion's report 625c: seven lines about the report, a header, then seventeen columns. */
export const amion625c: RosterReader = (source, context) => read(REPORT_625C, source, context);

type Read = (layout: Layout, ...given: Parameters<RosterReader>) => ReturnType<RosterReader>;

const read: Read = (layout, source, context) => {
  const problems: RosterProblem[] = [];
  const ledger = openLedger("line", context.inFull);
  const lines = recordsOf(source.file, source.text, problems).filter(({ cells }) => cells.some(Boolean));
  for (const { reason, ...place } of lostLines(problems)) ledger.leftOut(place, reason);
  const dates = amionDates(
    lines.flatMap(({ cells }) => cells[layout.date] ?? []),
    source,
  );
  const rowOf = rowShape(layout, lines, dates.isOne);
  // What stands before the first row with a date is about the report.
  const first = lines.findIndex(({ cells }) => {
    const row = rowOf(cells);
    return row !== undefined && dates.isOne(row[layout.date] ?? "");
  });
  if (first === -1) {
    for (const { line } of lines) ledger.leftOut({ line }, "this is no Amion report");
    const notUnderstood = [...problems, noReport(source.file, layout)];
    return { entries: [], notUnderstood, accounts: ledger.accounts(), unreadable: true };
  }

  const fateOf = rowReader(layout, source, context, dates);
  const entries: RosterEntry[] = [];
  const [above, below] = [lines.slice(0, first), lines.slice(first)];
  // A line that has lost its date is none of the report's title.
  const isShift = ({ cells }: Line) =>
    cells.filter(Boolean).length * 2 > layout.columns && cells.some((cell) => /\d/u.test(cell));
  for (const { line } of above.filter((one) => !isShift(one))) ledger.skipped({ line }, "title");
  for (const { line, cells } of [...above.filter(isShift), ...below]) {
    const row = rowOf(cells);
    const fate = row === undefined ? { wrong: [noRow(layout, cells.length)] } : fateOf(row);
    if ("entry" in fate) {
      entries.push(fate.entry);
      ledger.read({ line }, [fate.entry]);
    } else if ("rule" in fate) ledger.skipped({ line }, fate.rule);
    else {
      for (const one of fate.wrong) problems.push({ file: source.file, line, ...one });
      ledger.leftOut({ line }, fate.wrong.map(({ message }) => message).join("; "));
    }
  }
  return { entries, notUnderstood: problems, accounts: ledger.accounts() };
};

/** What becomes of a row: an entry, nothing by a rule, or nothing because of what is wrong with it. */
type RowFate =
  | { readonly entry: RosterEntry }
  | { readonly rule: SkipRule }
  | { readonly wrong: readonly Wrong[] };

function rowReader(
  layout: Layout,
  source: RosterText,
  context: ReadingContext,
  dates: AmionDates,
): (row: readonly string[]) => RowFate {
  const who = whoIsWho(context.people, source.aliases);
  const personOf = finder(layout, source, who);
  const local = inZone(context.zone);
  const [awayOf, saysSkip] = [awayReader(source, who), sayer(source.skip)];
  const doubtIn = doubtReader(source, context, who, awayOf);
  const actsAs = actingReader(source, context.people);
  return (row) => {
    const label = row[layout.role] ?? "";
    if (saysSkip(label)) return { rule: "skip" };
    const beside = { note: row[layout.note ?? -1] ?? "", type: row[layout.type ?? -1] ?? "" };
    const away = isLeaveByType(label, beside.type, awayOf) ? "yes" : awayOf(label).timed;
    const isLeave = away === "yes";
    const times = timesOf(layout, row, dates, local, isLeave);
    const found = personOf(row);
    const doubt = doubtIn(label, beside, away, found, times);
    const stay = "id" in found ? actsAs(isLeave ? "absence" : "duty", found.id, label) : undefined;
    const wrong = [times, found, stay].flatMap((one) => (one !== undefined && "message" in one ? [one] : []));
    if ("message" in times || "message" in found || doubt.length + wrong.length > 0)
      return { wrong: [...doubt, ...wrong] };
    if (stay === undefined || "message" in stay) return { rule: "coordinator" };
    if (times.end <= context.horizon.from || times.start >= context.horizon.to) return { rule: "outside" };
    return { entry: { ...stay, person: found.id, label, ...times } };
  };
}

/** Tells why nobody can say whether an assignment is duty, of whom, or when. */
function doubtReader(
  source: RosterText,
  { people, zone }: ReadingContext,
  who: WhoIsWho,
  awayOf: ReturnType<typeof awayReader>,
) {
  const saysOtherHours = hoursReader(source, zone);
  const besideSays = besideReader(source, who, awayOf, saysOtherHours);
  return (label: string, beside: Beside, away: Away, found: Found, read: Times | Wrong): readonly Wrong[] => {
    const field = "assignment";
    const person = "id" in found ? people.find((one) => one.id === found.id) : undefined;
    const times = "start" in read ? read : undefined;
    if (person !== undefined && who.givenAway(label, person)) return [{ field, ...givenAway(label) }];
    if (saysTakenBack(label)) return [{ field, ...takenBack(label) }];
    if (away === "unclear") return [{ field, ...unclearAway(label) }];
    const isOther = away === "no" && times !== undefined && saysOtherHours(label, times);
    return isOther ? [{ field, ...otherHours(label) }] : besideSays(beside, away, person, times);
  };
}

/**
 * A row's cells. Excel fills rows up with empty cells, or leaves out columns at the end that are empty in every row;
 * a single row of another width has lost a cell or has one too many, and nobody can tell which.
 */
function rowShape(
  { columns, date, end }: Layout,
  lines: readonly Line[],
  isDate: (text: string) => boolean,
): (cells: readonly string[]) => readonly string[] | undefined {
  const widths = new Set(
    lines.filter(({ cells }) => isDate(cells[date] ?? "")).map(({ cells }) => cells.length),
  );
  const [all = columns, ...others] = widths;
  const width = others.length === 0 && all > end && all < columns ? all : columns;
  return (cells) => {
    if (cells.length < width || cells.slice(columns).some((cell) => cell !== "")) return undefined;
    return cells;
  };
}

type Found = { readonly id: PersonId } | Wrong;

/** Who works a row: its e-mail and its name must not contradict each other. */
function finder({ mail, name }: Layout, { person }: RosterText, who: WhoIsWho) {
  return (row: readonly string[]): Found => {
    const [text, address] = [row[name] ?? "", mail === undefined ? "" : (row[mail] ?? "")];
    const found = who.agreed(address === "" ? [] : [address], who.named(text), text);
    if (person !== undefined) {
      const isNamed = text !== "" || address !== "";
      const another = isNamed ? namesAnother(text || address, found, person, who) : undefined;
      return another === undefined ? { id: person } : { field: "name", ...another };
    }
    if ("person" in found) return { id: found.person.id };
    const todo =
      found.why.code === "ambiguous" && address !== ""
        ? "mend the name or the e-mail in Amion, or add the name to `aliases` in program.yaml"
        : "add the name to `aliases` in program.yaml, or the e-mail to people.csv";
    return { field: "name", message: found.message, why: found.why, todo };
  };
}

function timesOf(
  { date, start, end }: Layout,
  row: readonly string[],
  dates: AmionDates,
  local: ToInstant,
  isLeave: boolean,
): Times | Wrong {
  const day = dates.read(row[date] ?? "");
  if (day === undefined) return { field: "date", ...dates.problem(row[date] ?? "") };
  const [from, to] = [start, end].map((column) => amionTime(row[column] ?? ""));
  if (from === undefined || to === undefined) {
    const [field, text = ""] = from === undefined ? ["start", row[start]] : ["end", row[end]];
    const message = text === "" ? "it is empty" : `${quoted(text)} is no time`;
    const todo = "Amion writes 0700; export it again";
    return { field, message, todo, why: text === "" ? { code: "empty" } : { code: "no-time", text } };
  }
  return checked(timesOfDay(day, from, to, local), isLeave);
}

/** Excel drops the leading zeros of 0030; 7 and 17 may be hours that a hand has written. */
const amionTime = (cell: string): number | undefined =>
  /^0?(?:[1-9]|1\d|2[0-4])$/u.test(cell)
    ? undefined
    : clockTime(/^\d{1,3}$/u.test(cell) ? cell.padStart(4, "0") : cell);

const noRow = ({ report, columns }: Layout, cells: number): Wrong => ({
  field: "row",
  message: `${cells} cells where report ${report} has ${columns}`,
  todo: "export it again",
  why: { code: "broken-line" },
});

const noReport = (file: string, { report, columns }: Layout): RosterProblem => ({
  file,
  message: `this is no Amion report ${report}: no row has ${columns} columns and a date`,
  todo: "export that report as text; a page that asks to sign in may have been saved in its place",
  why: { code: "not-a-roster" },
});
