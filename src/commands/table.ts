/** Plain values, ready to print: what an export consists of. */
export type Value = string | number | boolean | null;
export type Row = Readonly<Record<string, Value>>;

/** Named lists of rows, in the order in which they are printed. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** Tables as indented JSON, a list of objects each. */
export const asJson = (tables: Tables): string => `${JSON.stringify(tables, null, 2)}\n`;

/**
 * Tables as one CSV (RFC 4180), so that one file can be handed over and filtered: the column `record` names the
 * table, and each further column is a field of one table or several.
 */
export function asCsv(tables: Tables): string {
  const rows = Object.entries(tables).flatMap(([record, list]) => list.map((row) => ({ record, ...row })));
  const columns = [...new Set(["record", ...rows.flatMap((row) => Object.keys(row))])];
  const lines = rows.map((row: Row) => columns.map((column) => cell(row[column] ?? null)).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

function cell(value: Value): string {
  if (value === null) return "";
  const text = typeof value === "string" ? harmless(value) : String(value);
  return /[",;|\t\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A spreadsheet runs what begins like a formula; an apostrophe before it makes it a text again. Some take full-width
 * signs for one, skip spaces and quotes before it, or split a cell at a separator of their own, and begin anew there
 * (OWASP, "CSV Injection").
 */
const harmless = (text: string): string => text.replaceAll(FORMULA, "'");

const FORMULA = /(?<=^|[,;|\t\r\n])(?=(?:[^\S\t\r\n]|["'])*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;
