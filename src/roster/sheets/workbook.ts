import type { Cell, Sheet } from "hucre/xlsx";
import { TooFar } from "./far-cells.ts";
import { TooLarge, unpacked } from "./unpacked.ts";
import { xlsFlags } from "./xls-flags.ts";

/* The one file that knows the library for spreadsheets. */

/** A sheet as it stands, with its empty cells. */
export interface GridSheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly rows: readonly (readonly GridValue[])[];
  /** Counted from 0. */
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
  /** Cells whose text nobody is to read, by row and column, "6,2". */
  readonly unread: ReadonlyMap<string, Unread>;
  /** Cells that were made one, counted from 0 with both ends included; the value stands in the first. */
  readonly merges: readonly Merge[];
}

/** A date is a moment of UTC that shows what the wall would; a time alone is one of the system's first days. */
export type GridValue = string | number | boolean | Date | null;

/** Why something in a sheet is not to be read. */
export type Unread = "hidden" | "struck through";

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
  const other = otherKind(bytes);
  if (other !== undefined) return other;
  const flags = workbookKind(bytes) === "xls" ? xlsFlags(bytes) : undefined;
  if (flags?.isEncrypted) return LOCKED;
  if (flags === undefined && workbookKind(bytes) === "xls") return OLD;
  // Most rosters are no workbooks: nobody waits for the library before there is one.
  const { readXls, readXlsx } = await import("hucre/xlsx");
  try {
    if (flags !== undefined) {
      const { sheets } = await readXls(bytes);
      return sheets.map((sheet, at) => ({ ...gridOf(sheet, flags.is1904), ...flags.sheets[at] }));
    }
    const book = await readXlsx(unpacked(bytes), { readStyles: true });
    return book.sheets.map((sheet) => gridOf(sheet, book.dateSystem === "1904"));
  } catch (error) {
    if (error instanceof TooFar) return farBelow(error.row);
    return error instanceof TooLarge ? BOMB : BROKEN;
  }
}

const gridOf = (sheet: Sheet, is1904: boolean): GridSheet => ({
  name: sheet.name,
  isHidden: sheet.hidden === true || sheet.veryHidden === true,
  rows: Array.from(sheet.rows, (row: Sheet["rows"][number] | undefined, at) =>
    (row ?? []).map((value, column) => plainDate(value ?? formulaAt(sheet, at, column), is1904)),
  ),
  hiddenRows: new Set(
    [...(sheet.rowDefs ?? [])].flatMap(([row, { hidden, height }]) => (hidden || height === 0 ? [row] : [])),
  ),
  hiddenColumns: new Set(
    (sheet.columns ?? []).flatMap((column, at) => (column?.hidden || column?.width === 0 ? [at] : [])),
  ),
  unread: new Map([...(sheet.cells ?? [])].flatMap(([place, cell]) => unreadAt(place, cell))),
  merges: sheet.merges ?? [],
});

/** A format such as ;;; shows nothing of any value. */
const SHOWS_NOTHING = /^;+$/u;

/** A duty with a line through it is none any more. */
function unreadAt(place: string, { style, richText = [] }: Cell): readonly (readonly [string, Unread])[] {
  // Where a part of it has one, what counts is whatever stands beside: "日 準" with a line through 日.
  const isStruck = [style?.font, ...richText.map(({ font }) => font)].some(
    (font) => font?.strikethrough === true,
  );
  if (isStruck) return [[place, "struck through"]];
  return SHOWS_NOTHING.test(style?.numFmt ?? "") ? [[place, "hidden"]] : [];
}

/** A formula that nobody has reckoned yet stands for something: some programs write no results. */
function formulaAt({ cells }: Sheet, row: number, column: number): string | null {
  const formula = cells?.get(`${row},${column}`)?.formula;
  return formula === undefined ? null : `=${formula}`;
}

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

const OLD: NoWorkbook = {
  message: "the workbook is broken, or older than Excel 97",
  todo: "open it in Excel and save it as .xlsx, or as CSV",
};

/** What is packed like a workbook, or begins like one, and is none that can be read here. */
function otherKind(bytes: Uint8Array): NoWorkbook | undefined {
  const has = (text: string) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(text);
  if (has("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
    return { message: "the workbook is an OpenDocument file (.ods)", todo: "save it as .xlsx, or as CSV" };
  if (workbookKind(bytes) === "xlsx" && has("xl/workbook.bin"))
    return { message: "the workbook is a binary one (.xlsb)", todo: "save it as .xlsx, or as CSV" };
  if (workbookKind(bytes) === "xlsx" && !has("[Content_Types].xml"))
    return {
      message: "this is a ZIP archive without a workbook in it",
      todo: "unpack it, and name the file that is in it",
    };
  return undefined;
}

const farBelow = (row: number): NoWorkbook => ({
  message: `something stands in row ${row}, far below any roster`,
  todo: "delete the rows below the table in Excel, and save it",
});

const BROKEN: NoWorkbook = {
  message: "the workbook is broken",
  todo: "open it in Excel and save it again as .xlsx, or as CSV",
};
