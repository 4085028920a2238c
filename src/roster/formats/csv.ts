import { DAY } from "#src/domain/time.ts";
import { clockTime, dateProblem, dateReader, type DateReader } from "../text/dates.ts";
import { CSV_COLUMNS, sayer, type CsvColumn } from "../text/dialect.ts";
import { saysLeave } from "../text/leave.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import type { RosterEntry, RosterReader, RosterText } from "../text/reader.ts";
import { checked, timesOfCells, timesOfDay, type Times, type Wrong } from "../text/row-times.ts";
import { readTable, type Row } from "../text/table.ts";
import { inZone, wall, type ToInstant } from "../text/wall.ts";
import { whoIsWho } from "../text/who.ts";

/**
 * CSV with a header: `person,start,end[,label]`, or any column names that program.yaml maps (`columns`), also
 * with the date in a column of its own. Times are local or carry an offset; an end may be a time alone, and then
 * it is the next such time after the start (the same time means 24 hours). Dates have the year first or the
 * order that is stated (`dates`). Rows whose label says leave are absences; dates alone then mean whole days.
 */
export const csv: RosterReader = (source, context) => {
  const table = readTable<CsvColumn>(source.file, source.text, columnsOf(source));
  const who = whoIsWho(context.people, source.aliases);
  const local = inZone(context.zone);
  const dates = dateReader(source.dates);
  const [saysOff, saysSkip] = [sayer(source.off), sayer(source.skip)];
  const entries: RosterEntry[] = [];
  const problems: RosterProblem[] = [...table.problems];

  for (const row of table.rows) {
    const { label } = row.cells;
    if (saysSkip(label)) continue;
    const isLeave = saysLeave(label) || saysOff(label);
    const found = source.person === undefined ? who.named(row.cells.person) : source.person;
    const times = timesOf(row, isLeave, dates, local);
    const wrong = (field: CsvColumn, message: string, todo: string, why: RosterProblem["why"]) =>
      problems.push({
        file: source.file,
        line: row.line,
        field: source.columns?.[field] ?? field,
        message,
        todo,
        why,
      });

    if (typeof found === "object" && "message" in found) {
      wrong("person", found.message, "write an id of people.csv, or add the name to `aliases`", found.why);
    }
    if ("message" in times) wrong(times.field, times.message, times.todo, times.why);
    if ((typeof found === "object" && "message" in found) || "message" in times) continue;

    const person = typeof found === "object" ? found.person.id : found;
    if (times.end <= context.horizon.from || times.start >= context.horizon.to) continue;
    entries.push({ kind: isLeave ? "absence" : "duty", person, start: times.start, end: times.end, label });
  }
  const unreadable = table.usable ? {} : { unreadable: true as const };
  return { entries, notUnderstood: problems, ...unreadable };
};

/** Without a mapping, the plain header; with one, what it maps is required, and the rest is not read. */
function columnsOf({ columns, person }: RosterText) {
  const who: readonly CsvColumn[] = person === undefined ? ["person"] : [];
  if (columns === undefined) {
    const optional: readonly CsvColumn[] = person === undefined ? ["label"] : ["person", "label"];
    return { required: [...who, "start", "end"] as const, optional };
  }
  const mapped = CSV_COLUMNS.filter((column) => columns[column] !== undefined);
  const loose = CSV_COLUMNS.filter((column) => !mapped.includes(column));
  return { required: mapped, optional: loose, called: columns };
}

function timesOf(
  { cells }: Row<CsvColumn>,
  isLeave: boolean,
  dates: DateReader,
  local: ToInstant,
): Times | Wrong<CsvColumn> {
  if (cells.date === "" || cells.date === undefined) return timesOfCells(cells, isLeave, dates, local);
  const day = dates(cells.date);
  if (day === undefined) return { field: "date", ...dateProblem(cells.date) };
  const given = cells.endDate ? dates(cells.endDate) : undefined;
  if (cells.endDate && given === undefined) return { field: "endDate", ...dateProblem(cells.endDate) };
  if (isLeave && cells.start === "" && cells.end === "")
    return checked({ start: local(day), end: local(wall((given ?? day) + DAY)) }, true);

  const [start, end] = [clockTime(cells.start), clockTime(cells.end)];
  if (start === undefined) return noTime("start", cells.start);
  if (end === undefined) return noTime("end", cells.end);
  return checked(timesOfDay(day, start, end, local, given), isLeave);
}

const noTime = (field: CsvColumn, cell: string): Wrong<CsvColumn> => ({
  field,
  message: cell === "" ? "it is empty" : `${quoted(cell)} is no time of the clock`,
  todo: "write it as 08:00",
  why: cell === "" ? { code: "empty" } : { code: "no-time", text: cell },
});
