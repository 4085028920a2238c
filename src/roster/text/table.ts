import { nearest } from "./nearest.ts";
import { quoted, type RosterProblem } from "./problem.ts";
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
}

interface Columns<Column extends string> {
  readonly required: readonly Column[];
  readonly optional: readonly Column[];
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
    return { rows: [], problems, usable: false };
  }

  const known = [...columns.required, ...columns.optional];
  const names = header.cells.map((cell) => cell.toLowerCase());
  problems.push(...headerProblems(file, header.line, names, known));
  const missing = columns.required.filter((name) => !names.includes(name));
  for (const name of missing) {
    problems.push({
      file,
      line: header.line,
      field: name,
      message: `there is no column ${name}`,
      why: { code: "no-column", text: name },
      todo: `begin the file with ${expected}`,
    });
  }
  if (missing.length > 0) return { rows: [], problems, usable: false };

  const places = new Map(known.map((name) => [name, names.indexOf(name)]));
  const rows = records.slice(1).filter(({ cells }) => cells.some((cell) => cell !== ""));
  for (const { line, cells } of rows) {
    if (cells.length <= names.length) continue;
    const message = `${cells.length} cells under ${names.length} columns`;
    const todo = "put cells with a comma inside in double quotes";
    problems.push({ file, line, message, todo, why: { code: "broken-line" } });
  }
  return {
    rows: rows
      .filter(({ cells }) => cells.length <= names.length)
      .map(({ line, cells }) => ({ line, cells: byName(places, cells) })),
    problems,
    usable: true,
  };
}

const byName = <Column extends string>(
  places: ReadonlyMap<Column, number>,
  cells: readonly string[],
): Readonly<Record<Column, string>> =>
  Object.fromEntries([...places].map(([name, place]) => [name, cells[place] ?? ""])) as Record<
    Column,
    string
  >;

function headerProblems(file: string, line: number, names: readonly string[], known: readonly string[]) {
  const seen = new Set<string>();
  return names.flatMap((name): readonly RosterProblem[] => {
    const isThere = seen.has(name);
    seen.add(name);
    if (isThere) {
      const message = "the column is there twice";
      return [{ file, line, field: name, message, todo: "keep one of the two", why: column(name) }];
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
