import { clockTime } from "../../text/dates/dates.ts";
import { hourMarks } from "../../text/duties/hour-marks.ts";
import type { Row } from "./days.ts";
import type { MatrixHeader } from "./header.ts";

/** A line as hours are looked for in it. */
export interface LegendLine {
  readonly line: number;
  readonly text: string;
  /** It may be a note about somebody, beside their days: what it states is a doubt, and no hours. */
  readonly isNote?: true;
}

/** What a legend begins with. */
export const HEAD =
  /^[※【[■●]*(?:勤務)?(?:記号|凡例|略号|コード|区分|シフト|種別)|^(?:shift )?(?:legend|key|codes?|abbreviations?)\b/iu;
/** What a line of hours may begin with instead of a code. */
export const OPENING = /^(?:凡例|記号|勤務時間|勤務|時間|シフト|legend|hours|shifts?|key|codes?)$/iu;

export const filled = (row: Row): Row => row.filter(({ text }) => text !== "");

/** A row as one line: a start and an end in two cells are hours, three times may have a break among them. */
export function textOf(row: Row): string {
  const cells = filled(row).map(({ text }) => text);
  const isTime = cells.map((text) => /[:：時]/u.test(text) && clockTime(text) !== undefined);
  const runs = cells.map((_, at) => {
    const before = isTime.slice(0, at).findLastIndex((one) => !one);
    const after = isTime.indexOf(false, at);
    return isTime[at] ? (after === -1 ? cells.length : after) - before - 1 : 0;
  });
  return cells
    .map((text, at) => (at === 0 ? text : `${runs[at] === 2 && isTime[at - 1] ? "~" : "\t"}${text}`))
    .join("");
}

/** Codes in one row, and the hours of each below it: 記号 over 時間. Both rows are nobody's. */
export function rowsOfHours(
  rows: readonly Row[],
  isCode: (text: string) => boolean,
): { readonly rows: readonly Row[]; readonly lines: readonly LegendLine[] } {
  const found: Row[] = [];
  const lines: LegendLine[] = [];
  const all = rows.filter((row) => filled(row).length > 0);
  for (const [at, row] of all.entries()) {
    const first = filled(row)[0]!;
    const isOpened = (text: string) => HEAD.test(text) || OPENING.test(text);
    if (!isOpened(first.text.normalize("NFKC")) && !isCode(first.text)) continue;
    // What the codes are called may stand between: 記号, 名称, 時間.
    const isNext = all[at + 1]?.some(({ text }) => isOnlyHours(text)) === true;
    const below = all[isNext ? at + 1 : at + 2] ?? [];
    const head = filled(below)[0];
    const pairs = row.flatMap((code, column) => {
      const hours = below[column]?.text ?? "";
      return hours !== "" && isCode(code.text) && isOnlyHours(hours) ? [{ code, hours }] : [];
    });
    if (pairs.length === 0 || head === undefined || isCode(head.text)) continue;
    found.push(...all.slice(at, all.indexOf(below) + 1));
    lines.push(...pairs.map(({ code, hours }) => ({ line: code.line, text: `${code.text}\t${hours}` })));
  }
  return { rows: found, lines };
}

function isOnlyHours(text: string): boolean {
  const [mark, ...more] = hourMarks(text.normalize("NFKC"));
  return mark !== undefined && !mark.isOther && more.length === 0 && mark.length === text.trim().length;
}

/** What a column of codes is called; 区分 and シフト may be those of who stands in the row. */
const CODES = /^(?:記号|凡例|略号|コード|legend|key|codes?|abbreviations?)$/iu;

/** A heading behind the days from which on all columns are a legend's. */
export const opensLegend = (heading: string): boolean => CODES.test(heading.normalize("NFKC").trim());

/** What stands at the right of the days, line by line: a legend under a heading of its own, or notes about those who stand there. */
export function besideDays({ row: head, below, days }: MatrixHeader): readonly LegendLine[] {
  const after = endOf(days);
  const start = head.findIndex(({ text }, at) => at >= after && CODES.test(text.normalize("NFKC")));
  const width = Math.max(...[head, ...below].map((row) => row.length));
  // Of a table that stands on its side, these are the rows below it.
  const across = Array.from({ length: Math.max(0, width - after) }, (_, at) =>
    [head, ...below].flatMap((row) => row[after + at] ?? []),
  );
  const turned = across.filter((row) => filled(row).length > 0);
  const lines = below.flatMap((row) => {
    const cells = filled(row.slice(start === -1 ? after : start));
    const note = start === -1 && { isNote: true as const };
    return saysHours(cells) ? [{ line: cells[0]!.line, text: textOf(cells), ...note }] : [];
  });
  return [
    ...lines,
    ...turned.filter(saysHours).map((row) => ({ line: filled(row)[0]!.line, text: textOf(row) })),
  ];
}

/** The first column that is no day's; a day may take several. */
export const endOf = (days: MatrixHeader["days"]): number =>
  days.at(-1)!.at + Math.max(1, (days[1]?.at ?? 0) - days[0]!.at);

/** In a table of names: hours at the right of a duty's days, and a legend in columns of its own beside those of the duties. */
export function besideNames({ row: head, below, days }: MatrixHeader): readonly LegendLine[] {
  const [first, after] = [days[0]!.at, endOf(days)];
  const right = below.flatMap((row): readonly LegendLine[] => {
    const cells = row.slice(after);
    const [called] = filled(row.slice(0, first));
    if (called === undefined || !saysHours(cells)) return [];
    const isHours = cells.every(
      ({ text }, at) => text === "" || HOURS.test(head[after + at]?.text.normalize("NFKC") ?? ""),
    );
    const text = textOf([called, ...cells]);
    return [{ line: called.line, text, ...(!isHours && { isNote: true as const }) }];
  });
  const start = below.findIndex((row) => row.slice(0, first).some(({ text }) => CODES.test(text)));
  const own = start === -1 ? [] : below.slice(start);
  const lines = days.map(({ at }) => own.flatMap((row) => row[at] ?? [])).filter(saysHours);
  return [...right, ...lines.map((row) => ({ line: filled(row)[0]!.line, text: textOf(row) }))];
}

/** What a column of hours is called. */
const HOURS = /^(?:(?:勤務|就業)?時間帯?|開始|終了|始業|終業|hours?|times?|start|end|from|to)$/iu;

const saysHours = (row: Row): boolean =>
  hourMarks(textOf(row).normalize("NFKC")).some(({ isOther }) => !isOther);
