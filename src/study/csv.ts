type Cell = string | number | null;

/** Rows as CSV (RFC 4180) with a header; nothing is an empty cell. All texts in it are Attune's own or random ids. */
export function csvOf(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** The same of objects that all have these columns. */
export const csvOfObjects = <Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, Cell>>[],
): string =>
  csvOf(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );

function cell(value: Cell): string {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
