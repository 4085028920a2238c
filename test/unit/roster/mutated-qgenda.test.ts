import fc from "fast-check";
import { expect, it } from "vitest";
import { qgenda } from "#src/roster/formats/qgenda/qgenda.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { endOf, startOf } from "#test/support/rosters/written-calendars.ts";
import { PEOPLE, said, ZONE, type Shift } from "#test/support/rosters/written.ts";
import type { Temporal } from "temporal-polyfill";
import { contextOf } from "./context.ts";

/*
 * Whatever becomes of an answer of QGenda's interface that can be read still: what is read of it is what was written, or
 * the difference is named, and the books add up to its entries.
 */

const RUNS = campaignSize({ quick: 40, usual: 150, long: 3_000 });
const context = contextOf({
  timeZone: ZONE,
  people: PEOPLE,
  from: "2026-11-20T00:00",
  to: "2027-01-15T00:00",
});

type Entry = Readonly<Record<string, unknown>>;

const inUtc = (at: Temporal.PlainDateTime): string => at.toZonedDateTime(ZONE).toInstant().toString();

/** A shift as the interface has it: both clocks, and both of a person's names. */
function entryOf({ who, day, code }: Shift): Entry {
  const { name, email } = PEOPLE[who]!;
  // A name in Japanese has the surname first.
  const [first, last] = /\p{sc=Han}/u.test(name) ? name.split(" ").toReversed() : name.split(" ");
  const [start, end] = [startOf(day, code), endOf(day, code)];
  return {
    StaffEmail: email,
    StaffFName: first,
    StaffLName: last,
    StartDate: `${start.toPlainDate().toString()}T00:00:00`,
    StartTime: start.toPlainTime().toString({ smallestUnit: "second" }),
    EndDate: `${end.toPlainDate().toString()}T00:00:00`,
    EndTime: end.toPlainTime().toString({ smallestUnit: "second" }),
    StartDateUTC: inUtc(start),
    EndDateUTC: inUtc(end),
    TimeZone: "(UTC-05:00) Eastern Time (US & Canada)",
    TaskName: `ED ${code}`,
    TaskType: "Working",
    IsPublished: true,
    IsStruck: false,
  };
}

type Pick = (below: number) => number;
/** An answer as it became, with the entry whose shift it does not say any more. */
interface Mutated {
  readonly text: string;
  readonly gone?: number;
}
type Mutation = (entries: readonly Entry[], pick: Pick) => Mutated;

const every =
  (change: (entry: Entry) => Entry): Mutation =>
  (entries) => ({ text: JSON.stringify(entries.map(change)) });
const inOne = (entries: readonly Entry[], at: number, change: Entry): string =>
  JSON.stringify(entries.with(at, { ...entries[at], ...change }));
/** One entry says something else. */
const one =
  (...changes: readonly (Entry | ((entry: Entry) => Entry))[]): Mutation =>
  (entries, pick) => {
    const at = pick(entries.length);
    const change = changes[pick(changes.length)]!;
    return { text: inOne(entries, at, typeof change === "function" ? change(entries[at]!) : change) };
  };
/** One entry is passed over. */
const passedOver =
  (change: Entry): Mutation =>
  (entries, pick) => {
    const gone = pick(entries.length);
    return { text: inOne(entries, gone, change), gone };
  };
const without =
  (...names: readonly string[]) =>
  (entry: Entry): Entry =>
    Object.fromEntries(Object.entries(entry).filter(([name]) => !names.includes(name)));

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  nothing: every((entry) => entry),
  "a byte order mark": (entries) => ({ text: `\uFEFF${JSON.stringify(entries)}` }),
  "entries in another order": (entries) => ({ text: JSON.stringify(entries.toReversed()) }),
  "each entry twice": (entries) => ({ text: JSON.stringify([...entries, ...entries]) }),
  "fields of no use": every((entry) => ({ ...entry, TaskIsPrintStart: true, Notes: "Carter?", Credit: 1 })),
  "empty fields beside them": every((entry) => ({ ...entry, StaffAbbrev: null, EndDate: entry["EndDate"] })),
  "no UTC": every(without("StartDateUTC", "EndDateUTC")),
  "UTC alone": every(without("StartDate", "StartTime", "EndDate", "EndTime")),
  "no e-mail": every(without("StaffEmail")),
  "no name": every(without("StaffFName", "StaffLName")),
  "e-mails in capitals": every((entry) => ({
    ...entry,
    StaffEmail: String(entry["StaffEmail"]).toUpperCase(),
  })),
  "flags as words": every((entry) => ({ ...entry, IsPublished: "True", IsStruck: "False" })),
  "a field of one entry is gone": (entries, pick) => {
    const at = pick(entries.length);
    const names = Object.keys(entries[at]!).filter((name) => !name.startsWith("Is"));
    const left = without(names[pick(names.length)]!)(entries[at]!);
    return { text: JSON.stringify(entries.with(at, left)) };
  },
  "a field of one entry is no text": (entries, pick) => {
    const names = Object.keys(entries[0]!).filter((name) => !name.startsWith("Is"));
    return { text: inOne(entries, pick(entries.length), { [names[pick(names.length)]!]: 7 }) };
  },
  "one entry is nothing": (entries, pick) => ({
    text: JSON.stringify((entries as readonly unknown[]).with(pick(entries.length), null)),
  }),
  "another person's e-mail or name": one(
    { StaffEmail: PEOPLE[1]!.email },
    { StaffEmail: "office@example.org", StaffFName: "Olivia" },
    { StaffFName: "Olivia" },
    { StaffEmail: "", StaffLName: "Carter-Hughes" },
  ),
  "another clock": one(
    { StartTime: "06:00:00" },
    // A day shift that begins ten hours earlier in UTC.
    (entry) => ({ StartDateUTC: String(entry["StartDateUTC"]).replace("T1", "T0") }),
    { EndTime: "25:00:00" },
    { TimeZone: "(UTC-08:00) Pacific Time (US & Canada)", StartTime: "04:00:00" },
    { StartDate: "12/1/2026" },
  ),
  "another kind of task": one(
    { TaskName: "Vacation" },
    { TaskName: "ED Day Shift", TaskType: "Unavailable" },
    { TaskName: "Canceled: ED D" },
    { TaskType: "Half Day" },
  ),
  "an entry that was struck": passedOver({ IsStruck: true }),
  "an entry that is a draft": passedOver({ IsPublished: false }),
  "cut short": (entries, pick) => {
    const text = JSON.stringify(entries);
    return { text: text.slice(0, pick(text.length)) };
  },
};

const shifts = fc.uniqueArray(
  fc.record({
    who: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
    day: fc.integer({ min: 1, max: 31 }),
    code: fc.constantFrom("D", "E", "N"),
  }),
  { selector: ({ who, day }) => `${who} ${day}`, minLength: 4, maxLength: 20 },
);

it("what is read of a mutated schedule was written, or the difference is named", () => {
  fc.assert(
    fc.property(
      shifts,
      fc.constantFrom(...Object.keys(MUTATIONS)),
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      (all, mutation, picks) => {
        const left = [...picks];
        const pick = (below: number) => (left.pop() ?? 0) % below;

        const { text, gone } = MUTATIONS[mutation]!(all.map(entryOf), pick);
        const { entries, notUnderstood, accounts } = qgenda({ file: "QGenda", text }, context);

        const read = entries.map(
          ({ kind, person, start, end }) => `${kind === "duty" ? "" : "away "}${person} ${start} ${end}`,
        );
        const right = all.filter((_, index) => index !== gone).map(said);
        const missing = right.filter((shift) => !read.includes(shift));
        const { read: count = 0, skipped = {}, leftOut = 0 } = accounts?.counts ?? {};
        const sum = count + leftOut + Object.values(skipped).reduce((sumOf, of) => sumOf + of, 0);
        expect([mutation, ...read.filter((shift) => !right.includes(shift))]).toEqual([mutation]);
        expect([mutation, ...(notUnderstood.length > 0 ? [] : missing)]).toEqual([mutation]);
        expect([mutation, sum]).toEqual([
          mutation,
          accounts === undefined ? 0 : JSON.parse(text.replace("\uFEFF", "")).length,
        ]);
      },
    ),
    { numRuns: RUNS },
  );
}, 60_000);
