import { later, type Instant } from "#src/domain/time.ts";
import { partsTogether } from "../text/ledger.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import type { ReadingContext, RosterReading } from "../text/reader.ts";
import { withoutTornDays, type SheetReading } from "./torn-days.ts";

interface Sheets {
  readonly shown: readonly SheetReading[];
  readonly hidden: readonly SheetReading[];
}

/** A sheet that was kept, or that is still to be filled in. */
const OLD =
  /旧|古い|以前|控え?|コピー|バックアップ|案$|[(（]案[)）]|下書き|ひな形|ひな型|雛形|雛型|テンプレ|見本|記入例|サンプル|原本|(?<!\p{L})(?:old|backup|bak|copy|draft|template|sample|example|archived?|obsolete)(?!\p{L})/iu;

/** Sheets each of which may be the roster. */
export interface Rivals {
  readonly rivals: readonly SheetReading[];
}

/**
 * The sheets of a workbook as one roster where each is of days of its own: a sheet for each month. What is passed over is
 * told. Several sheets of the same days are a question.
 *
 * @returns undefined where none of them is a roster
 */
export function joinedSheets(
  file: string,
  { shown, hidden }: Sheets,
  context: ReadingContext,
): RosterReading | Rivals | undefined {
  const fitting = shown.filter(({ reading }) => reading.unreadable === undefined);
  if (fitting.length === 0) return undefined;
  const current = orAll(fitting, ({ name }) => !OLD.test(name.normalize("NFKC")));
  const own = orAll(current, ({ reading }) => saysAnything(reading));
  if (own.some((one, at) => own.slice(at + 1).some((other) => areRivals(one, other)))) return { rivals: own };
  const problems = [
    ...fitting.filter((one) => !current.includes(one)).map(({ name }) => oldSheet(file, name)),
    ...current.filter((one) => !own.includes(one)).map(({ name }) => emptySheet(file, name)),
    ...hidden.filter((one) => isOfOtherDays(one, own)).map(({ name }) => hiddenSheet(file, name)),
    ...shown.flatMap(({ name, reading }) => (isBrokenTable(reading) ? placedIn(file, name, reading) : [])),
  ];
  const [only] = own;
  if (only !== undefined && own.length === 1)
    return { ...only.reading, notUnderstood: [...only.reading.notUnderstood, ...problems] };
  const { readings, torn } = withoutTornDays(file, own, context.zone);
  return {
    ...partsTogether(readings),
    notUnderstood: [
      ...own.flatMap(({ name, reading }) => placedIn(file, name, reading)),
      ...torn,
      ...problems,
    ],
    ...coversOf(readings),
  };
}

/** Those of which this is true, where it is of any. */
function orAll(all: readonly SheetReading[], is: (one: SheetReading) => boolean): readonly SheetReading[] {
  const some = all.filter(is);
  return some.length > 0 ? some : all;
}

/** It has shifts, or something that may have been one. */
const saysAnything = ({ entries, accounts }: RosterReading): boolean =>
  entries.length > 0 || (accounts?.counts.leftOut ?? 0) > 0 || (accounts?.counts.skipped.outside ?? 0) > 0;

/** From when to when a sheet speaks: whole days, or from its first shift to its last. */
function spanOf({
  entries,
  covers,
}: RosterReading): { readonly from: Instant; readonly to: Instant } | undefined {
  if (covers !== undefined) return covers;
  const [first] = entries;
  if (first === undefined) return undefined;
  const from = entries.reduce((least, { start }) => (start < least ? start : least), first.start);
  const to = entries.reduce((most, { start }) => (start > most ? start : most), first.start);
  return { from, to: later(to, 1) };
}

/** Both are of the same days: of the shorter one half, or more; of lists any. */
function areRivals({ reading: one }: SheetReading, { reading: other }: SheetReading): boolean {
  const [a, b] = [spanOf(one), spanOf(other)];
  if (a === undefined || b === undefined) return false;
  const both = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  const isOfTables = one.covers !== undefined && other.covers !== undefined;
  return isOfTables ? both * 2 >= Math.min(a.to - a.from, b.to - b.from) : both > 0;
}

/** A hidden table of days that no other sheet has. */
function isOfOtherDays(one: SheetReading, own: readonly SheetReading[]): boolean {
  const { covers, entries, unreadable } = one.reading;
  if (unreadable !== undefined || covers === undefined || entries.length === 0) return false;
  return !OLD.test(one.name.normalize("NFKC")) && !own.some((other) => areRivals(one, other));
}

/** A sheet with days that cannot be read is a roster all the same; one of notes is none. */
const isBrokenTable = ({ unreadable, notUnderstood }: RosterReading): boolean =>
  unreadable !== undefined && notUnderstood.some(({ why }) => BROKEN.has(why.code));

const BROKEN: ReadonlySet<string> = new Set([
  "no-month",
  "another-weekday",
  "no-date",
  "ambiguous-date",
  "two-tables",
]);

const placedIn = (file: string, name: string, { notUnderstood }: RosterReading): readonly RosterProblem[] =>
  notUnderstood.map((problem) =>
    problem.file === file ? { ...problem, file: `${file}, ${name}` } : problem,
  );

/** All days of all sheets, without those in between that none of them has. */
function coversOf(readings: readonly RosterReading[]): Pick<RosterReading, "covers"> {
  const spans = readings
    .flatMap(({ covers }) => covers ?? [])
    .toSorted((one, other) => one.from - other.from);
  const [first] = spans;
  if (first === undefined || spans.length < readings.length) return {};
  let { to } = first;
  const without = spans.flatMap((one) => {
    const gap = one.from > to ? [{ from: to, to: one.from }] : [];
    if (one.to > to) ({ to } = one);
    return [...gap, ...(one.without ?? [])];
  });
  return { covers: { from: first.from, to, ...(without.length > 0 && { without }) } };
}

const oldSheet = (file: string, name: string): RosterProblem => ({
  file,
  message: `the sheet ${quoted(name)} is called an old one, a draft or a template, and was not read`,
  todo: "give it another name if it counts, or name it as `sheet:`",
  why: { code: "old-sheet", text: name },
});

const emptySheet = (file: string, name: string): RosterProblem => ({
  file,
  message: `the sheet ${quoted(name)} has no shifts: it says nothing, and takes nothing back`,
  todo: "fill it in, or delete it",
  why: { code: "empty-sheet", text: name },
});

const hiddenSheet = (file: string, name: string): RosterProblem => ({
  file,
  message: `the sheet ${quoted(name)} is hidden, and was not read`,
  todo: "show it if it counts, or name it as `sheet:`",
  why: { code: "hidden-sheet", text: name },
});
