import { dateText, type Instant, type Zone } from "#src/domain/time.ts";
import { quoted, type RosterProblem } from "../text/problem.ts";
import type { RosterEntry, RosterReading } from "../text/reader.ts";

/** One sheet as it was read. */
export interface SheetReading {
  readonly name: string;
  readonly reading: RosterReading;
}

/**
 * Two sheets may have the same days where one month ends. Where they say the same of a day it counts once; where they do
 * not, nothing of that day is read or taken back.
 */
export function withoutTornDays(file: string, sheets: readonly SheetReading[], zone: Zone) {
  const torn = sheets.flatMap((one, at) =>
    sheets.slice(at + 1).flatMap((other) => {
      const days = differingDays(one.reading, other.reading, zone);
      return days.length === 0 ? [] : [{ days, names: [one.name, other.name] }];
    }),
  );
  const all = new Set(torn.flatMap(({ days }) => days));
  return {
    readings: sheets.map(({ reading }) => withoutDays(reading, all, zone)),
    torn: torn.map(({ days, names }) => twice(file, days, names)),
  };
}

/** Days that two tables have, and of which they say different things. */
function differingDays(one: RosterReading, other: RosterReading, zone: Zone): readonly number[] {
  if (one.covers === undefined || other.covers === undefined) return [];
  const from = Math.max(one.covers.from, other.covers.from);
  const to = Math.min(one.covers.to, other.covers.to);
  const inBoth = ({ start }: RosterEntry) => start >= from && start < to;
  const byDay = ({ entries }: RosterReading) =>
    Map.groupBy(entries.filter(inBoth), ({ start }) => zone.dayOf(start));
  const [own, others] = [byDay(one), byDay(other)];
  const days = new Set([...own.keys(), ...others.keys()]);
  return [...days]
    .filter((day) => saidOf(own.get(day) ?? []) !== saidOf(others.get(day) ?? []))
    .toSorted((a, b) => a - b);
}

const saidOf = (entries: readonly RosterEntry[]): string =>
  entries
    .map(({ person, kind, start, end }) => `${person} ${kind} ${start} ${end}`)
    .toSorted()
    .join("\n");

function withoutDays(reading: RosterReading, days: ReadonlySet<number>, zone: Zone): RosterReading {
  if (days.size === 0) return reading;
  const isTorn = ({ start }: { readonly start: Instant }) => days.has(zone.dayOf(start));
  const entries = reading.entries.filter((one) => !isTorn(one));
  const { covers, accounts } = reading;
  const without = [...days].map((day) => ({ from: zone.at(day, 0), to: zone.at(day + 1, 0) }));
  return {
    ...reading,
    entries,
    ...(covers && { covers: { ...covers, without: [...(covers.without ?? []), ...without] } }),
    ...(accounts && { accounts: booksWithout(accounts, reading.entries.length - entries.length, isTorn) }),
  };
}

function booksWithout(
  { counts, list }: NonNullable<RosterReading["accounts"]>,
  lost: number,
  isTorn: (entry: RosterEntry) => boolean,
): NonNullable<RosterReading["accounts"]> {
  const gone = Math.min(lost, counts.read);
  return {
    counts: { ...counts, read: counts.read - gone, leftOut: counts.leftOut + gone },
    list: list.map((one) => {
      if (one.fate !== "read" || !one.entries.some(isTorn)) return one;
      const { fate: _, entries: __, ...place } = one;
      return { ...place, fate: "left out", reason: "two sheets say different things about its day" };
    }),
  };
}

const twice = (file: string, days: readonly number[], names: readonly string[]): RosterProblem => {
  const text = days.map(dateText).join(", ");
  return {
    file,
    message: `the sheets ${names.map(quoted).join(" and ")} say different things about ${text}, which was left out`,
    todo: "leave each day on one sheet, or write the same on both",
    why: { code: "days-twice", text: `${text} (${names.join(", ")})` },
  };
};
