import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "#src/domain/time.ts";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { randomRule } from "#test/support/random-rules.ts";
import { rrulestr } from "#test/support/rosters/rrule.ts";
import { calendar, carterAndBrandt, contextOf, daysOfEach, spans } from "./context.ts";

/*
 * Which days and hours a rule means is `rrule`'s word, which shares no code with ical.js; when these are in a zone
 * whose clocks change is Temporal's. What exceptions do to them is worked out here, on their list.
 */
const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Tokyo"];
const RUNS = campaignSize({ quick: 100, usual: 250, long: 2_000 });
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2027, 6, 1);

const cases = fc.record({
  zone: fc.constantFrom(...ZONES),
  windows: fc.boolean(),
  rule: randomRule,
  day: fc.integer({ min: -100, max: 300 }),
  quarter: fc.integer({ min: 0, max: 95 }),
  hours: fc.integer({ min: 1, max: 14 }),
  /** COUNT, or UNTIL at an occurrence, or the second before it, or none. */
  end: fc.constantFrom("none", "count", "until", "before", "until local"),
  last: fc.integer({ min: 0, max: 40 }),
  /** Occurrences that are taken out (EXDATE), moved alone, and moved with all that follow. */
  out: fc.nat({ max: 20 }),
  inUtc: fc.boolean(),
  one: fc.nat({ max: 20 }),
  by: fc.integer({ min: -5, max: 5 }),
  future: fc.option(fc.nat({ max: 20 })),
  futureBy: fc.integer({ min: -3, max: 3 }),
  added: fc.option(fc.integer({ min: 0, max: 500 })),
});

const WINDOWS: Readonly<Record<string, string>> = {
  "Europe/Berlin": "W. Europe Standard Time",
  "America/New_York": "Eastern Standard Time",
  "Asia/Tokyo": "Tokyo Standard Time",
};

const stamp = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.000Z/gu, "");
/** When the clocks of a zone show this; a wall time is kept as if it were UTC. */
const momentOf = (wall: number, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(wall)
    .toZonedDateTimeISO("UTC")
    .toPlainDateTime()
    .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;

it("agrees with rrule and Temporal in zones whose clocks change, with exceptions of every kind", () => {
  let compared = 0;
  fc.assert(
    fc.property(cases, (one) => {
      const { zone } = one;
      const at = (wall: number) => momentOf(wall, zone);
      const tzid = one.windows ? (WINDOWS[zone] ?? zone) : zone;
      const zoned = (wall: number) => `TZID=${tzid}:${stamp(wall)}`;

      const from = FROM + one.day * DAY + one.quarter * (HOUR / 4);
      const ruled = rrulestr(`DTSTART:${stamp(from)}Z\nRRULE:${one.rule.join(";")}`);
      const start = ruled.after(new Date(from), true)?.getTime();
      fc.pre(start !== undefined);
      const all = rrulestr(`DTSTART:${stamp(start)}Z\nRRULE:${one.rule.join(";")}`)
        .between(new Date(start), new Date(TO + 40 * DAY), true)
        .map((date) => date.getTime());
      fc.pre(all.length > 0 && all.length <= 800);

      const last = Math.min(one.last, all.length - 1);
      const kept = one.end === "none" ? all : all.slice(0, last + (one.end === "before" ? 0 : 1));
      const ends = {
        none: "",
        count: `;COUNT=${last + 1}`,
        until: `;UNTIL=${stamp(at(all[last]!))}Z`,
        before: `;UNTIL=${stamp(at(all[last]!) - 1_000)}Z`,
        "until local": `;UNTIL=${stamp(all[last]!)}`,
      };
      // Nobody means an end before the very start.
      fc.pre(kept.length > 0);

      const gone = kept[one.out];
      const alone = one.one === one.out ? undefined : kept[one.one];
      const lasting = [one.out, one.one, null].includes(one.future) ? undefined : kept[one.future!];
      const shift = (wall: number) => {
        if (wall === alone) return wall + one.by * HOUR;
        return lasting !== undefined && at(wall) >= at(lasting) ? wall + one.futureBy * HOUR : wall;
      };
      const added = one.added === null ? undefined : FROM + one.added * DAY + 7 * 60_000;
      const expected = [
        ...kept.filter((wall) => wall !== gone).map(shift),
        ...(added === undefined
          ? []
          : [lasting !== undefined && at(added) > at(lasting) ? added + one.futureBy * HOUR : added]),
      ];

      const times = (wall: number) => [`DTSTART;${zoned(wall)}`, `DTEND;${zoned(wall + one.hours * HOUR)}`];
      const text = calendar(
        [
          "UID:s",
          ...times(start),
          `RRULE:${one.rule.join(";")}${ends[one.end]}`,
          ...(gone === undefined ? [] : [one.inUtc ? `EXDATE:${stamp(at(gone))}Z` : `EXDATE;${zoned(gone)}`]),
          ...(added === undefined ? [] : [`RDATE;${zoned(added)}`]),
        ],
        ...(alone === undefined ? [] : [["UID:s", `RECURRENCE-ID;${zoned(alone)}`, ...times(shift(alone))]]),
        ...(lasting === undefined
          ? []
          : [["UID:s", `RECURRENCE-ID;RANGE=THISANDFUTURE;${zoned(lasting)}`, ...times(shift(lasting))]]),
      );
      const reading = icalendar(
        { file: "x.ics", text },
        contextOf({ timeZone: "UTC", from: "2025-12-01T00:00", to: "2027-08-01T00:00" }),
      );

      const inside = (start: number) => FROM <= start && start < TO;
      const wanted = expected
        .map((wall) => [at(wall), at(wall + one.hours * HOUR)] as const)
        .filter(([from, to]) => inside(from) && to > from);
      compared += wanted.length;
      const utc = (moment: number) => new Date(moment).toISOString().replace(".000Z", "Z");
      expect(reading.notUnderstood.filter(({ field }) => field !== "DTEND")).toEqual([]);
      expect(
        spans(reading)
          .filter((_, index) => inside(reading.entries.toSorted((a, b) => a.start - b.start)[index]!.start))
          .toSorted(),
      ).toEqual(wanted.map(([from, to]) => `r1 ${utc(from)} ${utc(to)}`).toSorted());
    }),
    { numRuns: RUNS },
  );
  // Chance gives 13 starts a rule, and may give a hundred rules in a row a quarter less.
  expect(compared).toBeGreaterThan(5 * RUNS);
}, 180_000);

describe("a series in UTC that begins in the evening of the day before", () => {
  const nights = (rule: string, start = "20261202T000000Z", end = "20261202T120000Z") => {
    const text = calendar(["SUMMARY:ED Night - Carter", `DTSTART:${start}`, `DTEND:${end}`, `RRULE:${rule}`]);
    const { entries, notUnderstood } = icalendar({ file: "x.ics", text }, carterAndBrandt);
    return `${daysOfEach(entries)} | ${notUnderstood.map(({ field }) => field).join(", ")}`;
  };

  it("is left out and named where its weekdays are those of the evening", () => {
    expect(nights("FREQ=WEEKLY;BYDAY=TU;COUNT=3")).toBe(" | RRULE");
    // Where its first day lies long before, too.
    expect(nights("FREQ=WEEKLY;BYDAY=TU", "20251203T000000Z", "20251203T120000Z")).toBe(" | RRULE");
  });

  it("is read where its weekdays are its own, and where it has none", () => {
    expect(nights("FREQ=WEEKLY;BYDAY=WE;COUNT=3")).toBe("r1 2 9 16 | ");
    expect(nights("FREQ=WEEKLY;COUNT=2")).toBe("r1 2 9 | ");
    expect(nights("FREQ=WEEKLY;BYDAY=WE,FR;COUNT=3")).toBe("r1 2 4 9 | ");
  });

  it("loses its first day alone where no zone explains its weekdays", () => {
    expect(nights("FREQ=WEEKLY;BYDAY=FR;COUNT=2")).toBe("r1 4 11 | RRULE");
  });
});
