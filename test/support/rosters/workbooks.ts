import { zipSync } from "fflate";
import { writeXlsx, type WriteSheet } from "hucre/xlsx";

/** A day as a cell has it. */
export const onDay = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** A time of the clock as a cell has it: a part of a day, with a format that says so. */
export const clockCell = (hours: number) => ({ value: hours / 24, style: { numFmt: "h:mm" } });

/** A workbook's bytes. */
export const workbook = async (
  sheets: readonly WriteSheet[],
  options: {
    readonly dateSystem?: "1900" | "1904";
    readonly encryption?: { readonly password: string };
  } = {},
): Promise<Uint8Array> => writeXlsx({ sheets: [...sheets], ...options });

/** A workbook of a few hundred thousand bytes that unpacks to `megabytes`, and says that it does not. */
export function bomb(megabytes: number): Uint8Array {
  const sheet = new Uint8Array(megabytes * 1_000_000).fill(0x20);
  const packed = zipSync({
    "[Content_Types].xml": new Uint8Array(10),
    "xl/worksheets/sheet1.xml": [sheet, { level: 9 }],
  });
  // The size that the archive claims, in its local and in its central header.
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length - 4; at += 1) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint32(at + 22, 1_000, true);
    if (signature === 0x02014b50) view.setUint32(at + 24, 1_000, true);
  }
  return packed;
}

/** Bytes of a part that is no workbook at all, packed like one. */
export const notAWorkbook = (): Uint8Array => zipSync({ "readme.txt": new Uint8Array(10) });
