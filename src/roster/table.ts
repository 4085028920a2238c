import { parse, type CsvError } from "csv-parse/sync";
import { nearest } from "./nearest.ts";
import { quoted, type Problem } from "./problem.ts";

/** One row of a CSV file by its columns' names; a column that is absent or empty is "". */
export interface Row<Column extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export interface Table<Column extends string> {
  readonly rows: readonly Row<Column>[];
  readonly problems: readonly Problem[];
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
  const problems: Problem[] = [];
  const records = recordsOf(file, text, problems);
  const header = records[0];
  const expected = columns.optional.reduce((list, name) => `${list}[,${name}]`, columns.required.join(","));
  if (header === undefined) {
    problems.push({ file, message: `it has no header line`, todo: `begin it with ${expected}` });
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
      todo: `begin the file with ${expected}`,
    });
  }
  if (missing.length > 0) return { rows: [], problems, usable: false };

  const rows = records.slice(1).filter(({ cells }) => cells.some((cell) => cell !== ""));
  for (const { line, cells } of rows) {
    if (cells.length <= names.length) continue;
    const message = `${cells.length} cells under ${names.length} columns`;
    problems.push({ file, line, message, todo: "put cells with a comma inside in double quotes" });
  }
  return {
    rows: rows
      .filter(({ cells }) => cells.length <= names.length)
      .map(({ line, cells }) => ({ line, cells: byName(known, names, cells) })),
    problems,
    usable: true,
  };
}

const byName = <Column extends string>(
  known: readonly Column[],
  names: readonly string[],
  cells: readonly string[],
) =>
  Object.fromEntries(known.map((name) => [name, cells[names.indexOf(name)] ?? ""])) as Record<Column, string>;

function headerProblems(file: string, line: number, names: readonly string[], known: readonly string[]) {
  return names.flatMap((name, index): readonly Problem[] => {
    if (names.indexOf(name) !== index) {
      return [{ file, line, field: name, message: "the column is there twice", todo: "keep one of the two" }];
    }
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const todo =
      meant === undefined ? `leave it out; columns are ${known.join(", ")}` : `did you mean ${meant}?`;
    return [{ file, line, message: `${quoted(name)} is no column that is known here`, todo }];
  });
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

function recordsOf(file: string, text: string, problems: Problem[]): readonly Line[] {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]|$/u)));
  const delimiter = [";", "\t"].find((candidate) => first.includes(candidate) && !first.includes(",")) ?? ",";
  const report = (error: CsvError | undefined) => {
    if (error === undefined) return undefined;
    const line = "lines" in error && typeof error.lines === "number" ? { line: error.lines } : {};
    const message =
      error.code === "CSV_QUOTE_NOT_CLOSED"
        ? "a double quote above was never closed, and all that follows it is lost"
        : "a double quote stands in the middle of a cell";
    problems.push({
      file,
      ...line,
      message,
      todo: 'put whole cells in quotes, and write " inside them twice',
    });
    return undefined;
  };
  try {
    const found = parse(text, {
      bom: true,
      delimiter,
      info: true,
      on_skip: report,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      trim: true,
    }) as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    report(error as CsvError);
    return [];
  }
}
