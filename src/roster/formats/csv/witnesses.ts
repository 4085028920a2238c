import type { PersonId } from "#src/domain/person.ts";
import { DAY, HOUR, MINUTE, type Zone } from "#src/domain/time.ts";
import { dateReader } from "../../text/dates/dates.ts";
import { weekdayOf } from "../../text/dates/day-cell.ts";
import type { CsvColumn } from "../../text/dialect.ts";
import type { ListingRow } from "../../text/tables/listing.ts";
import { quoted } from "../../text/problem.ts";
import type { RosterText } from "../../text/reader.ts";
import type { Times, Wrong } from "../../text/tables/row-times.ts";
import { dayOfWall, wallIn } from "../../text/dates/wall.ts";
import type { WhoIsWho } from "../../text/people/who.ts";

/** What was read of a row. */
export interface RowRead {
  readonly row: ListingRow;
  readonly person: PersonId | undefined;
  readonly times: readonly Times[];
}

/** What a row is by its other columns, to compare with what a further column says. */
interface Facts {
  readonly weekday: number;
  readonly hours: number;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly person: PersonId | undefined;
}

/** Something that a column which is not read may say of its rows. */
interface Kind {
  says(cell: string): number | string | undefined;
  isSame(said: number | string, facts: Facts): boolean;
  /** A little apart is no contradiction. */
  differs(said: number | string, facts: Facts): boolean;
  /** Nothing else looks like it: it needs no rows that agree. */
  readonly isClear?: true;
}

const same = (of: (facts: Facts) => number | string | undefined): Pick<Kind, "isSame" | "differs"> => ({
  isSame: (said, facts) => said === of(facts),
  differs: (said, facts) => said !== of(facts),
});

/** Half a day, as a clock of twelve hours is wrong. */
const HALF_DAY = 12;

/** Fewer hours are paid ones: a night has its rest, a whole day its sleep. An hour more is the night in which the clocks change. */
const LENGTH: Kind = {
  says: hoursIn,
  isSame: (said, { hours }) => Math.abs(Number(said) - hours) < 0.1,
  differs: (said, { hours }) => Number(said) - hours > 1 || Math.abs(hours - Number(said) - HALF_DAY) <= 1,
};

/**
 * A column that is not read still speaks: of the weekday, of how long the shift is, of its first or last day, of whose it is. What
 * it means shows in the rows: where most of them are as it says, the row that is not has a mistake in one of the two.
 * Weekdays look like nothing else, so that they count also where all of them differ: the dates may be in another order.
 */
export function witnessDoubts(
  { dates }: RosterText,
  { titles, found }: { readonly titles: readonly string[]; readonly found: readonly RowRead[] },
  zone: Zone,
  who: WhoIsWho,
): (row: ListingRow) => Wrong<CsvColumn> | undefined {
  const date = dateReader(dates);
  const dayIn = (cell: string) => {
    const at = date(cell);
    return at === undefined ? undefined : dayOfWall(at);
  };
  const kinds: readonly Kind[] = [
    { says: weekdayOf, isClear: true, ...same(({ weekday }) => weekday) },
    LENGTH,
    { says: dayIn, ...same(({ firstDay }) => firstDay) },
    { says: dayIn, ...same(({ lastDay }) => lastDay) },
    { says: (cell) => (who.byId(cell) ?? who.byMail(cell))?.id, ...same(({ person }) => person) },
  ];
  const all = found.map((one) => ({ ...one, facts: factsOf(one, zone) }));
  const doubts = new Map<number, Wrong<CsvColumn>>();
  const isWitness = new Set<Kind>();
  for (const [place, said] of byPlace(all)) {
    const title = titles[place] ?? "";
    const kind = kinds.find((one) => !isWitness.has(one) && isAbout(one, said));
    if (kind !== undefined) isWitness.add(kind);
    for (const { line, cell, facts } of said)
      if (kind?.differs(kind.says(cell)!, facts) === true) doubts.set(line, otherwise(cell, title));
  }
  return ({ line }) => doubts.get(line);
}

/** What each column that is not read says of the rows. */
function byPlace(rows: readonly (RowRead & { readonly facts: Facts })[]) {
  const said = rows.flatMap(({ row: { line, others }, facts }) =>
    others.map(({ place, text }) => ({ place, line, cell: text, facts })),
  );
  return [...Map.groupBy(said, ({ place }) => place)].toSorted(([one], [other]) => one - other);
}

function factsOf({ times, person }: RowRead, zone: Zone): Facts {
  const [start, end] = [wallIn(zone, times[0]!.start), wallIn(zone, times.at(-1)!.end)];
  const hours = times.reduce((sum, one) => sum + (one.end - one.start) / HOUR, 0);
  return {
    weekday: new Date(start).getUTCDay(),
    hours,
    firstDay: dayOfWall(start),
    // Until midnight is until the end of the day.
    lastDay: Math.floor((end - MINUTE) / DAY),
    person,
  };
}

/** Every cell says something of this kind, and most rows are so. */
function isAbout(kind: Kind, said: readonly { readonly cell: string; readonly facts: Facts }[]): boolean {
  const values = said.map(({ cell }) => kind.says(cell));
  if (values.length < FEWEST || values.includes(undefined)) return false;
  if (kind.isClear && new Set(values).size > 1) return true;
  const agreeing = said.filter(({ facts }, at) => kind.isSame(values[at]!, facts)).length;
  return agreeing >= FEWEST && agreeing * 2 > said.length;
}

const FEWEST = 2;

/** "9", "9.5", "9,5 h", "9:30", "9時間". */
function hoursIn(cell: string): number | undefined {
  const text = cell.normalize("NFKC").trim();
  const clock = /^(\d{1,2}):([0-5]\d)(?::00)?$/u.exec(text);
  if (clock !== null) return Number(clock[1]) + Number(clock[2]) / 60;
  const number = /^(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std\.?|時間)?$/iu.exec(text)?.[1];
  return number === undefined ? undefined : Number(number.replace(",", "."));
}

const otherwise = (cell: string, title: string): Wrong<CsvColumn> => ({
  field: "label",
  message: `${quoted(cell)} in the column ${quoted(title)}, which is not read, does not go with the rest of the row`,
  todo: "mend the one that is wrong (where many are: the order under `dates`), or take the column out",
  why: { code: "two-readings", text: cell },
});
