/** The parts of a compound file's header and folder that are needed ([MS-CFB] 2.2, 2.6). Sectors have 512 or 4,096 bytes. */
const HEADER = 512;
const END = 0xffff_fffe;
const ENTRY = 128;
const STREAM = 2;

/**
 * A stream of a compound file, by its name; undefined where it is not there, is broken, or is smaller than 4,096 bytes and so kept
 * among the small ones. No workbook of Excel is.
 */
export function streamOf(bytes: Uint8Array, ...names: readonly string[]): Uint8Array | undefined {
  try {
    return readStream(bytes, names);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readStream(bytes: Uint8Array, names: readonly string[]): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 2 ** Math.min(view.getUint16(30, true), 12);
  const smallest = view.getUint32(56, true);
  const at = (sector: number): number => HEADER + (size > HEADER ? size - HEADER : 0) + sector * size;
  const next = chainIn(view, size, at);
  const chain = (first: number): readonly number[] => {
    const found: number[] = [];
    for (let sector = first; sector < END - 3; sector = next(sector)) {
      if (found.length * size > bytes.length) throw new RangeError("a chain of sectors without end");
      found.push(sector);
    }
    return found;
  };
  const joined = (first: number): Uint8Array => {
    const sectors = chain(first);
    const all = new Uint8Array(sectors.length * size);
    for (const [index, sector] of sectors.entries())
      all.set(bytes.subarray(at(sector), at(sector) + size), index * size);
    return all;
  };

  const folder = joined(view.getUint32(48, true));
  const entries = new DataView(folder.buffer);
  for (let entry = 0; entry + ENTRY <= folder.length; entry += ENTRY) {
    const length = Math.max(0, entries.getUint16(entry + 64, true) - 2);
    const name = new TextDecoder("utf-16le").decode(folder.subarray(entry, entry + Math.min(length, 62)));
    const isIt = entries.getUint8(entry + 66) === STREAM && names.includes(name);
    const bytesOf = entries.getUint32(entry + 120, true);
    if (isIt && bytesOf >= smallest) return joined(entries.getUint32(entry + 116, true)).subarray(0, bytesOf);
  }
  return undefined;
}

/** Which sector follows on which: the table's own sectors are listed in the header, and on from there. */
function chainIn(view: DataView, size: number, at: (sector: number) => number): (sector: number) => number {
  const perSector = size / 4;
  const table: number[] = [];
  for (let index = 0; index < 109; index += 1) table.push(view.getUint32(76 + index * 4, true));
  let further = view.getUint32(68, true);
  for (let count = view.getUint32(72, true); count > 0 && further < END; count -= 1) {
    for (let index = 0; index < perSector - 1; index += 1)
      table.push(view.getUint32(at(further) + index * 4, true));
    further = view.getUint32(at(further) + size - 4, true);
  }
  return (sector) =>
    view.getUint32(at(table[Math.floor(sector / perSector)] ?? END) + (sector % perSector) * 4, true);
}
