import { CSV_COLUMNS, type CsvColumn } from "../dialect.ts";
import { nearest } from "../people/nearest.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import type { Line } from "./records.ts";

/** The columns that a list of shifts has or may have. */
export interface ListingColumns {
  readonly required: readonly CsvColumn[];
  readonly optional: readonly CsvColumn[];
  /** The file's own names for them. It may then have other columns too, which are not read. */
  readonly called?: Readonly<Partial<Record<CsvColumn, string>>>;
}

/** Which line is the header, and what stands where below it. */
export interface Header {
  /** The line; more than one where it is repeated on each page. */
  readonly lines: ReadonlySet<number>;
  readonly width: number;
  readonly places: ReadonlyMap<CsvColumn, number>;
  /** Other columns stand to the right of the days and times: what a row lacks there may have slipped into them. */
  readonly hasOthers: boolean;
  /** Where each start stands with its end: more than one for shifts in two parts. */
  readonly pairs: readonly { readonly start: number | undefined; readonly end: number | undefined }[];
}

interface Found {
  readonly header?: Header;
  /** Lines that begin another table. */
  readonly others: ReadonlySet<number>;
  readonly problems: readonly RosterProblem[];
}

/** A line with the column of ours that each of its cells names; "" for none. */
interface Candidate extends Line {
  readonly names: readonly (CsvColumn | "")[];
}

const NO_OTHERS: ReadonlySet<number> = new Set();

/** Of the lines that could be the header, the fullest is it; two different ones that are as full are a doubt. */
export function headerOf(file: string, records: readonly Line[], columns: ListingColumns): Found {
  const fits = records
    .map((record): Candidate => ({ ...record, names: namesOf(record.cells, columns) }))
    .filter(({ names }) => names.some((name) => name !== ""));
  const whole = fits.filter(({ names }) => columns.required.every((name) => names.includes(name)));
  const fullness = ({ names }: Candidate) => new Set(names.filter((name) => name !== "")).size;
  const most = Math.max(0, ...(whole.length > 0 ? whole : fits).map(fullness));
  const best = (whole.length > 0 ? whole : fits).filter((one) => fullness(one) === most);
  const [header] = best;
  if (header === undefined || whole.length === 0)
    return { others: NO_OTHERS, problems: missing(file, header, records[0], columns) };

  const isSame = (one: Candidate) => String(one.names) === String(header.names);
  const rival = best.find((one) => !isSame(one));
  if (rival !== undefined) return { others: NO_OTHERS, problems: [twoHeaders(file, header, rival)] };
  const twice = twiceIn(header.names);
  if (twice !== undefined)
    return { others: NO_OTHERS, problems: [columnTwice(file, header, twice, columns)] };
  const others = whole.filter((one) => !isSame(one));
  return {
    header: {
      lines: new Set(whole.filter(isSame).map(({ line }) => line)),
      width: header.cells.length,
      places: new Map(CSV_COLUMNS.map((name) => [name, header.names.indexOf(name)])),
      hasOthers: header.names
        .slice(header.names.findIndex((name) => TIMES.has(name)) + 1)
        .some((name) => name === ""),
      pairs: pairsOf(header.names),
    },
    others: new Set(others.map(({ line }) => line)),
    problems: [
      ...others.map((one) => anotherTable(file, one, header)),
      ...(columns.called === undefined ? unknownColumns(file, header, columns) : []),
    ],
  };
}

const TIMES: ReadonlySet<CsvColumn | ""> = new Set(["date", "start", "end"]);

const plain = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** "Start 2", "2nd start" and "開始②" are a further "Start". */
const unnumbered = (text: string): string =>
  plain(text)
    .replaceAll(/\d+(?:st|nd|rd|th)?|[\s._#()-]+/gu, "")
    .trim();

function namesOf(
  cells: readonly string[],
  { required, optional, called }: ListingColumns,
): readonly (CsvColumn | "")[] {
  const known = [...required, ...optional];
  const titles = known.map((name) => [called?.[name] ?? name, name] as const);
  const exact = new Map(titles.map(([title, name]) => [plain(title), name]));
  const further = new Map(
    titles.flatMap(([title, name]) =>
      name === "start" || name === "end" ? [[unnumbered(title), name] as const] : [],
    ),
  );
  const first = cells.map((cell) => exact.get(plain(cell)) ?? "");
  if (!first.includes("start") || !first.includes("end")) return first;
  return cells.map((cell, place) =>
    first[place] !== "" || !/\d/u.test(plain(cell)) ? first[place]! : (further.get(unnumbered(cell)) ?? ""),
  );
}

/** The column that is there twice, and is not the start or end of a further part of the shift. */
function twiceIn(names: readonly (CsvColumn | "")[]): CsvColumn | undefined {
  const twice = CSV_COLUMNS.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const order = names.filter((name) => name === "start" || name === "end");
  const arePairs =
    order.length % 2 === 0 && order.every((name, at) => name === (at % 2 === 0 ? "start" : "end"));
  const isSplit = (name: CsvColumn) =>
    arePairs && !names.includes("endDate") && (name === "start" || name === "end");
  return twice.find((name) => !isSplit(name));
}

function pairsOf(names: readonly (CsvColumn | "")[]): Header["pairs"] {
  const places = (wanted: CsvColumn) => names.flatMap((name, place) => (name === wanted ? [place] : []));
  const [starts, ends] = [places("start"), places("end")];
  return Array.from({ length: Math.max(starts.length, ends.length, 1) }, (_, index) => ({
    start: starts[index],
    end: ends[index],
  }));
}

const titleOf = (name: CsvColumn, { called }: ListingColumns): string => called?.[name] ?? name;

function missing(
  file: string,
  best: Candidate | undefined,
  first: Line | undefined,
  columns: ListingColumns,
): readonly RosterProblem[] {
  const title = (name: CsvColumn) => titleOf(name, columns);
  const required = columns.required.map(title).join(",");
  const expected = columns.optional.reduce((list, name) => `${list}[,${title(name)}]`, required);
  if (first === undefined) {
    const todo = `begin it with ${expected}`;
    return [{ file, message: "it has no header line", todo, why: { code: "not-a-roster" } }];
  }
  const { line, cells } = best ?? first;
  const absent = columns.required.filter((name) => best?.names.includes(name) !== true).map(title);
  const [only] = absent;
  const meant = absent.length === 1 ? nearest(only!, cells) : undefined;
  const found =
    best === undefined
      ? `write a header ${expected}, or name its columns in program.yaml under \`columns\``
      : `line ${line} is taken for the header; ${meant === undefined ? "name its own" : `write ${quoted(meant)}`} under \`columns\` in program.yaml`;
  // One mistake, however many columns are called otherwise: it is one line that is to be mended.
  return [
    {
      file,
      line,
      ...(absent.length === 1 ? { field: only! } : {}),
      message: `there is no column ${absent.join(", nor ")}; the columns here are ${quoted(cells.join(", "))}`,
      why: { code: "no-column", text: absent.join(", ") },
      todo: found,
    },
  ];
}

const twoHeaders = (file: string, one: Line, other: Line): RosterProblem => ({
  file,
  line: other.line,
  message: `lines ${one.line} and ${other.line} could both be the header`,
  todo: "put each table into a file of its own",
  why: { code: "two-tables", text: String(one.line) },
});

const columnTwice = (
  file: string,
  { line }: Line,
  name: CsvColumn,
  columns: ListingColumns,
): RosterProblem => ({
  file,
  line,
  field: titleOf(name, columns),
  message: "the column is there twice",
  todo:
    name === "start" || name === "end"
      ? "a shift in two parts has Start, End, Start, End, in this order; else keep one of the two"
      : "give one of the two another name",
  why: { code: "column", text: titleOf(name, columns) },
});

const anotherTable = (file: string, { line }: Line, header: Line): RosterProblem => ({
  file,
  line,
  message: `another table begins here; the one with its header on line ${header.line} is read, and this one is left out`,
  todo: "put it into a file of its own, with an entry of its own in program.yaml",
  why: { code: "two-tables", text: String(header.line) },
});

/** Without `columns`, what is no column of ours is a slip of the pen. */
function unknownColumns(
  file: string,
  { line, cells, names }: Candidate,
  columns: ListingColumns,
): readonly RosterProblem[] {
  const known = [...columns.required, ...columns.optional];
  return cells.flatMap((cell, place): readonly RosterProblem[] => {
    if (names[place] !== "" || cell === "") return [];
    const meant = nearest(cell.toLowerCase(), known);
    const todo =
      meant === undefined
        ? `leave it out, or state \`columns\` in program.yaml; columns are ${known.join(", ")}`
        : `did you mean ${meant}?`;
    const message = `${quoted(cell)} is no column that is known here`;
    return [{ file, line, message, todo, why: { code: "column", text: cell } }];
  });
}
