import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { HOUR, MINUTE, later, utc, type Instant } from "#src/domain/time.ts";
import { ROSTER_READERS } from "#src/roster/formats/formats.ts";
import type { RosterFormat } from "#src/roster/text/reader.ts";
import type { Dialect } from "#src/roster/text/dialect.ts";
import { local, someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

const PEOPLE = ["r1", "r2", "a1"];
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"] as const;

interface Shift {
  readonly person: string;
  readonly start: Instant;
  readonly end: Instant;
}

const wall = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDateTime();
/** The second pass of an hour that comes twice has no local name of its own. */
const hasName = (at: number, zone: string) => local(wall(at, zone).toString(), zone) === at;

/** At most one shift a person and day, up to 24 hours by the clock on the wall. */
const shifts = (zone: string): fc.Arbitrary<readonly Shift[]> =>
  fc
    .uniqueArray(
      fc.record({
        person: fc.constantFrom(...PEOPLE),
        day: fc.integer({ min: 0, max: 27 }),
        start: fc.integer({ min: 0, max: 95 }),
        hours: fc.integer({ min: 1, max: 24 }),
      }),
      { selector: ({ person, day }) => `${person} ${day}`, maxLength: 25 },
    )
    .map((all) =>
      all
        .map(({ person, day, start, hours }) => {
          const from = Temporal.PlainDateTime.from("2026-03-01T00:00").add({
            days: day,
            minutes: start * 15,
          });
          const at = local(from.toString(), zone);
          return { person, start: at, end: local(from.add({ hours }).toString(), zone) };
        })
        .filter((one) => hasName(one.start, zone) && hasName(one.end, zone) && isSaidByTheClock(one, zone)),
    );

/** A start in an hour that does not exist is read as the hour after it: such a shift would not come back as written. */
const isSaidByTheClock = ({ start, end }: Shift, zone: string): boolean =>
  end > later(start, 30 * MINUTE) &&
  wall(end, zone).since(wall(start, zone)).total("hours") <= 24 &&
  end - start < 26 * HOUR;

const hm = (at: number, zone: string) => wall(at, zone).toString().slice(11, 16);
const date = (at: number, zone: string) => wall(at, zone).toPlainDate();

const WRITERS: Readonly<
  Record<RosterFormat, (all: readonly Shift[], zone: string) => { text: string } & Dialect>
> = {
  icalendar: (all, zone) => ({
    text: [
      "BEGIN:VCALENDAR",
      ...all.flatMap(({ person, start, end }, index) => {
        const stamp = (at: number) =>
          wall(at, zone).toString({ smallestUnit: "second" }).replaceAll(/[-:]/gu, "");
        return [
          "BEGIN:VEVENT",
          `UID:${index}`,
          `DTSTART;TZID=${zone}:${stamp(start)}`,
          `DTEND;TZID=${zone}:${stamp(end)}`,
          `SUMMA`,
          ` RY:Duty ${person}`,
          "END:VEVENT",
        ];
      }),
      "END:VCALENDAR",
    ].join("\r\n"),
  }),
  csv: (all, zone) => ({
    text: [
      "Wer;Tag;Von;Bis;Ende",
      ...all.map((one) =>
        [
          one.person,
          german(one.start, zone),
          hm(one.start, zone),
          hm(one.end, zone),
          german(one.end, zone),
        ].join(";"),
      ),
    ].join("\n"),
    columns: { person: "Wer", date: "Tag", start: "Von", end: "Bis", endDate: "Ende" },
    dates: "D.M.YYYY",
  }),
  "amion-619": (all, zone) => ({
    text: [
      '"Schedule"',
      ...all.map((one) => amion(["ED", one.person, "1", "2", "Duty", "3", "4"], one, zone)),
    ].join("\r\n"),
  }),
  "amion-625c": (all, zone) => ({
    text: [
      ..."abcdefgh",
      ...all.map((one) => `${amion([one.person, "1", "2", "Duty", "3", "4"], one, zone)},t,p,t,,1,n,y,g`),
    ].join("\n"),
  }),
  matrix: (all, zone) => {
    const spans = [...new Set(all.map((one) => `${hm(one.start, zone)}-${hm(one.end, zone)}`))];
    const header = Array.from({ length: 31 }, (_, index) => index + 1);
    const cell = (person: string, day: number) => {
      const one = all.find((shift) => shift.person === person && date(shift.start, zone).day === day);
      return one === undefined ? "" : `k${spans.indexOf(`${hm(one.start, zone)}-${hm(one.end, zone)}`)}`;
    };
    return {
      text: [
        `name,${header.join(",")}`,
        ...PEOPLE.map((person) => [person, ...header.map((day) => cell(person, day))].join(",")),
      ].join("\n"),
      month: "2026-03",
      codes: Object.fromEntries(spans.map((span, index) => [`k${index}`, span])),
    };
  },
  qgenda: (all, zone) => ({
    text: JSON.stringify(
      all.map(({ person, start, end }, index) => ({
        ...(index % 2 === 0 ? {} : { StartDateUTC: utc(start), EndDateUTC: utc(end) }),
        StaffLName: person,
        StartDate: `${date(start, zone).toString()}T00:00:00`,
        StartTime: `${hm(start, zone)}:00`,
        EndDate: `${date(end, zone).toString()}T00:00:00`,
        EndTime: `${hm(end, zone)}:00`,
        TaskName: "Duty",
        TaskType: "Working",
      })),
    ),
  }),
};

const countsTo24 = ({ start, end }: Shift, zone: string): boolean =>
  [start, end].map((at) => hm(at, zone)).some((time) => time < "10:00" || time > "12:59");
const german = (at: number, zone: string) =>
  `${date(at, zone).day}.${date(at, zone).month}.${date(at, zone).year}`;
const amion = (cells: readonly string[], { start, end }: Shift, zone: string) => {
  const day = date(start, zone);
  return [
    ...cells,
    `${day.month}-${day.day}-${day.year % 100}`,
    hm(start, zone).replace(":", ""),
    hm(end, zone).replace(":", ""),
  ].join(",");
};

it.each(Object.keys(WRITERS) as RosterFormat[])(
  "%s: what is written is what is read",
  (format) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES).chain((zone) => fc.tuple(fc.constant(zone), shifts(zone))),
        ([zone, all]) => {
          fc.pre(all.length > 0);
          // A list whose times all lie between 10:00 and 12:59 may count to 12 as well (csv-halves.test.ts).
          fc.pre(format !== "csv" || all.some((one) => countsTo24(one, zone)));
          const context = contextOf({ timeZone: zone, people: PEOPLE.map((id) => someone(id)) });

          const reading = ROSTER_READERS[format]({ file: "x", ...WRITERS[format](all, zone) }, context);

          const key = (one: { person: string; start: number; end: number }) =>
            `${one.person} ${one.start} ${one.end}`;
          expect(reading.notUnderstood).toEqual([]);
          expect(reading.entries.map(key).toSorted()).toEqual(
            all.map((one) => key({ ...one, person: personId(one.person) })).toSorted(),
          );
        },
      ),
      { numRuns: 150 },
    );
  },
  60_000,
);
