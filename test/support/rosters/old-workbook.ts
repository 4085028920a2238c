/** A sheet of an old workbook (.xls). */
export interface OldSheet {
  readonly name: string;
  /** Texts, and numbers; a `Date` is a day. */
  readonly rows: readonly (readonly (string | number | Date | null)[])[];
  readonly isHidden?: boolean;
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
}

/** An old workbook as Excel 97–2003 writes it: BIFF8 records ([MS-XLS]) in a compound file ([MS-CFB]). */
export function oldWorkbook(
  sheets: readonly OldSheet[],
  { is1904 = false, isEncrypted = false }: { readonly is1904?: boolean; readonly isEncrypted?: boolean } = {},
): Uint8Array {
  const strings = [
    ...new Set(sheets.flatMap(({ rows }) => rows.flat().filter((cell) => typeof cell === "string"))),
  ];
  const bodies = sheets.map((sheet) => sheetRecords(sheet, strings, is1904));
  const before = Buffer.concat([
    record(0x0809, u16(0x0600), u16(0x0005), Buffer.alloc(12)),
    ...(isEncrypted ? [record(0x002f, Buffer.alloc(54))] : []),
    record(0x0022, u16(is1904 ? 1 : 0)),
    // Style 0 is plain, and style 1 a day (format 14).
    ...[0, 14].map((format) => record(0x00e0, u16(0), u16(format), Buffer.alloc(16))),
  ]);
  const after = Buffer.concat([
    record(
      0x00fc,
      u32(strings.length),
      u32(strings.length),
      ...strings.map((text) =>
        Buffer.concat([u16(text.length), Buffer.from([1]), Buffer.from(text, "utf16le")]),
      ),
    ),
    record(0x000a),
  ]);
  const names = sheets.map(({ name }) =>
    Buffer.concat([Buffer.from([name.length, 1]), Buffer.from(name, "utf16le")]),
  );
  let at = before.length + names.reduce((sum, name) => sum + 4 + 6 + name.length, 0) + after.length;
  const bounds = sheets.map(({ isHidden }, index) => {
    const bound = record(0x0085, u32(at), Buffer.from([isHidden ? 1 : 0, 0]), names[index]!);
    at += bodies[index]!.length;
    return bound;
  });
  return compound(Buffer.concat([before, ...bounds, after, ...bodies]));
}

const EPOCHS = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

function sheetRecords(
  { rows, hiddenRows = [], hiddenColumns = [] }: OldSheet,
  strings: readonly string[],
  is1904: boolean,
): Buffer {
  const cells = rows.flatMap((row, line) =>
    row.flatMap((cell, column) => {
      const place = [u16(line), u16(column)];
      if (cell === null) return [];
      if (typeof cell === "string") return [record(0x00fd, ...place, u16(0), u32(strings.indexOf(cell)))];
      const number = Buffer.alloc(8);
      const isDay = cell instanceof Date;
      number.writeDoubleLE(isDay ? (cell.getTime() - EPOCHS[is1904 ? 1904 : 1900]) / 86_400_000 : cell);
      return [record(0x0203, ...place, u16(isDay ? 1 : 0), number)];
    }),
  );
  return Buffer.concat([
    record(0x0809, u16(0x0600), u16(0x0010), Buffer.alloc(12)),
    ...hiddenColumns.map((column) =>
      record(0x007d, u16(column), u16(column), u16(2_560), u16(0), u16(1), u16(0)),
    ),
    ...rows.map((row, line) =>
      record(
        0x0208,
        u16(line),
        u16(0),
        u16(row.length),
        u16(255),
        u16(0),
        u16(0),
        u16(hiddenRows.includes(line) ? 0x120 : 0x100),
        u16(0),
      ),
    ),
    ...cells,
    record(0x000a),
  ]);
}

const SECTOR = 512;
const [FREE, END, TABLE] = [0xffff_ffff, 0xffff_fffe, 0xffff_fffd];

/** Sectors: the folder, the stream, and the table that says which follows on which. */
function compound(stream: Buffer): Uint8Array {
  const padded = Buffer.concat([stream, Buffer.alloc(Math.max(4_096 - stream.length, 0))]);
  const count = Math.ceil(padded.length / SECTOR);
  const tables = Math.ceil((1 + count) / (SECTOR / 4 - 1));
  const next = [
    END,
    ...Array.from({ length: count }, (_, index) => (index === count - 1 ? END : index + 2)),
    ...Array.from({ length: tables }, () => TABLE),
  ];
  const table = Buffer.alloc(tables * SECTOR, 0xff);
  for (const [index, sector] of next.entries()) table.writeUInt32LE(sector, index * 4);
  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(header);
  for (const [at, value] of [
    [24, 0x3e],
    [26, 3],
    [28, 0xfffe],
    [30, 9],
    [32, 6],
  ] as const)
    header.writeUInt16LE(value, at);
  for (const [at, value] of [
    [44, tables],
    [48, 0],
    [56, 4_096],
    [60, END],
    [64, 0],
    [68, END],
    [72, 0],
  ] as const)
    header.writeUInt32LE(value, at);
  header.fill(0xff, 76);
  for (let index = 0; index < tables; index += 1) header.writeUInt32LE(1 + count + index, 76 + index * 4);
  const folder = Buffer.concat([
    entry("Root Entry", 5, END, 0, 1),
    entry("Workbook", 2, 1, padded.length),
    Buffer.alloc(256, 0),
  ]);
  return Buffer.concat([header, folder, padded, Buffer.alloc(count * SECTOR - padded.length), table]);
}

function entry(name: string, kind: number, first: number, size: number, child = FREE): Buffer {
  const found = Buffer.alloc(128, 0);
  found.write(name, 0, "utf16le");
  found.writeUInt16LE((name.length + 1) * 2, 64);
  found.writeUInt8(kind, 66);
  found.writeUInt8(1, 67);
  for (const [at, value] of [
    [68, FREE],
    [72, FREE],
    [76, child],
    [116, first],
    [120, size],
  ] as const)
    found.writeUInt32LE(value, at);
  return found;
}

function record(id: number, ...parts: readonly Buffer[]): Buffer {
  const data = Buffer.concat(parts);
  return Buffer.concat([u16(id), u16(data.length), data]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}
