import type { Zone } from "#src/domain/time.ts";
import type { CsvColumn } from "../../text/dialect.ts";
import { inUtc, inZone, type ToInstant } from "../../text/dates/wall.ts";
import { zoneSaid, type SaidZone } from "../../text/dates/zone-words.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import { remembered } from "../../text/remembered.ts";
import type { Listing, ListingRow } from "../../text/tables/listing.ts";
import type { Times, Wrong } from "../../text/tables/row-times.ts";
import { timesReader } from "./times.ts";

/* A list may say of itself that its times are those of another zone: in a heading, in a column, or in a line above or below. */

/** The headings of times: "Start (UTC)", "startUtc", 開始（協定世界時）. */
function saidByHeadings({ columns }: RosterText): readonly (SaidZone | undefined)[] {
  const titles = [columns?.date, columns?.start, columns?.end, columns?.endDate];
  return titles
    .filter((title) => title !== undefined)
    .map((title) => zoneSaid(title.replaceAll(/(?<=\p{Ll})(?=\p{Lu})|_/gu, " ")));
}

/** UTC where all headings of days and times say so; else the program's zone. */
export function fileClock(source: RosterText, zone: Zone): ToInstant {
  return saidByHeadings(source).every((said) => said?.isUtc) && source.columns?.start !== undefined
    ? inUtc
    : inZone(zone);
}

/**
 * Tells of a row that the file says another zone of it, in which it would be at another time. Times that carry their own offset
 * are the same in each, and so are those of a zone that shows the same time.
 */
export function zoneDoubts(
  source: RosterText,
  { rows, titles, above }: Listing,
  zone: Zone,
): (row: ListingRow, isLeave: boolean, times: readonly Times[]) => Wrong<CsvColumn> | undefined {
  const isUtc = fileClock(source, zone) === inUtc;
  const ofFile = [
    ...(isUtc ? [] : saidByHeadings(source)),
    ...[...above, ...rows.filter(isNote).map(plainText)].map(saidByNote),
  ].filter((said) => said !== undefined);
  const saidByCell = remembered((cell) => (ALONE.test(cell.normalize("NFKC")) ? zoneSaid(cell) : undefined));
  const saidByColumn = remembered((cell) => (LOCAL.test(cell) ? undefined : zoneSaid(cell, true)));
  const ofRow = ({ others }: ListingRow) =>
    others.flatMap(
      ({ place, text }) => (COLUMN.test(titles[place] ?? "") ? saidByColumn : saidByCell)(text) ?? [],
    );
  const days = inZone(zone);
  const readers = new Map<ToInstant, ReturnType<typeof timesReader>>();
  const isSame = (said: SaidZone, row: ListingRow, isLeave: boolean, times: readonly Times[]) =>
    said.clocks.some((clock) => {
      if (!readers.has(clock)) readers.set(clock, timesReader(source, clock, days));
      return areEqual(readers.get(clock)!(row, isLeave), times);
    });
  return (row, isLeave, times) => {
    // Headings speak of the times below them; what else a row says of zones may be where somebody lives.
    const said = [...ofFile, ...(isUtc ? [] : ofRow(row))];
    const other = said.find((one) => !isSame(one, row, isLeave, times));
    return other === undefined ? undefined : elsewhere(other.text, zone);
  };
}

const COLUMN = /time[\s_-]*zone|^tz|(?:utc|gmt)[\s_-]*offset|タイムゾーン|標準時/iu;
/** Nothing but a zone is written so, whatever stands above it. */
const ALONE = /^(?:\p{L}+\/[\p{L}_/]+|[\p{L}. ]+ (?:standard|daylight) time|\(?(?:UTC|GMT)[+-]\d.*)$/iu;
const LOCAL =
  /^(?:(?:local|site|hospital|facility|default|n\/?a|none|same)(?:[\s(].*)?|[-–—]+)$|現地|院内|ローカル/iu;

/** A line that has a zone speaks of the times below it, but for one that says when it was printed. */
function saidByNote(line: string): SaidZone | undefined {
  const text = line.normalize("NFKC");
  if (PRINTED.test(text) && !OF_TIMES.test(text)) return undefined;
  const [, behind = ""] = OF_ZONE.exec(text) ?? [];
  const said = [zoneSaid(behind, true), zoneSaid(text)].find((one) => (one?.clocks.length ?? 0) > 0);
  return said !== undefined && ABOUT.test(text) ? { ...said, text: line } : undefined;
}

const PRINTED =
  /print|export|generat|creat|updat|publish|as of|report date|run date|出力|作成|印刷|更新|現在|発行/iu;
const OF_TIMES = /\btimes\b|\bhours\b|time[\s_-]*zone|タイムゾーン|時刻は|時間は|時刻:|時間:/iu;
const OF_ZONE = /(?:time[\s_-]*zone|タイムゾーン)\s*[:=]?\s*(?:is |は)?\s*(.*)$/iu;
/** "EST" may be the name of a hospital, but not in brackets or beside these words. */
const ABOUT = /\btimes?\b|\bhours\b|zone|時|タイムゾーン|[([]|\p{L}\/\p{L}/iu;

/** It is a note, and no row of a list: leave without times still has its day. */
const isNote = ({ cells, spans }: ListingRow): boolean =>
  !/\d/u.test(cells.date) && spans.every(({ start, end }) => start === "" && end === "");

const plainText = ({ cells, others }: ListingRow): string =>
  [...Object.values(cells), ...others.map(({ text }) => text)].filter((text) => text !== "").join(" ");

const areEqual = (one: ReturnType<ReturnType<typeof timesReader>>, other: readonly Times[]): boolean =>
  !("message" in one) &&
  one.length === other.length &&
  one.every(({ start, end }, at) => start === other[at]!.start && end === other[at]!.end);

const elsewhere = (text: string, zone: Zone): Wrong<CsvColumn> => ({
  field: "start",
  message: `the file says ${quoted(text)}, the time names no zone, and the program is in ${zone.name}`,
  todo: "export the list in the program's zone, or write an offset such as -05:00 with each time; take the zone out if it does not count",
  why: { code: "zone", text },
});
