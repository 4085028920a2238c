import { DAY, HOUR, instant, type Instant } from "../domain/time.ts";
import { saysLeave } from "./leave.ts";
import { quoted, type Problem } from "./problem.ts";
import { LONGEST_SHIFT_HOURS, type RosterEntry, type RosterReader } from "./reader.ts";
import { readTable, type Row } from "./table.ts";
import { inZone, parseWall, wall, type ToInstant, type Wall } from "./wall.ts";
import { whoIsWho } from "./who.ts";

const COLUMNS = { required: ["person", "start", "end"], optional: ["label"] } as const;
type Column = "person" | "start" | "end" | "label";

const TIME_EXAMPLE = "write 2026-11-30T08:00 (the program's zone) or 2026-11-30T08:00+09:00";

/**
 * Plain CSV with a header: `person,start,end[,label]`. Times are local or carry an offset; an end may be
 * a time alone, and then it is the next such time after the start (the same time means 24 hours). Rows
 * whose label says leave are absences; dates alone then mean whole days, the last one included.
 */
export const csv: RosterReader = (source, site) => {
  const table = readTable<Column>(source.file, source.text, COLUMNS);
  const who = whoIsWho(site.people);
  const toInstant = inZone(site.zone);
  const entries: RosterEntry[] = [];
  const problems: Problem[] = [...table.problems];

  for (const row of table.rows) {
    const found = source.person === undefined ? who.named(row.cells.person) : source.person;
    const times = timesOf(row, toInstant);
    const wrong = (field: string, message: string, todo: string) =>
      problems.push({ file: source.file, line: row.line, field, message, todo });

    if (typeof found === "object" && "message" in found) {
      wrong("person", found.message, "write an id of people.csv");
    }
    if ("message" in times) wrong(times.field, times.message, times.todo);
    if ((typeof found === "object" && "message" in found) || "message" in times) continue;

    const person = typeof found === "object" ? found.person.id : found;
    if (times.end <= site.horizon.from || times.start >= site.horizon.to) continue;
    const kind = saysLeave(row.cells.label) ? "absence" : "duty";
    entries.push({ kind, person, start: times.start, end: times.end, label: row.cells.label });
  }
  const unreadable = table.usable ? {} : { unreadable: true as const };
  return { entries, notUnderstood: problems, ...unreadable };
};

interface Times {
  readonly start: Instant;
  readonly end: Instant;
}

interface Wrong {
  readonly field: string;
  readonly message: string;
  readonly todo: string;
}

/** A time of a cell: as the wall shows it, in a zone or at an offset. */
interface CellTime {
  readonly wall: Wall;
  readonly at: ToInstant;
  readonly dateOnly: boolean;
}

function timesOf(row: Row<Column>, local: ToInstant): Times | Wrong {
  const start = cellTime(row.cells.start, local);
  if (start === undefined) return unreadableTime("start", row.cells.start);
  const given = cellTime(row.cells.end, local) ?? timeAlone(row.cells.end, start);
  if (given === undefined) return unreadableTime("end", row.cells.end);
  if (start.dateOnly || given.dateOnly) return wholeDays(row, start, given);

  const end = overnight(start, given);
  const times = { start: start.at(start.wall), end: end.at(end.wall) };
  if (times.end <= times.start) {
    return {
      field: "end",
      message: "it is before the start",
      todo: "write the date on which the shift ends",
    };
  }
  if (!saysLeave(row.cells.label) && times.end - times.start > LONGEST_SHIFT_HOURS * HOUR) {
    const message = `more than ${LONGEST_SHIFT_HOURS} h is no shift`;
    return { field: "end", message, todo: "write one row for each shift" };
  }
  return times;
}

const unreadableTime = (field: "start" | "end", cell: string): Wrong => ({
  field,
  message: cell === "" ? "it is empty" : `${quoted(cell)} is no time`,
  todo: TIME_EXAMPLE,
});

function wholeDays(row: Row<Column>, start: CellTime, end: CellTime): Times | Wrong {
  if (!saysLeave(row.cells.label)) {
    return { field: "start", message: "a date without a time is no shift", todo: TIME_EXAMPLE };
  }
  const until = end.dateOnly ? wall(end.wall + DAY) : end.wall;
  const times = { start: start.at(start.wall), end: end.at(until) };
  return times.end > times.start
    ? times
    : { field: "end", message: "it is before the start", todo: "write the last day of the absence" };
}

/** On one date, an end that is not after the start is the next day's: 22:00–08:00, or 08:00–08:00 for 24 hours. */
function overnight(start: CellTime, end: CellTime): CellTime {
  const sameDate = Math.floor(start.wall / DAY) === Math.floor(end.wall / DAY);
  const notAfter = end.wall <= start.wall && end.at(end.wall) <= start.at(start.wall);
  return sameDate && notAfter ? { ...end, wall: wall(end.wall + DAY) } : end;
}

function timeAlone(cell: string, start: CellTime): CellTime | undefined {
  if (!/^\d{1,2}:\d{2}$/.test(cell)) return undefined;
  const date = new Date(start.wall).toISOString().slice(0, 10);
  const found = parseWall(`${date}T${cell.padStart(5, "0")}`);
  return found === undefined || start.dateOnly ? undefined : { wall: found, at: start.at, dateOnly: false };
}

const CELL = /^(\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

function cellTime(cell: string, local: ToInstant): CellTime | undefined {
  const [, text, offset] = CELL.exec(cell.replace(/[tz]/g, (letter) => letter.toUpperCase())) ?? [];
  const found = text === undefined ? undefined : parseWall(text);
  if (found === undefined || text === undefined) return undefined;
  const dateOnly = text.length === "2026-11-30".length;
  if (offset === undefined) return { wall: found, at: local, dateOnly };
  if (dateOnly) return undefined;
  const ahead = offsetMilliseconds(offset);
  return { wall: found, at: (at) => instant(at - ahead), dateOnly };
}

/** "+09:00", "-0330" or "Z", in milliseconds east of UTC. */
function offsetMilliseconds(offset: string): number {
  if (offset === "Z") return 0;
  const hours = Number(offset.slice(1, 3)) + Number(offset.slice(-2)) / 60;
  return (offset.startsWith("-") ? -hours : hours) * HOUR;
}
