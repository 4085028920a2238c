import type { Sheet, Workbook } from "hucre/xlsx";
import { TooLarge, unpacked } from "./unpacked.ts";

/* The one file that knows the library for spreadsheets. */

/** A sheet as it stands, with its empty cells. */
export interface GridSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly (readonly GridValue[])[];
  /** Counted from 0. */
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  /** Cells that were made one, counted from 0 with both ends included; the value stands in the first. */
  readonly merges: readonly Merge[];
}

/** A date is a moment of UTC that shows what the wall would; a time alone is one of the system's first days. */
export type GridValue = string | number | boolean | Date | null;

export interface Merge {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

/** Why there are no sheets, in words for the operator. */
export interface NoWorkbook {
  readonly message: string;
  readonly todo: string;
}

/** Whether bytes are a workbook, new (a ZIP archive) or old (a compound file). */
export function workbookKind(bytes: Uint8Array): "xlsx" | "xls" | undefined {
  const starts = (...signature: readonly number[]) => signature.every((byte, at) => bytes[at] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return "xlsx";
  return starts(0xd0, 0xcf, 0x11, 0xe0) ? "xls" : undefined;
}

/** The sheets of a workbook. Never fails: what cannot be read says so. The library's own words are never shown. */
export async function sheetsOf(bytes: Uint8Array): Promise<readonly GridSheet[] | NoWorkbook> {
  if (isEncrypted(bytes)) return LOCKED;
  // Most rosters are no workbooks: nobody waits for the library before there is one.
  const { readXls, readXlsx } = await import("hucre/xlsx");
  try {
    const book = await (workbookKind(bytes) === "xls" ? readXls(bytes) : readXlsx(unpacked(bytes)));
    return book.sheets.map((sheet) => gridOf(sheet, book));
  } catch (error) {
    return error instanceof TooLarge ? BOMB : BROKEN;
  }
}

const gridOf = (sheet: Sheet, { dateSystem }: Workbook): GridSheet => ({
  name: sheet.name,
  isHidden: sheet.hidden === true || sheet.veryHidden === true,
  rows: sheet.rows.map((row) => row.map((value) => plainDate(value, dateSystem === "1904"))),
  hiddenRows: new Set([...(sheet.rowDefs ?? [])].filter(([, { hidden }]) => hidden).map(([row]) => row)),
  hiddenColumns: new Set((sheet.columns ?? []).flatMap((column, at) => (column?.hidden ? [at] : []))),
  merges: sheet.merges ?? [],
});

/** Days between the first days of both systems: a time alone shows the same day in both. */
const FIRST_1904 = Date.UTC(1904, 0, 1);
const FIRST_1900 = Date.UTC(1899, 11, 31);
const DAY = 86_400_000;

function plainDate(value: GridValue, is1904: boolean): GridValue {
  if (!(value instanceof Date) || !is1904) return value;
  const since = value.getTime() - FIRST_1904;
  return since < 2 * DAY ? new Date(FIRST_1900 + since) : value;
}

/** A workbook with a password is a compound file around "EncryptedPackage", in letters of two bytes. */
function isEncrypted(bytes: Uint8Array): boolean {
  if (workbookKind(bytes) !== "xls") return false;
  const mark = Buffer.from("EncryptedPackage", "utf16le");
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(mark);
}

const LOCKED: NoWorkbook = {
  message: "the workbook is protected with a password",
  todo: "save it without a password, or as CSV",
};

const BOMB: NoWorkbook = {
  message: "the workbook is larger than any roster once it is unpacked",
  todo: "copy the table into a new workbook, or save it as CSV",
};

const BROKEN: NoWorkbook = {
  message: "the workbook is broken",
  todo: "open it in Excel and save it again as .xlsx, or as CSV",
};
