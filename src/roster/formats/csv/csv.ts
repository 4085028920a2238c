import type { Person, PersonId } from "#src/domain/person.ts";
import { actingReader, roleNamed } from "../../text/duties/acting.ts";
import {
  awayReader,
  givenAway,
  saysTakenBack,
  takenBack,
  unclearAway,
  unclearDay,
  type Away,
} from "../../text/duties/away.ts";
import { CSV_COLUMNS, sayer, type CsvColumn } from "../../text/dialect.ts";
import type { RosterProblem } from "../../text/problem.ts";
import { openLedger } from "../../text/ledger.ts";
import { listingOf, type Listing, type ListingRow } from "../../text/tables/listing.ts";
import type { ListingColumns } from "../../text/tables/listing-header.ts";
import type { ReadingContext, RosterEntry, RosterReader, RosterText } from "../../text/reader.ts";
import type { Wrong } from "../../text/tables/row-times.ts";
import { inZone } from "../../text/dates/wall.ts";
import { hoursReader, otherHours } from "../../text/duties/spoken-hours.ts";
import { columnsOfName } from "../../text/people/name-columns.ts";
import { whoIsWho, type WhoIsWho } from "../../text/people/who.ts";
import { namesAnother } from "../../text/people/whose.ts";
import { besideDoubts } from "./beside.ts";
import { halfDoubts } from "./halves.ts";
import { contradictedOrder } from "./order.ts";
import { saysHours, timesReader, type RowTimes } from "./times.ts";
import { witnessDoubts, type RowRead } from "./witnesses.ts";
import { fileClock, zoneDoubts } from "./zones.ts";

/**
 * CSV with a header: `person,start,end[,label][,role]`, or any column names that program.yaml maps (`columns`), also
 * with the date in a column of its own. Times are local or carry an offset; an end may be a time alone, and then
 * it is the next such time after the start (the same time means 24 hours). Dates have the year first or the
 * order that is stated (`dates`). Rows whose label says leave are absences; dates alone then mean whole days.
 */
export const csv: RosterReader = (source, context) => {
  const who = whoIsWho(context.people, source.aliases);
  const table = withWholeNames(listingOf(source.file, source.text, columnsOf(source)), who);
  const clock = fileClock(source, context.zone);
  const read = timesReader(source, clock, inZone(context.zone));
  const [awayOf, saysSkip] = [awayReader(source, who), sayer(source.skip)];
  const doubtIn = doubtReader(source, context, who, { awayOf, table, read });
  const stayOf = stayReader(source, context, table.rows);
  const entries: RosterEntry[] = [];
  const problems: RosterProblem[] = [...table.problems];
  const ledger = openLedger("line", context.inFull);
  for (const one of table.aside) ledger.skipped(one, one.rule);
  for (const one of table.lost) ledger.leftOut(one, one.reason);
  const order = contradictedOrder(source, table.rows);
  if (order !== undefined) {
    for (const row of table.rows) ledger.leftOut(row, order.message);
    return { entries, notUnderstood: [...problems, order], accounts: ledger.accounts(), unreadable: true };
  }

  for (const row of table.rows) {
    const { label } = row.cells;
    if (saysSkip(label)) {
      ledger.skipped(row, "skip");
      continue;
    }
    const away = awayOf(label)[saysHours(row) ? "timed" : "wholeDay"];
    if (away === "rest") {
      ledger.skipped(row, "nothing");
      continue;
    }
    const isLeave = away === "yes";
    const found = personIn(row, source, who);
    const person = "message" in found ? undefined : found.id;
    const times = read(row, isLeave);
    const stay = person === undefined ? undefined : stayOf(row, isLeave, person);
    const wrong = [
      found,
      doubtIn(row, away, "person" in found ? found.person : undefined, times),
      stay,
    ].filter(isWrong);
    for (const { field, ...rest } of wrong)
      problems.push({ file: source.file, line: row.line, field: source.columns?.[field] ?? field, ...rest });
    if (person === undefined || "message" in times || wrong.length > 0) {
      ledger.leftOut(row, wrong.map(({ message }) => message).join("; "));
      continue;
    }

    const own = times
      .filter(({ start, end }) => end > context.horizon.from && start < context.horizon.to)
      .flatMap(({ start, end }): readonly RosterEntry[] =>
        stay === undefined || "message" in stay ? [] : [{ ...stay, person, start, end, label }],
      );
    if (own.length > 0) ledger.read(row, own);
    else ledger.skipped(row, stay === undefined ? "coordinator" : "outside");
    entries.push(...own);
  }
  const unreadable = table.usable ? {} : { unreadable: true as const };
  return { entries, notUnderstood: problems, accounts: ledger.accounts(), ...unreadable };
};

const isWrong = (one: object | undefined): one is Wrong<CsvColumn> => one !== undefined && "message" in one;

/** "Carter" as the person of a row, and "Emily" in a column that is not read, are one name. */
function withWholeNames(table: Listing, who: WhoIsWho): Listing {
  const found = columnsOfName(
    table.rows.map(({ cells, others }) => [{ place: -1, text: cells.person }, ...others] as const),
    who,
  );
  if (found === undefined) return table;
  const rows = table.rows.map((row): ListingRow => {
    if (who.isWhole(row.cells.person)) return row;
    const rest = row.others.find(({ place }) => place === found[1])?.text ?? "";
    const person = `${row.cells.person} ${rest}`.trim();
    return {
      ...row,
      cells: { ...row.cells, person },
      others: row.others.filter(({ place }) => place !== found[1]),
    };
  });
  return { ...table, rows };
}

/** Whom a row is about: `person` of program.yaml, where it names nobody else; without that, whoever it names. */
function personIn({ cells }: ListingRow, { person }: RosterText, who: WhoIsWho) {
  const found = who.named(cells.person);
  if (person !== undefined) {
    const another = cells.person === "" ? undefined : namesAnother(cells.person, found, person, who);
    return another === undefined
      ? { id: person, person: who.byId(person) }
      : { field: "person" as const, ...another };
  }
  if ("person" in found) return { id: found.person.id, person: found.person };
  const todo = "write an id of people.csv, or add the name to `aliases`";
  return { field: "person" as const, message: found.message, todo, why: found.why };
}

/** Whether a row is duty, and in which role. */
function stayReader(source: RosterText, { people }: ReadingContext, rows: readonly ListingRow[]) {
  const actsAs = actingReader(source, people);
  // Where the file's own columns are named, one that happens to be called role may hold anything.
  const isOurs =
    source.columns === undefined ||
    source.columns.role !== undefined ||
    rows.some(({ cells }) => roleNamed(cells.role) !== undefined);
  return ({ cells }: ListingRow, isLeave: boolean, person: PersonId) =>
    actsAs(isLeave ? "absence" : "duty", person, cells.label, isOurs ? cells.role : "");
}

interface List {
  readonly awayOf: ReturnType<typeof awayReader>;
  readonly table: Listing;
  readonly read: ReturnType<typeof timesReader>;
}

/** Tells why nobody can say whether a row is duty, or when: its label, its times and its other cells contradict one another. */
function doubtReader(
  source: RosterText,
  { zone }: ReadingContext,
  who: WhoIsWho,
  { awayOf, table, read }: List,
) {
  const { rows, titles } = table;
  const saysOtherHours = hoursReader(source, zone);
  const halfDoubt = halfDoubts(source, rows);
  const zoneDoubt = zoneDoubts(source, table, zone);
  const hasWitnesses = rows.some(({ others }) => others.length > 0);
  const onDuty = (hasWitnesses ? rows : []).flatMap((row): readonly RowRead[] => {
    const times = awayOf(row.cells.label).timed === "no" ? read(row, false) : undefined;
    const found = personIn(row, source, who);
    const person = "message" in found ? undefined : found.id;
    return times === undefined || "message" in times ? [] : [{ row, person, times }];
  });
  const witness = witnessDoubts(source, { titles, found: onDuty }, zone, who);
  const besideDoubt = besideDoubts(source, table, {
    who,
    awayOf,
    zone,
    timesOf: (row) => {
      const times = read(row, false);
      return "message" in times || times.length > 1 ? undefined : times[0];
    },
  });
  return (
    row: ListingRow,
    away: Away,
    person: Person | undefined,
    times: RowTimes,
  ): Wrong<CsvColumn> | undefined => {
    const { label } = row.cells;
    if (person !== undefined && who.givenAway(label, person)) return { field: "label", ...givenAway(label) };
    if (saysTakenBack(label)) return { field: "label", ...takenBack(label) };
    if (away === "unclear")
      return { field: "label", ...(saysHours(row) ? unclearAway(label) : unclearDay(label)) };
    const beside = besideDoubt(row, away, person);
    if (beside !== undefined) return beside;
    const half = halfDoubt(row);
    if (half !== undefined) return half;
    if ("message" in times) return times;
    const elsewhere = zoneDoubt(row, away === "yes", times);
    if (elsewhere !== undefined || away !== "no") return elsewhere;
    const isOther = times.length === 1 && saysOtherHours(label, times[0]!);
    return isOther ? { field: "label", ...otherHours(label) } : witness(row);
  };
}

/** Without a mapping, the plain header; with one, what it maps is required, and the rest is not read. */
function columnsOf({ columns, person }: RosterText): ListingColumns {
  const who: readonly CsvColumn[] = person === undefined ? ["person"] : [];
  if (columns === undefined) {
    const optional: readonly CsvColumn[] =
      person === undefined ? ["label", "role"] : ["person", "label", "role"];
    return { required: [...who, "start", "end"] as const, optional };
  }
  const mapped = CSV_COLUMNS.filter((column) => columns[column] !== undefined);
  const titles = Object.values(columns).map((title) => title.trim().toLowerCase());
  const loose = CSV_COLUMNS.filter((column) => !mapped.includes(column) && !titles.includes(column));
  return { required: mapped, optional: loose, called: columns };
}
