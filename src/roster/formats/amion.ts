import { clockTime, dateProblem, dateReader } from "../text/dates.ts";
import { sayer } from "../text/dialect.ts";
import { saysLeave } from "../text/leave.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import { recordsOf } from "../text/records.ts";
import type { RosterEntry, RosterReader } from "../text/reader.ts";
import { checked, timesOfDay, type Times } from "../text/row-times.ts";
import { inZone } from "../text/wall.ts";
import { whoIsWho } from "../text/who.ts";

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
};

/** Amion writes the month first unless program.yaml says otherwise. */
const DATES = "M-D-YY";

/** Amion's report 619: CSV without a header, ten columns, dates such as 3-29-26, times such as 0700. */
export const amion619: RosterReader = (source, context) => read(REPORT_619, source, context);

/** Amion's report 625c: seven lines about the report, a header, then seventeen columns. */
export const amion625c: RosterReader = (source, context) => read(REPORT_625C, source, context);

type Read = (layout: Layout, ...given: Parameters<RosterReader>) => ReturnType<RosterReader>;

const read: Read = (layout, source, context) => {
  const problems: RosterProblem[] = [];
  const lines = recordsOf(source.file, source.text, problems);
  const dates = dateReader(source.dates ?? DATES);
  const isRow = (cells: readonly string[]) => cells.length === layout.columns;
  // What stands before the first row with a date is about the report.
  const first = lines.findIndex(({ cells }) => isRow(cells) && dates(cells[layout.date] ?? "") !== undefined);
  if (first === -1)
    return { entries: [], notUnderstood: [...problems, noReport(source.file, layout)], unreadable: true };

  const who = whoIsWho(context.people, source.aliases);
  const local = inZone(context.zone);
  const [saysOff, saysSkip] = [sayer(source.off), sayer(source.skip)];
  const entries: RosterEntry[] = [];
  for (const { line, cells } of lines.slice(first)) {
    const wrong = (field: string, why: RosterProblem["why"], message: string, todo: string) =>
      problems.push({ file: source.file, line, field, message, todo, why });
    if (!isRow(cells)) {
      wrong(
        "row",
        { code: "broken-line" },
        `${cells.length} cells where report ${layout.report} has ${layout.columns}`,
        "export it again",
      );
      continue;
    }
    const cell = (column: number) => cells[column] ?? "";
    const label = cell(layout.role);
    if (saysSkip(label)) continue;
    const isLeave = saysLeave(label) || saysOff(label);
    const times = timesOf(layout, cell, isLeave);
    const mailed = layout.mail === undefined ? undefined : who.byMail(cell(layout.mail));
    const found = mailed === undefined ? who.named(cell(layout.name)) : { person: mailed };
    if ("message" in times) wrong(times.field, times.why, times.message, times.todo);
    if (source.person === undefined && "message" in found)
      wrong(
        "name",
        found.why,
        found.message,
        "add the name to `aliases` in program.yaml, or the e-mail to people.csv",
      );
    const person = source.person ?? ("person" in found ? found.person.id : undefined);
    if (person === undefined || "message" in times) continue;
    if (times.end <= context.horizon.from || times.start >= context.horizon.to) continue;
    entries.push({ kind: isLeave ? "absence" : "duty", person, label, ...times });
  }
  return { entries, notUnderstood: problems };

  function timesOf(
    { date, start, end }: Layout,
    cell: (column: number) => string,
    isLeave: boolean,
  ): Times | (Omit<RosterProblem, "file"> & { readonly field: string }) {
    const day = dates(cell(date));
    if (day === undefined) return { field: "date", ...dateProblem(cell(date)) };
    // Amion drops the leading zeros of 0030.
    const [from, to] = [start, end].map((column) => clockTime(cell(column).padStart(4, "0")));
    if (from === undefined || to === undefined) {
      const [field, text] = from === undefined ? ["start", cell(start)] : ["end", cell(end)];
      const message = `${quoted(text)} is no time`;
      const todo = "Amion writes 0700; export it again";
      return { field, message, todo, why: { code: "no-time", text } };
    }
    return checked(timesOfDay(day, from, to, local), isLeave);
  }
};

const noReport = (file: string, { report, columns }: Layout): RosterProblem => ({
  file,
  message: `this is no Amion report ${report}: no row has ${columns} columns and a date`,
  todo: "export that report as text; a page that asks to sign in may have been saved in its place",
  why: { code: "not-a-roster" },
});
