import type { RosterFormat } from "#src/roster/text/reader.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import { local, someone } from "../programs.ts";

/* Random rosters, each written as a table of cells in every format that is one. */

export const ZONE = "America/New_York";
export const PEOPLE = [
  someone("r1", { name: "Emily Carter", email: "emily.carter@example.org" }),
  someone("r2", { name: "Noah Brandt", email: "noah.brandt@example.org" }),
  someone("r3", { name: "佐藤 健", email: "ken.sato@example.org" }),
  someone("a1", { name: "Daniel Okafor", email: "daniel.okafor@example.org" }),
];
const CODES: Readonly<Record<string, string>> = { D: "07:00-17:00", E: "15:00-23:00", N: "19:00-07:00" };

/** A shift of December 2026. */
export interface Shift {
  /** A place in `PEOPLE`. */
  readonly who: number;
  readonly day: number;
  readonly code: string;
}

/** "r1 1764590400000 1764626400000" */
export function said({ who, day, code }: Shift): string {
  const [start, end] = hoursOf(code);
  const last = end > start ? day : day + 1;
  const at = (date: number, time: string) => local(dateText(date, time), ZONE);
  return `${PEOPLE[who]!.id} ${at(day, start)} ${at(last, end)}`;
}

const dateText = (day: number, time: string): string => {
  const [month, date] = day > 31 ? ["2027-01", day - 31] : ["2026-12", day];
  return `${month}-${String(date).padStart(2, "0")}T${time}`;
};

export const hoursOf = (code: string): readonly [string, string] =>
  CODES[code]!.split("-") as unknown as readonly [string, string];

export interface WrittenRow {
  readonly cells: readonly string[];
  readonly says: readonly string[];
}

/** A roster as cells. */
export interface Written {
  readonly format: RosterFormat;
  readonly dialect: Dialect;
  readonly above: readonly (readonly string[])[];
  readonly header: readonly string[] | undefined;
  readonly rows: readonly WrittenRow[];
  /** Where names, days, starts and ends stand; undefined where a table has none. */
  readonly name: number;
  readonly times: readonly number[];
}

type Writer = (all: readonly Shift[]) => Written;

const date = (day: number): string => `2026-12-${String(day).padStart(2, "0")}`;
const nameOf = (who: number): string => PEOPLE[who]!.name;

/** A list whose columns have names of their own, and others beside them. */
const csv: Writer = (all) => ({
  format: "csv",
  dialect: { columns: { person: "Name", date: "Date", start: "Start", end: "End", label: "Shift" } },
  above: [],
  header: ["Name", "Date", "Start", "End", "Shift", "Pager", "Lunch"],
  rows: all.map((one) => ({
    cells: [nameOf(one.who), date(one.day), ...hoursOf(one.code), `ED ${one.code}`, "", "12:00"],
    says: [said(one)],
  })),
  name: 0,
  times: [2, 3],
});

const amion = (one: Shift, before: readonly string[], after: readonly string[]): WrittenRow => ({
  cells: [...before, `12-${one.day}-26`, ...hoursOf(one.code).map((time) => time.replace(":", "")), ...after],
  says: [said(one)],
});

const amion619: Writer = (all) => ({
  format: "amion-619",
  dialect: {},
  above: [],
  header: undefined,
  rows: all.map((one) => amion(one, ["ED", nameOf(one.who), "17", "0", `ED ${one.code}`, "3", "0"], [])),
  name: 1,
  times: [8, 9],
});

const amion625c: Writer = (all) => ({
  format: "amion-625c",
  dialect: {},
  above: ["Amion", "Report 625c", "ED", "From 12-1-26", "To 12-31-26", "Created 11-20-26", ""].map((one) => [
    one,
  ]),
  header: undefined,
  rows: all.map((one) =>
    amion(
      one,
      [nameOf(one.who), "17", "0", `ED ${one.code}`, "3", "0"],
      ["Resident", "5551", "", PEOPLE[one.who]!.email!, "1", "", "Shift", "ED"],
    ),
  ),
  name: 0,
  times: [7, 8],
});

const DAYS = Array.from({ length: 31 }, (_, index) => index + 1);

const matrix: Writer = (all) => ({
  format: "matrix",
  dialect: { codes: CODES, month: "2026-12" },
  above: [],
  header: ["Name", ...DAYS.map(String)],
  rows: PEOPLE.map(({ name }, who) => {
    const own = all.filter((one) => one.who === who).toSorted((a, b) => a.day - b.day);
    const code = (day: number) => own.find((one) => one.day === day)?.code ?? "";
    return { cells: [name, ...DAYS.map(code)], says: own.map(said) };
  }),
  name: 0,
  times: [],
});

/** Days down, people across. */
const turned: Writer = (all) => ({
  format: "matrix",
  dialect: { codes: CODES },
  above: [],
  header: ["Date", ...PEOPLE.map(({ name }) => name)],
  rows: DAYS.map((day) => {
    const own = all.filter((one) => one.day === day);
    const code = (who: number) => own.find((one) => one.who === who)?.code ?? "";
    return { cells: [date(day), ...PEOPLE.map((_, who) => code(who))], says: own.map(said) };
  }),
  name: -1,
  times: [],
});

export const WRITERS: Readonly<Record<string, Writer>> = {
  csv,
  "amion-619": amion619,
  "amion-625c": amion625c,
  matrix,
  "matrix on its side": turned,
};

/** All cells, from the first line on. */
export const gridOf = ({ above, header, rows }: Written): readonly (readonly string[])[] => [
  ...above,
  ...(header === undefined ? [] : [header]),
  ...rows.map(({ cells }) => cells),
];

export const textOf = (written: Written, separator = ",", lineEnd = "\n"): string =>
  gridOf(written)
    .map((row) => row.map((cell) => quoted(cell, separator)).join(separator))
    .join(lineEnd);

const quoted = (cell: string, separator: string): string =>
  cell.includes(separator) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
