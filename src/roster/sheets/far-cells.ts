/** Rows from which on a sheet is looked at more closely, and the last one in which something of a roster may stand. */
const MANY = 20_000;
const LAST = 100_000;

/** So much of a sheet's end has its last row. */
const TAIL = 4_000;

const ROW = /<(?:\w+:)?row\b[^>]*?\br="(\d+)"/gu;
const EMPTY_CELL = /<(?:(\w+:))?c\b[^>]*?(?:\/>|>\s*<\/\1?c>)/gu;
const FILLED_ROW = /<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*>\s*<(?:\w+:)?c\b/gu;

/** Something stands far below all else in a sheet. */
export class TooFar extends Error {
  readonly row: number;

  constructor(row: number) {
    super();
    this.row = row;
  }
}

/**
 * The XML of a sheet without cells that have a colour and no value, where some stand far below: the library makes a million
 * rows of one of them.
 *
 * @throws TooFar where there is a value
 */
export function nearCells(sheet: Uint8Array): Uint8Array {
  const tail = new TextDecoder().decode(sheet.subarray(-TAIL));
  if (lastRow(tail, ROW) <= MANY) return sheet;
  const text = new TextDecoder().decode(sheet).replaceAll(EMPTY_CELL, "");
  const last = lastRow(text, FILLED_ROW);
  if (last > LAST) throw new TooFar(last);
  return new TextEncoder().encode(text);
}

function lastRow(text: string, pattern: RegExp): number {
  let last = 0;
  for (const [, row] of text.matchAll(pattern)) last = Math.max(last, Number(row));
  return last;
}
