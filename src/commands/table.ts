import { csvOf, type Cell } from "#src/domain/csv.ts";

/** Plain values, ready to print: what an export consists of. */
export type Row = Readonly<Record<string, Cell>>;

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
  return csvOf([columns, ...rows.map((row: Row) => columns.map((column) => row[column] ?? null))]);
}
