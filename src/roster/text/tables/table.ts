import { nearest } from "../people/nearest.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import { recordsOf } from "./records.ts";

/** One row of a CSV file by its columns' names; a column that is absent or empty is "". */
export interface Row<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export interface Table<Column extends string> {
  readonly rows: readonly Row<Column>[];
  readonly problems: readonly RosterProblem[];
  /** The header is there and has what is required. */
  readonly usable: boolean;
  /** How the file spells its columns. */
  readonly called: ReadonlyMap<string, string>;
}

const NOT_CALLED: ReadonlyMap<string, string> = new Map();

interface Columns<Column extends string> {
  readonly required: readonly Column[];
  readonly optional: readonly Column[];
  /** The column that a heading means which is written in another way. */
  columnOf?(heading: string): Column | undefined;
}

/** Reads a CSV file with a header line: columns in any order, separated by comma, semicolon or tab. */
export function readTable<Column extends string>(
  file: string,
  text: string,
  columns: Columns<Column>,
): Table<Column> {
  const problems: RosterProblem[] = [];
  const records = recordsOf(file, text, problems);
  const header = records[0];
  const required = columns.required.join(",");
  const expected = columns.optional.reduce((list, name) => `${list}[,${name}]`, required);
  if (header === undefined) {
    const todo = `begin it with ${expected}`;
    problems.push({ file, message: "it has no header line", todo, why: { code: "not-a-roster" } });
    return { rows: [], problems, usable: false, called: NOT_CALLED };
  }

  const known = [...columns.required, ...columns.optional];
  const names: readonly string[] = header.cells.map((cell) => columns.columnOf?.(cell) ?? cell.toLowerCase());
  const called = new Map(names.map((name, at) => [name, header.cells[at]!]));
  const missing = columns.required.filter((name) => !names.includes(name));
  const misnamed = new Map(missing.map((name) => [name, misnamedAs(name, names, known)]));
  const headed = withoutBlank(names, records.slice(1));
  const others = headed.filter((name) => ![...misnamed.values()].includes(name));
  problems.push(...headerProblems(file, header.line, others, known, called));
  for (const [name, meant] of misnamed) {
    problems.push({
      file,
      line: header.line,
      field: name,
      message: `there is no column ${name}; the columns here are ${header.cells.join(", ")}`,
      why: { code: "no-column", text: name },
      todo: meant === undefined ? `begin the file with ${expected}` : `call ${quoted(meant)} ${name}`,
    });
  }
  if (missing.length > 0) return { rows: [], problems, usable: false, called };

  const places = new Map(known.map((name) => [name, names.indexOf(name)]));
  const least = Math.max(...columns.required.map((name) => names.indexOf(name))) + 1;
  const rows: Row<Column>[] = [];
  for (const { line, cells } of records.slice(1)) {
    if (cells.every((cell) => cell === "")) continue;
    const todo = lineTodo(cells, names, least);
    if (todo === undefined) rows.push({ line, cells: byName(places, cells) });
    else {
      const message = `${cells.length} ${cells.length === 1 ? "cell" : "cells"} under ${names.length} columns`;
      problems.push({ file, line, message, todo, why: { code: "broken-line" } });
    }
  }
  return { rows, problems, usable: true, called };
}

/**
 * The headings without empty ones. Excel saves columns in which nothing stands, where something once stood: `id,name,,,`. They are no
 * part of the table. What stands below no heading is told, once.
 */
function withoutBlank(names: readonly string[], rows: readonly { readonly cells: readonly string[] }[]) {
  const blank = names.flatMap((name, at) => (name === "" ? [at] : []));
  const isUsed = rows.some(({ cells }) => blank.some((at) => (cells[at] ?? "") !== ""));
  return names.filter((name, at) => name !== "" || (isUsed && at === blank[0]));
}

/** What to do about a line that has not the header's cells: one mistake, however many cells it hides. */
function lineTodo(cells: readonly string[], names: readonly string[], least: number): string | undefined {
  if (cells.length > names.length) return "put cells with a comma inside in double quotes";
  if (cells.length >= least) return undefined;
  return cells.some((cell) => /[\t;,]/u.test(cell))
    ? "separate its cells as those of the header are separated"
    : `write at least its first ${least} cells, also where they are empty`;
}

/** The column that is there under another name: the one that a missing name is nearest to. */
const misnamedAs = (name: string, names: readonly string[], known: readonly string[]): string | undefined =>
  names.find((other) => !known.includes(other) && nearest(other, known) === name);

const byName = <Column extends string>(
  places: ReadonlyMap<Column, number>,
  cells: readonly string[],
): Readonly<Record<Column, string>> =>
  Object.fromEntries([...places].map(([name, place]) => [name, cells[place] ?? ""])) as Record<
    Column,
    string
  >;

function headerProblems(
  file: string,
  line: number,
  names: readonly string[],
  known: readonly string[],
  called: ReadonlyMap<string, string>,
) {
  const seen = new Set<string>();
  return names.flatMap((name): readonly RosterProblem[] => {
    const isThere = seen.has(name);
    seen.add(name);
    if (isThere) {
      const message = "the column is there twice";
      return [
        {
          file,
          line,
          field: called.get(name) ?? name,
          message,
          todo: "keep one of the two",
          why: column(name),
        },
      ];
    }
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const todo =
      meant === undefined ? `leave it out; columns are ${known.join(", ")}` : `did you mean ${meant}?`;
    const message = `${quoted(name)} is no column that is known here`;
    return [{ file, line, message, todo, why: column(name) }];
  });
}

const column = (text: string) => ({ code: "column", text }) as const;
