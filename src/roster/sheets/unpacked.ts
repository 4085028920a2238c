import { nearCells } from "./far-cells.ts";
import { Unzip, UnzipInflate, zipSync } from "fflate";

/** Bytes that one part of a workbook may have, and all together: a year of a large department has a tenth of it. */
const MOST_OF_ONE = 24_000_000;
const MOST_OF_ALL = 40_000_000;
/** Sheets: a sheet a week for two years. Each takes a while to read, however little stands in it. */
const MOST_SHEETS = 104;

/** Bytes given to the unpacker at once: what it makes of them, a thousand times as much at worst, is counted in between. */
const PIECE = 4_096;

/** The parts that say what stands in cells; pictures, macros and histories are not even unpacked. */
const NEEDED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/iu;

const SHEET = /^xl\/worksheets\//iu;

/** The workbook would be larger than any roster once it is unpacked. */
export class TooLarge extends Error {}

/**
 * The same workbook, packed without compression: whoever reads it cannot be made to unpack gigabytes.
 *
 * @throws TooFar where a value stands far below all else in a sheet, TooLarge as soon as a part, or all of them, are too large or too many, whatever sizes the file claims
 */
export function unpacked(bytes: Uint8Array): Uint8Array {
  const parts: Record<string, Uint8Array> = {};
  let [all, sheets] = [0, 0];
  const unzip = new Unzip((file) => {
    if (!NEEDED.test(file.name) || Object.hasOwn(parts, file.name)) return;
    if (SHEET.test(file.name) && (sheets += 1) > MOST_SHEETS) throw new TooLarge();
    const pieces: Uint8Array[] = [];
    let own = 0;
    file.ondata = (error, piece, isLast) => {
      if (error !== null) throw error;
      [own, all] = [own + piece.length, all + piece.length];
      if (own > MOST_OF_ONE || all > MOST_OF_ALL) throw new TooLarge();
      pieces.push(piece);
      if (isLast)
        parts[file.name] = SHEET.test(file.name) ? nearCells(joined(pieces, own)) : joined(pieces, own);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += PIECE)
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  return zipSync(parts, { level: 0 });
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
