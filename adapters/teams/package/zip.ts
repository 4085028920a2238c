import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

/** 1 January 2026 as DOS writes it: the same files give the same archive, whenever it is made. */
const DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATE = 8;

/** Files at the top of a ZIP archive, which is all that Teams admits. */
export function zipOf(files: Readonly<Record<string, Buffer>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, data] of Object.entries(files)) {
    const packed = deflateRawSync(data, { level: 9 });
    const title = Buffer.from(name);
    const facts = [
      ...short(FLAGS, DEFLATE, 0, DATE),
      ...long(crc32(data), packed.length, data.length),
      ...short(title.length, 0),
    ];
    const local = Buffer.from([...long(0x04034b50), ...short(VERSION), ...facts]);
    directory.push(
      Buffer.from([
        ...long(0x02014b50),
        ...short(VERSION, VERSION),
        ...facts,
        ...short(0, 0, 0),
        ...long(0, offset),
      ]),
      title,
    );
    parts.push(local, title, packed);
    offset += local.length + title.length + packed.length;
  }
  const count = Object.keys(files).length;
  const listed = Buffer.concat(directory);
  const end = [
    ...long(0x06054b50),
    ...short(0, 0, count, count),
    ...long(listed.length, offset),
    ...short(0),
  ];
  return Buffer.concat([...parts, listed, Buffer.from(end)]);
}

const short = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [value & 0xff, (value >>> 8) & 0xff]);
const long = (...values: readonly number[]): readonly number[] =>
  values.flatMap((value) => [
    value & 0xff,
    (value >>> 8) & 0xff,
    (value >>> 16) & 0xff,
    (value >>> 24) & 0xff,
  ]);

/** One file of an archive that `zipOf` (or any other program) made; undefined when there is none of that name. */
export function fileIn(archive: Buffer, wanted: string): Buffer | undefined {
  const end = archive.lastIndexOf(Buffer.from(long(0x06054b50)));
  if (end < 0) return undefined;
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, title] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)];
    const [extra, comment] = [archive.readUInt16LE(at + 30), archive.readUInt16LE(at + 32)];
    if (archive.toString("utf8", at + 46, at + 46 + title) === wanted) {
      const local = archive.readUInt32LE(at + 42);
      const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
      const data = archive.subarray(from, from + packed);
      return archive.readUInt16LE(at + 10) === DEFLATE ? inflateRawSync(data) : data;
    }
    at += 46 + title + extra + comment;
  }
  return undefined;
}
