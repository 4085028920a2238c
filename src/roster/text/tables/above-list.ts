import { lineChanges } from "../changes.ts";
import { saidDays } from "../dates/said-days.ts";
import { parseWall } from "../dates/wall.ts";
import { isJapanese, wordsOf } from "../people/words-of.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import type { Line } from "./records.ts";

/** A row of a list, as far as a note can mean it. */
interface NotableRow {
  readonly line: number;
  readonly cells: Readonly<Record<"person" | "date" | "start", string>>;
  readonly spans: readonly { readonly start: string }[];
}

interface NoteAbove<R> {
  readonly line: number;
  readonly problem: RosterProblem;
  /** The rows that it means. */
  readonly rows: readonly R[];
}

/** Sorts out the lines above a list: titles, and those that change a shift, with the rows that they leave. */
export function heedNotes<R extends NotableRow>(file: string, titles: readonly Line[], rows: readonly R[]) {
  const notes = notesAbove(file, titles, rows);
  const meant = new Map(
    notes.flatMap((note) => note.rows.map((row) => [row, note.problem.message] as const)),
  );
  return {
    rows: rows.filter((row) => !meant.has(row)),
    aside: titles
      .filter(({ line }) => !notes.some((note) => note.line === line))
      .map(({ line }) => ({ line, rule: "title" as const })),
    lost: [
      ...notes.map(({ line, problem }) => ({ line, reason: problem.message })),
      ...[...meant].map(([{ line }, reason]) => ({ line, reason })),
    ],
    problems: notes.map(({ problem }) => problem),
  };
}

/**
 * "Swap 12/1: Emily Carter is off": nobody knows whether the list says it already, so the rows of the day and the person are left
 * out. Who is meant is found by the names in the list itself, and a day by the order in which the list writes its own.
 */
function notesAbove<R extends NotableRow>(
  file: string,
  titles: readonly Line[],
  rows: readonly R[],
): readonly NoteAbove<R>[] {
  if (titles.length === 0) return [];
  const { days, isDayFirst } = daysOf(rows);
  const names = new Map(rows.map((row) => [row.cells.person, namesIn(row.cells.person)]));
  return titles.flatMap(({ line, cells }) => {
    const text = cells.filter((cell) => cell !== "").join(" ");
    const words = new Set(wordsOf(text).map(({ word }) => word));
    const isNamed = (name: string) =>
      isJapanese(name) ? text.normalize("NFKC").includes(name) : words.has(name);
    const named = rows.filter(({ cells: own }) => names.get(own.person)!.some(isNamed));
    const said = saidDays(text, [...days.values()], isDayFirst);
    const saysAway = (rest: string) => AWAY.test(rest);
    if (!lineChanges(text, { isNamed: named.length > 0, hasDays: said.days.length > 0, saysAway })) return [];
    const meant = said.isSure ? named.filter((row) => said.days.some((day) => day === days.get(row))) : [];
    return [{ line, problem: problemOf(file, line, text, meant.length > 0), rows: meant }];
  });
}

const AWAY =
  /(?<!\p{L})(?:off|leave|vacation|sick|absent|pto|loa|unavailable|cancel\p{L}*)(?!\p{L})|休|欠勤|病欠|不在|中止|取り?消/iu;

/** The words by which somebody may be named: of a name in Japanese without a space, also its beginning. */
const namesIn = (person: string): readonly string[] =>
  wordsOf(person).flatMap(({ word }) => {
    if (!isJapanese(word)) return word.length > 1 ? [word] : [];
    return word.length > 3 ? [word, word.slice(0, 2)] : word.length > 1 ? [word.slice(0, 2)] : [];
  });

const WRITTEN =
  /(?<!\d)(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})|(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)/u;

/** The days of the rows. 3/12 may be either: what the list and the note write in one order is the same day. */
function daysOf<R extends NotableRow>(rows: readonly R[]) {
  const found = rows.flatMap((row) => {
    const text = row.cells.date || row.spans[0]?.start || row.cells.start;
    const parts = WRITTEN.exec(text.normalize("NFKC"));
    return parts === null ? [] : [{ row, parts }];
  });
  const isDayFirst = found.some(({ parts }) => Number(parts[4]) > MONTHS);
  const days = found.flatMap(({ row, parts: [, year, month, day, first, second, short] }) => {
    const [inYear, inMonth, on] =
      year === undefined
        ? [`20${short!.slice(-2)}`, isDayFirst ? second : first, isDayFirst ? first : second]
        : [year, month, day];
    const own = parseWall(`${inYear}-${inMonth!.padStart(2, "0")}-${on!.padStart(2, "0")}`);
    return own === undefined ? [] : [[row, own] as const];
  });
  return { days: new Map(days), isDayFirst };
}

const MONTHS = 12;

const problemOf = (file: string, line: number, text: string, isSure: boolean): RosterProblem => ({
  file,
  line,
  message: isSure
    ? `${quoted(text)} may change who works; the rows that it means were left out`
    : `${quoted(text)} may change who works, and says not for sure in which row`,
  todo: "write the change into the rows of the list, and take the line out",
  why: { code: isSure ? "noted-day" : "no-day", text },
});
