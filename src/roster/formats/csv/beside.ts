import type { Person } from "#src/domain/person.ts";
import type { Zone } from "#src/domain/time.ts";
import { clockTime } from "../../text/dates/dates.ts";
import { saysTakenBack, type Away, type AwayWords } from "../../text/duties/away.ts";
import { sayer, type CsvColumn } from "../../text/dialect.ts";
import { changeReader, isOnlyHours } from "../../text/duties/noted.ts";
import { hoursReader } from "../../text/duties/spoken-hours.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import type { Listing, ListingRow, OtherCell } from "../../text/tables/listing.ts";
import type { Times, Wrong } from "../../text/tables/row-times.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { remembered } from "../../text/remembered.ts";
import { saysTentative } from "../../text/tentative.ts";
import { columnSays, isNo, saysGone, saysOpen, type ColumnSays } from "./flags.ts";

interface Words {
  readonly who: WhoIsWho;
  readonly awayOf: (text: string) => AwayWords;
  /** Undefined where a row has not one time. */
  readonly timesOf: (row: ListingRow) => Times | undefined;
  readonly zone: Zone;
}

/**
 * Columns that are not read may say that a row does not count: "Covered By", "Published: No", "Status: Pending", 欠勤 ○, or a note that only a part of it is worked. Whether
 * it does then nobody knows. What `duty` of program.yaml lists is duty all the same. Of leave, only what takes it back counts.
 */
export function besideDoubts(
  source: RosterText,
  { titles, rows }: Listing,
  { who, awayOf, timesOf, zone }: Words,
): (row: ListingRow, away: Away, person: Person | undefined) => Wrong<CsvColumn> | undefined {
  const says = titles.map(columnSays);
  const saysDuty = sayer(source.duty);
  const isElse = (text: string, person: Person | undefined) =>
    person !== undefined && who.givenAway(text, person);
  const isOther = (said: ColumnSays | undefined, text: string, person: Person | undefined) => {
    if ((said !== "who works" && said !== "cover") || isNo(text)) return false;
    const found = who.named(text);
    return "person" in found ? found.person !== person : said === "who works";
  };
  // A list repeats the same few cells thousands of times.
  const states = titles.map((title, place) => remembered((text) => stateOf(title, says[place], text)));
  const stateOf = (title: string, said: ColumnSays | undefined, text: string): readonly Against[] => {
    if (saysDuty(text)) return [];
    const isAway = awayOf(text).timed === "yes";
    if (said === "away" && isYes(text)) return [{ wrong: doesNotCount(text, title), isLeaveToo: false }];
    if (isAgainst(said, text) || saysGone(text, title) || saysOpen(text, title))
      return [{ wrong: doesNotCount(text, title), isLeaveToo: !isAway }];
    if (isShort(text) && (saysTakenBack(text) || saysTentative(text)))
      return [{ wrong: unread(text), isLeaveToo: true }];
    return isAway ? [{ wrong: unread(text), isLeaveToo: false }] : [];
  };
  const changes = changeReader(source, zone);
  const saysOtherHours = hoursReader(source, zone);
  const isChanged = (text: string, row: ListingRow) => {
    if (!changes(text) && !isOnlyHours(text)) return false;
    const times = timesOf(row);
    return changes(text, times) || (times !== undefined && isOnlyHours(text) && saysOtherHours(text, times));
  };
  const doubt = ({ place, text }: OtherCell, row: ListingRow, away: Away, person: Person | undefined) => {
    if (away === "no" && isOther(says[place], text, person)) return inTheirPlace(text, titles[place] ?? "");
    const found = states[place]?.(text).find(({ isLeaveToo }) => isLeaveToo || away === "no");
    if (found !== undefined) return found.wrong;
    if (away === "no" && isElse(text, person)) return unread(text);
    return away === "no" && says[place] === "note" && isChanged(text, row) ? changed(text) : undefined;
  };
  // Where some rows are marked as published, one without the mark is not.
  const marked = says.flatMap((said, place) =>
    said === "published" && rows.some(({ others }) => others.some((one) => one.place === place))
      ? [place]
      : [],
  );
  return (row, away, person) => {
    if (away !== "no" && away !== "yes") return undefined;
    for (const other of row.others) {
      const found = doubt(other, row, away, person);
      if (found !== undefined) return found;
    }
    const blank = marked.find((at) => !row.others.some(({ place }) => place === at));
    return blank === undefined ? undefined : doesNotCount("", titles[blank]!);
  };
}

/** Why a row is left out, and whether it is also where it says leave: "Rejected" takes leave back, and "Absent" does not. */
interface Against {
  readonly wrong: Wrong<CsvColumn>;
  readonly isLeaveToo: boolean;
}

/** By its title and a cell, a column says that the row does not count. */
function isAgainst(said: ColumnSays | undefined, cell: string): boolean {
  if (said === "taken back") return !isNo(cell);
  // Whoever approves may leave out what needs no approval.
  if (said === "approved" && /^(?:\p{Pd}+|n\/?a)$/iu.test(cell)) return false;
  return (said === "published" || said === "approved") && (isNo(cell) || /^[×✕✗✘]$/u.test(cell));
}

/** Not the time at which somebody leaves. */
const isYes = (cell: string): boolean =>
  !isNo(cell) && !/^\d{1,2}:\d{2}/u.test(cell) && clockTime(cell) === undefined;

/** A longer cell is a note, which may speak of something else. */
const isShort = (cell: string): boolean => cell.split(/\s+/u).length <= FEW_WORDS;
const FEW_WORDS = 3;

const unread = (cell: string): Wrong<CsvColumn> => ({
  field: "label",
  message: `${quoted(cell)} stands beside it, in a column that is not read`,
  todo: "take the row out if it does not take place; else name that column `label` under `columns` in program.yaml, or take it out",
  why: { code: "two-readings", text: cell },
});

const changed = (note: string): Wrong<CsvColumn> => ({
  field: "label",
  message: `${quoted(note)} stands beside it, and may change who works it, or when`,
  todo: "write who works it and its hours into the row, and take the note out; or list its words under `duty` in program.yaml",
  why: { code: "two-readings", text: note },
});

const inTheirPlace = (cell: string, title: string): Wrong<CsvColumn> => ({
  field: "person",
  message: `${quoted(cell)} in the column ${quoted(title)} may work in their place`,
  todo: "write who works it as the person of the row, and leave that cell empty",
  why: { code: "two-readings", text: `${title}: ${cell}` },
});

const doesNotCount = (cell: string, title: string): Wrong<CsvColumn> => ({
  field: "label",
  message: `${quoted(cell)} in the column ${quoted(title)} says that the row does not count, or not yet`,
  todo: "take the row out if it does not take place; else mend that cell, list its word under `duty` in program.yaml, or take the column out",
  why: { code: "two-readings", text: `${title}: ${cell}` },
});
