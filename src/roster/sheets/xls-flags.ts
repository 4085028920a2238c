import { streamOf } from "./compound-file.ts";

/** What an old workbook (.xls, BIFF8) says of its sheets beside their cells; the library does not tell. */
export interface XlsFlags {
  readonly isEncrypted: boolean;
  readonly is1904: boolean;
  /** In the order of the sheets. */
  readonly sheets: readonly SheetFlags[];
}

export interface SheetFlags {
  readonly isHidden: boolean;
  /** Counted from 0. */
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
}

/** Records of [MS-XLS] 2.3. */
const BOF = 0x0809;
const EOF = 0x000a;
const FILEPASS = 0x002f;
const DATEMODE = 0x0022;
const BOUNDSHEET = 0x0085;
const ROW = 0x0208;
const COLINFO = 0x007d;

/** No sheet of Excel 97–2003 has more. */
const MOST_COLUMNS = 256;

/** Undefined where the file is none that can be read. */
export function xlsFlags(bytes: Uint8Array): XlsFlags | undefined {
  const stream = streamOf(bytes, "Workbook", "Book");
  if (stream === undefined) return undefined;
  let [isEncrypted, is1904] = [false, false];
  const starts: { readonly at: number; readonly isHidden: boolean }[] = [];
  for (const { id, data } of recordsFrom(stream, 0)) {
    if (id === EOF) break;
    if (id === FILEPASS) isEncrypted = true;
    if (id === DATEMODE && data.byteLength >= 2) is1904 = data.getUint16(0, true) === 1;
    // Hidden, or very much so; what is no sheet of cells (a chart, a macro) has no rows.
    if (id === BOUNDSHEET && data.byteLength >= 6)
      starts.push({ at: data.getUint32(0, true), isHidden: (data.getUint8(4) & 3) !== 0 });
  }
  const sheets = starts.map(({ at, isHidden }) => ({ isHidden, ...hiddenIn(stream, at) }));
  return { isEncrypted, is1904, sheets };
}

function hiddenIn(stream: Uint8Array, from: number): Omit<SheetFlags, "isHidden"> {
  const hiddenRows = new Set<number>();
  const hiddenColumns = new Set<number>();
  let depth = 0;
  for (const { id, data } of recordsFrom(stream, from)) {
    // A chart on the sheet begins and ends in between.
    depth += id === BOF ? 1 : id === EOF ? -1 : 0;
    if (depth === 0) break;
    if (id === ROW && data.byteLength >= 14) {
      const isHidden = (data.getUint16(12, true) & 0x20) !== 0 || (data.getUint16(6, true) & 0x7fff) === 0;
      if (isHidden) hiddenRows.add(data.getUint16(0, true));
    }
    if (id === COLINFO && data.byteLength >= 10) {
      const [first, last, width] = [0, 2, 4].map((at) => data.getUint16(at, true)) as [
        number,
        number,
        number,
      ];
      if ((data.getUint16(8, true) & 1) !== 0 || width === 0)
        for (let column = first; column <= Math.min(last, MOST_COLUMNS); column += 1)
          hiddenColumns.add(column);
    }
  }
  return { hiddenRows, hiddenColumns };
}

function* recordsFrom(
  stream: Uint8Array,
  from: number,
): Iterable<{ readonly id: number; readonly data: DataView }> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  for (let at = from; at + 4 <= stream.length;) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    if (at + 4 + length > stream.length) return;
    yield { id, data: new DataView(stream.buffer, stream.byteOffset + at + 4, length) };
    at += 4 + length;
  }
}
