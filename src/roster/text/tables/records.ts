import { parse, type CsvError } from "csv-parse/sync";
import type { RosterProblem } from "../problem.ts";
import { wholeRecords, type Line, type QuoteFault } from "./broken-quotes.ts";

export type { Line } from "./broken-quotes.ts";

/** Splits a CSV file, separated by comma, semicolon or tab. Lines with broken quotes are reported and left out. */
export function recordsOf(file: string, written: string, problems: RosterProblem[]): readonly Line[] {
  // Files that several programs have written end their lines in several ways; the reader takes only the first of them for an end.
  const text = written.replaceAll(/\r\n?/gu, "\n");
  const stated = SEPARATOR_LINE.exec(text);
  const delimiter = stated?.[1] ?? delimiterOf(text);
  const faults: QuoteFault[] = [];
  const report = (error: CsvError | undefined) => {
    if (error === undefined) return undefined;
    const line = "lines" in error && typeof error.lines === "number" ? { line: error.lines } : {};
    faults.push({ ...line, isOpen: error.code === "CSV_QUOTE_NOT_CLOSED" });
    return undefined;
  };
  const found = parsed(
    () =>
      parse(text, {
        bom: true,
        delimiter,
        ...(stated === null ? {} : { from_line: 2 }),
        info: true,
        on_skip: report,
        relax_column_count: true,
        skip_empty_lines: true,
        skip_records_with_error: true,
        trim: true,
      }) as unknown as readonly Parsed[],
    report,
  );
  const whole = wholeRecords(text, delimiter, found, faults);
  problems.push(...whole.problems.map((one) => ({ file, ...one })));
  return whole.records;
}

interface Parsed {
  readonly record: readonly string[];
  /** The line on which it ends. */
  readonly info: { readonly lines: number };
}

function parsed(parse: () => readonly Parsed[], report: (error: CsvError) => void): readonly Line[] {
  try {
    return parse().map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch (error) {
    report(error as CsvError);
    return [];
  }
}

/** Excel's own line above a CSV file: "sep=;". */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([;,\t|])"?[\t ]*\n/iu;

/** As much of a file shows how its cells are separated. */
const SAMPLE = 20_000;

/** What separates the cells: it stands in most lines; a title above the header may have commas of its own. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, SAMPLE)
    .replaceAll(/"(?:[^"]|"")*"/gu, "")
    .split("\n");
  const score = (candidate: string) => {
    const counts = lines.map((line) => line.split(candidate).length - 1);
    return counts.filter((count) => count > 0).length + counts.reduce((sum, count) => sum + count, 0) / 1e6;
  };
  return [",", ";", "\t"].reduce((best, one) => (score(one) > score(best) ? one : best));
}
