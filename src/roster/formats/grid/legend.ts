import { dutyCodes, dutyOf, ownCodes, plainCode } from "../../text/duties/duty-codes.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { statedHours, type StatedHours } from "../../text/duties/stated-hours.ts";
import type { Fault, Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";

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

const HEAD =
  /^[※【[■●]*(?:勤務)?(?:記号|凡例|略号|コード|区分|シフト|種別)|^(?:shift )?(?:legend|key|codes?|abbreviations?)\b/iu;
/** What a line of hours may begin with instead of a code. */
const OPENING = /^(?:凡例|記号|勤務時間|勤務|時間|シフト|legend|hours|shifts?|key|codes?)$/iu;

/** The lines around a table, and what it has for codes. */
export interface AroundTable extends Pick<MatrixHeader, "above" | "below"> {
  readonly used: Row;
}

/** Where a file says the hours of its codes, these count before the usual ones, and what program.yaml states before both. */
export function legendOf(
  { above, below, used: cells }: AroundTable,
  source: RosterText,
  isSomebody: (text: string) => boolean,
): Legend {
  const names = (row: Row) => row.some(({ text }) => text !== "" && isSomebody(text));
  const used = new Set(cells.flatMap(({ text }) => [text, ...text.split(SEPARATORS)].map(plainCode)));
  const known = dutyCodes(source.codes);
  const isCode = (text: string) => used.has(plainCode(text)) || known(text) !== undefined;
  const rows = rowsOf(below, names, isCode);
  const lines = [...above, ...below.filter((row) => rows.has(row) || isLine(row))].filter(
    (row) => !names(row),
  );
  const said = lines.flatMap((row) =>
    statedHours(textOf(row)).map((one) => ({ ...one, line: row[0]!.line })),
  );
  const ofCode = Map.groupBy(
    said.flatMap((one) => one.codes.map((code) => ({ ...one, code: plainCode(code) }))),
    ({ code }) => code,
  );
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
const filled = (row: Row): Row => row.filter(({ text }) => text !== "");
const textOf = (row: Row): string =>
  filled(row)
    .map(({ text }) => text)
    .join(" ");
/** A line of words, not a row of cells. */
const isLine = (row: Row): boolean => filled(row).length === 1;

/** The legend's rows: with hours for codes of the table, the heading above them, and what goes on below. */
function rowsOf(below: readonly Row[], names: (row: Row) => boolean, isCode: (text: string) => boolean) {
  const found = new Set<Row>();
  const all = below.filter((row) => filled(row).length > 0);
  const isHours = (row: Row | undefined) => row !== undefined && !names(row) && saysHours(row, isCode);
  for (const [at, row] of all.entries()) {
    if (names(row)) continue;
    const isIn = at > 0 && found.has(all[at - 1]!);
    const [first, ...more] = filled(row);
    const isHead = HEAD.test(first!.text.normalize("NFKC")) && isHours(all[at + 1]);
    // "休,公休" below a code's hours, and "Z,13:00～22:00" of a code that nobody has this month.
    const isDayOff = more.length <= 1 && isCode(first!.text);
    const isFurther = more.length <= 2 && statedHours(textOf(row)).length > 0;
    if (isHours(row) || isHead || (isIn && (isDayOff || isFurther))) found.add(row);
  }
  return found;
}

/** It begins with a code and ends with hours: somebody's row has codes behind them, or a name before. */
function saysHours(row: Row, isCode: (text: string) => boolean): boolean {
  const [first] = statedHours(textOf(row));
  const isOfCode = first !== undefined && (isCode(first.codes[0]!) || OPENING.test(first.codes[0]!));
  if (!isOfCode) return false;
  const cells = filled(row);
  const isEnd = (at: number) => statedHours(`${cells[at - 1]?.text ?? ""} ${cells[at]!.text}`).length > 0;
  const last = cells.findLastIndex((_, at) => isEnd(at));
  return cells.slice(last + 1).every(({ text }) => !isCode(text));
}

function isSame(own: RosterText["codes"], code: string, hours: string | undefined): boolean {
  const [stated, here] = [dutyCodes(own)(code), dutyOf(hours ?? "")];
  return (
    stated?.kind === "shift" &&
    here?.kind === "shift" &&
    stated.start === here.start &&
    stated.end === here.end
  );
}

type Said = StatedHours & { readonly line: number };

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
