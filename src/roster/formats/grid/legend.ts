import { dutyCodes, dutyOf, ownCodes, plainCode } from "../../text/duties/duty-codes.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { wordsIn, type TableWords } from "../../text/duties/claims.ts";
import { statedHours, type StatedHours } from "../../text/duties/stated-hours.ts";
import { DAY_ON_CALL, dutyCalled, mayBeCalled } from "../../text/duties/duty-names.ts";
import { hourMarks } from "../../text/duties/hour-marks.ts";
import type { Fault, Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";
import { filled, HEAD, OPENING, rowsOfHours, textOf, type LegendLine } from "./legend-lines.ts";

/** What a table's own lines say of its codes. */
export interface Legend {
  /** Hours as `codes` of program.yaml has them. */
  readonly codes: Readonly<Record<string, string>>;
  /** Codes whose hours the file states in two ways, or so that nobody can tell them. */
  readonly unclear: ReadonlySet<string>;
  /** Rows below the table that are the legend's, and nobody's. */
  readonly rows: ReadonlySet<Row>;
  readonly faults: readonly Fault[];
}

/** The lines around a table, and what it has for codes. */
export interface AroundTable extends Pick<MatrixHeader, "above" | "below"> {
  readonly used: Row;
  /** What stands at the right of the days. */
  readonly right: readonly LegendLine[];
}

/** Where a file says the hours of its codes, these count before the usual ones, and what program.yaml states before both. */
export function legendOf(
  { above, below, used: cells, right }: AroundTable,
  source: RosterText,
  isSomebody: (text: string) => boolean,
): Legend {
  const names = (row: Row) => row.some(({ text }) => text !== "" && isSomebody(text));
  const used = new Set(cells.flatMap(({ text }) => [text, ...text.split(SEPARATORS)].map(plainCode)));
  const known = dutyCodes(source.codes);
  const isCode = (text: string) => used.has(plainCode(text)) || known(text) !== undefined;
  const table = { isUsed: (text: string) => used.has(plainCode(text)), isSomebody };
  const pairs = rowsOfHours(
    [...above, ...below].filter((row) => !names(row)),
    isCode,
  );
  const rows = new Set([...rowsOf(below, names, isCode, table), ...pairs.rows]);
  const isRead = (row: Row) =>
    !names(row) && !pairs.rows.includes(row) && (rows.has(row) || isLine(row) || opensWithCode(row, isCode));
  const lines: readonly LegendLine[] = [
    ...pairs.lines,
    ...[...above, ...below.filter(isRead)]
      .filter((row) => !names(row))
      .map((row) => ({ line: row[0]!.line, text: textOf(row) })),
    ...right,
  ];
  const said = lines.flatMap(({ line, text, isNote }) =>
    statedHours(text, table).map(({ hours, ...one }) => ({
      ...one,
      hours: isNote ? undefined : hours,
      line,
    })),
  );
  const ofCode = byCode(said, used);
  const isOwn = ownCodes(source.codes);
  const codes: Record<string, string> = {};
  const unclear = new Set<string>();
  const faults: Fault[] = [];
  for (const [code, all] of ofCode) {
    const [first] = all;
    const hours = all.every((one) => one.hours === first!.hours) ? first!.hours : undefined;
    if (isOwn(code)) {
      const clear = all.filter((one) => one.hours !== undefined);
      const isOther = clear.length > 0 && !clear.some((one) => isSame(source.codes, code, one.hours));
      if (used.has(code) && isOther) faults.push(contradiction(clear[0]!, code));
    } else if (hours !== undefined) codes[code] = hours;
    else unclear.add(code);
    if (!isOwn(code) && hours === undefined && used.has(code)) faults.push(twoHours(all, code));
  }
  return { codes, unclear, rows, faults };
}

/** What stands between two codes of one cell. */
export const SEPARATORS = /[/・+,、／＋\s]+/u;
/** A line of words, not a row of cells. */
const isLine = (row: Row): boolean => filled(row).length === 1;

/** The legend's rows: with hours for codes of the table, the heading above them, and what goes on below. */
function rowsOf(
  below: readonly Row[],
  names: (row: Row) => boolean,
  isCode: (text: string) => boolean,
  table: TableWords,
) {
  const found = new Set<Row>();
  const all = below.filter((row) => filled(row).length > 0);
  const isHours = (row: Row | undefined) => row !== undefined && !names(row) && saysHours(row, isCode, table);
  for (const [at, row] of all.entries()) {
    if (names(row)) continue;
    const isIn = at > 0 && found.has(all[at - 1]!);
    const [first, ...more] = filled(row);
    const isHead = HEAD.test(first!.text.normalize("NFKC")) && isHours(all[at + 1]);
    // "休,公休" below a code's hours, and "Z,13:00～22:00" of a code that nobody has this month.
    const isDayOff = more.length <= 1 && isCode(first!.text);
    const isFurther = more.length <= 2 && statedHours(textOf(row), table).length > 0;
    if (isHours(row) || isHead || (isIn && (isDayOff || isFurther))) found.add(row);
  }
  return found;
}

/** A row of somebody begins with a name; one of a legend with a code, with what a legend is called, or with hours. */
function opensWithCode(row: Row, isCode: (text: string) => boolean): boolean {
  const text = filled(row)[0]?.text.normalize("NFKC") ?? "";
  const at = hourMarks(text)[0]?.at;
  // In "日勤8:30-17:15" nothing parts a code and its hours.
  const [word = ""] = wordsIn(text.slice(0, at));
  return isCode(word) || OPENING.test(word) || at === 0;
}

/** It begins with a code and ends with hours: somebody's row has codes behind them, or a name before. */
function saysHours(row: Row, isCode: (text: string) => boolean, table: TableWords): boolean {
  const cells = filled(row);
  if (!opensWithCode(row, isCode)) return false;
  if (statedHours(textOf(row), table).length === 0) return false;
  const isEnd = (at: number) => statedHours(`${cells[at - 1]?.text ?? ""} ${cells[at]!.text}`).length > 0;
  const last = cells.findLastIndex((_, at) => isEnd(at));
  return cells.slice(last + 1).every(({ text }) => !isCode(text));
}

type Said = StatedHours & { readonly line: number };

/**
 * What is said of each code. A code of the table of which nothing is said has the hours of its full name (日 of 日勤); where only a name
 * that may be another duty has hours (日勤A, 日直), nobody can tell, and the usual hours are not taken for them.
 */
function byCode(said: readonly Said[], used: ReadonlySet<string>): ReadonlyMap<string, readonly Said[]> {
  const all = said.flatMap((one) => one.codes.map((code) => [plainCode(code), one] as const));
  const found = new Map<string, Said[]>();
  for (const [code, one] of all) found.set(code, [...(found.get(code) ?? []), one]);
  for (const code of used) {
    if (found.has(code)) continue;
    const others = all.filter(([name]) => name !== code);
    const same = others.filter(([name]) => dutyCalled(name) === dutyCalled(code));
    const alike = others.filter(([name]) => !used.has(name) && mayBeCalled(code, name));
    const isDoubtful = same.length === 0 || alike.some(([name]) => name === DAY_ON_CALL);
    const own = [
      ...same.map(([name, one]) => (used.has(name) ? inDoubt(one) : one)),
      ...(isDoubtful ? alike.map(([, one]) => inDoubt(one)) : []),
    ];
    if (own.length > 0) found.set(code, own);
  }
  return found;
}

const inDoubt = (one: Said): Said => ({ ...one, hours: undefined });

function isSame(own: RosterText["codes"], code: string, hours: string | undefined): boolean {
  const [stated, here] = [dutyCodes(own)(code), dutyOf(hours ?? "")];
  return (
    stated?.kind === "shift" &&
    here?.kind === "shift" &&
    stated.start === here.start &&
    stated.end === here.end
  );
}

const contradiction = ({ line, text }: Said, code: string): Fault => ({
  line,
  field: code,
  message: `the file says ${quoted(text)}, and \`codes\` in program.yaml says other hours, which count`,
  todo: "mend the one that is wrong",
  why: { code: "two-readings", text },
});

const twoHours = (all: readonly Said[], code: string): Fault => ({
  line: all[0]!.line,
  field: code,
  message: `the hours of ${quoted(code)} are not clear from ${quoted([...new Set(all.map(({ text }) => text))].join(", "))}`,
  todo: `write them once, as 08:00-16:30, or state ${quoted(code)} under \`codes\` in program.yaml`,
  why: { code: "two-readings", text: all[0]!.text },
});
