import iconv from "iconv-lite";
import { gridOf, PEOPLE, textOf, type Written, type WrittenRow } from "./written.ts";
import { workbook } from "./workbooks.ts";

/* What hands and programs do to a table that can be read still. */

/** A table as it became, with what it says to whoever looks at it, and how its bytes are written. */
export interface Mutated {
  readonly written: Written;
  /** It may say this besides, or leave it out and name it. */
  readonly perhaps?: readonly string[];
  readonly bytes?: (written: Written) => Uint8Array | Promise<Uint8Array>;
}

/** Whole numbers from 0 to below the given one. */
export type Pick = (below: number) => number;

export type Mutation = (written: Written, pick: Pick) => Mutated;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The row at a place without its meaning: what it said may be lost, and must be named then. */
const changed = (written: Written, at: number, change: (row: WrittenRow) => WrittenRow): Written => ({
  ...written,
  rows: written.rows.map((row, index) => (index === at ? change(row) : row)),
});

const everywhere = (written: Written, change: (cells: readonly string[]) => readonly string[]): Written => ({
  ...written,
  header: written.header && change(written.header),
  rows: written.rows.map((row) => ({ ...row, cells: change(row.cells) })),
});

const cellOut = (cells: readonly string[], at: number) => cells.toSpliced(at, 1);
const cellTwice = (cells: readonly string[], at: number) => cells.toSpliced(at, 0, cells[at]!);
const widthOf = ({ rows }: Written): number => rows[0]!.cells.length;

/** All times of a list in another form. */
const inTimes = (written: Written, form: (time: string) => string): Mutated => ({
  written: {
    ...written,
    rows: written.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, at) => (written.times.includes(at) ? form(cell) : cell)),
    })),
  },
});

const parts = (time: string) => /^(\d\d):?(\d\d)$/u.exec(time)!.slice(1) as [string, string];

function twelve(time: string): string {
  const [hour, minute] = parts(time);
  const given = Number(hour);
  return `${given % 12 === 0 ? 12 : given % 12}:${minute} ${given < 12 ? "AM" : "PM"}`;
}

const wide = (text: string): string =>
  text.replaceAll(/[0-9:]/gu, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfe_e0));

const named = (written: Written, change: (name: string) => string, at?: number): Written => {
  const inCells = (cells: readonly string[]) =>
    cells.map((cell, place) => (place === written.name ? change(cell) : cell));
  if (written.name === -1)
    return { ...written, header: written.header!.map((cell, place) => (place === 0 ? cell : change(cell))) };
  const rows = written.rows.map((row, index) =>
    at === undefined || index === at ? { ...row, cells: inCells(row.cells) } : row,
  );
  return { ...written, rows };
};

const bytesOf =
  (separator: string, lineEnd: string, encode: (text: string) => Uint8Array = utf8) =>
  (written: Written): Mutated => ({
    written,
    bytes: (one) => encode(textOf(one, separator, lineEnd)),
  });

const sheetOf = (written: Written): Promise<Uint8Array> =>
  workbook([
    { name: "Roster", rows: gridOf(written).map((row) => row.map((cell) => (cell === "" ? null : cell))) },
  ]);

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  nothing: (written) => ({ written }),
  "a cell of one row is gone": (written, pick) => {
    const at = pick(widthOf(written));
    return {
      written: changed(written, pick(written.rows.length), (row) => {
        const cells = cellOut(row.cells, at);
        // A day without any duty, and a heading, are written just like what is left then.
        const isEmpty = cells.slice(1).every((cell) => cell === "");
        return { ...row, cells, says: isEmpty ? [] : row.says };
      }),
    };
  },
  "a cell of one row is there twice": (written, pick) => {
    const at = pick(widthOf(written));
    return {
      written: changed(written, pick(written.rows.length), (row) => ({
        ...row,
        cells: cellTwice(row.cells, at),
      })),
    };
  },
  "a column is gone": (written, pick) => ({ written: withoutColumn(written, pick(widthOf(written))) }),
  "a column is there twice": (written, pick) => {
    const at = pick(widthOf(written));
    return { written: everywhere(written, (cells) => cellTwice(cells, at)) };
  },
  "an empty column": (written, pick) => {
    const at = pick(widthOf(written) + 1);
    return { written: everywhere(written, (cells) => cells.toSpliced(at, 0, "")) };
  },
  "two columns change places": (written, pick) => {
    // A report without a header says by their places alone what its columns are.
    if (written.header === undefined) return { written };
    const [one, other] = [pick(widthOf(written)), pick(widthOf(written))];
    return {
      written: everywhere(written, (cells) => cells.with(one, cells[other]!).with(other, cells[one]!)),
    };
  },
  "rows in another order": (written) => ({ written: { ...written, rows: written.rows.toReversed() } }),
  "a row is gone": (written, pick) => ({
    written: { ...written, rows: written.rows.toSpliced(pick(written.rows.length), 1) },
  }),
  "a row is there twice": (written, pick) => {
    const at = pick(written.rows.length);
    return { written: { ...written, rows: written.rows.toSpliced(at, 0, written.rows[at]!) } };
  },
  "a title above": (written) => ({
    written: { ...written, above: [["ED schedule", ""], ["Printed 2026-11-28"], ...written.above] },
  }),
  "empty lines": (written) => ({
    written: { ...written, above: [[""], ...written.above, ["", "", ""]] },
  }),
  "totals below": (written) => ({
    written: {
      ...written,
      rows: [
        ...written.rows,
        { cells: ["Total", ...Array<string>(widthOf(written) - 1).fill("")], says: [] },
      ],
    },
  }),
  "the same table again below": (written) => ({
    written: {
      ...written,
      rows: [
        ...written.rows,
        ...(written.header === undefined ? [] : [{ cells: written.header, says: [] }]),
        ...written.rows.map(({ cells }) => ({ cells, says: [] })),
      ],
    },
    perhaps: written.rows.flatMap(({ says }) => says),
  }),
  "names in capitals": (written) => ({ written: named(written, (name) => name.toUpperCase()) }),
  "names with the family name first": (written) => ({
    written: named(written, (name) =>
      /^[A-Z]/u.test(name) ? name.split(" ").toReversed().join(", ") : name,
    ),
  }),
  "one name of somebody else": (written, pick) => {
    const at = pick(written.name === -1 ? 1 : written.rows.length);
    return { written: named(written, (name) => `Olivia ${name.split(" ")[1]}`, at) };
  },
  "names with an id of another": (written, pick) => ({
    written: named(written, (name) => `a1 ${name}`, pick(written.rows.length)),
  }),
  "e-mails of others": (written) => {
    if (written.format !== "amion-625c") return { written };
    const mails = written.rows.map(({ cells }) => cells[12]!);
    const rows = written.rows.map((row, at) => ({
      ...row,
      cells: row.cells.with(12, mails[(at + 1) % mails.length]!),
    }));
    return { written: { ...written, rows } };
  },
  "times without zeros": (written) => inTimes(written, (time) => time.replace(/^0(?=\d:)/u, "")),
  "times with seconds": (written) => inTimes(written, (time) => (time.includes(":") ? `${time}:00` : time)),
  "times with AM and PM": (written) => inTimes(written, twelve),
  "starts with AM and PM": (written) => inTimes({ ...written, times: written.times.slice(0, 1) }, twelve),
  "times in wide letters": (written) => inTimes(written, wide),
  "times in Japanese": (written) => inTimes(written, (time) => parts(time).join("時") + "分"),
  "weekdays below the header": (written) => weekdays(written, 2),
  "weekdays of another month": (written) => weekdays(written, 5),
  "a byte order mark": bytesOf(",", "\n", (text) => utf8(`\uFEFF${text}`)),
  "UTF-16": bytesOf("\t", "\r\n", (text) => iconv.encode(text, "utf-16le", { addBOM: true })),
  Shift_JIS: bytesOf(",", "\r\n", (text) => iconv.encode(text, "cp932")),
  "a workbook": (written) => ({ written, bytes: sheetOf }),
  "a workbook with an empty column": (written, pick) => {
    const at = pick(widthOf(written) + 1);
    return { written: everywhere(written, (cells) => cells.toSpliced(at, 0, "")), bytes: sheetOf };
  },
  "a workbook with rows in another order": (written) => ({
    written: { ...written, rows: written.rows.toReversed() },
    bytes: sheetOf,
  }),
  semicolons: bytesOf(";", "\r\n"),
  tabs: bytesOf("\t", "\r"),
  "Excel's first line": bytesOf(";", "\r\n", (text) => utf8(`sep=;\r\n${text}`)),
};

/** Nobody can miss a person's column, or the first or the last day. */
function withoutColumn(written: Written, at: number): Written {
  const left = everywhere(written, (cells) => cellOut(cells, at));
  if (written.format !== "matrix" || at === 0) return left;
  const isEdge = written.name === 0 && (at === 1 || at === widthOf(written) - 1);
  const gone = new Set(written.name === -1 ? saidBy(written, at) : isEdge ? saidOn(written, at) : []);
  const rows = left.rows.map((row) => ({ ...row, says: row.says.filter((one) => !gone.has(one)) }));
  return { ...left, rows };
}

const saidBy = ({ rows }: Written, at: number): readonly string[] =>
  rows.flatMap(({ says }) => says.filter((one) => one.startsWith(`${PEOPLE[at - 1]!.id} `)));

const saidOn = ({ rows }: Written, day: number): readonly string[] =>
  rows.flatMap(({ says, cells }) => {
    const before = cells.slice(1, day).filter((code) => code !== "").length;
    return cells[day] === "" ? [] : says.slice(before, before + 1);
  });

const LETTERS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The 1st of December 2026 is a Tuesday. */
function weekdays(written: Written, first: number): Mutated {
  if (written.format !== "matrix" || written.name === -1) return { written };
  const cells = ["", ...Array.from({ length: 31 }, (_, day) => LETTERS[(first + day) % 7]!)];
  return { written: { ...written, rows: [{ cells, says: [] }, ...written.rows] } };
}
