/** What a cell of a table may hold. */
export type Cell = string | number | boolean | null;

/** Rows as CSV (RFC 4180), for spreadsheets: nothing is an empty cell, and no text is run as a formula. */
export const csvOf = (rows: readonly (readonly Cell[])[]): string =>
  rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");

/** The same as a file that is opened in Excel, which takes it for UTF-8 only with a byte order mark. */
export const csvFile = (rows: readonly (readonly Cell[])[]): Uint8Array =>
  new TextEncoder().encode(`\uFEFF${csvOf(rows)}`);

function cellOf(value: Cell): string {
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
