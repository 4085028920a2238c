import fc from "fast-check";
import type { RRuleSet } from "rrule";
import { expect, it } from "vitest";
import { icalendar } from "#src/roster/formats/icalendar/icalendar.ts";
import { DAY } from "#src/domain/time.ts";
import { campaignSize } from "#test/support/campaign-size.ts";
import { randomRule } from "#test/support/random-rules.ts";
import { rrulestr } from "#test/support/rosters/rrule.ts";
import { calendar, contextOf } from "./context.ts";

/* `rrule` shares no code with ical.js. Both get the same text; a floating time is UTC for the one and the program's zone (UTC) for the other. */
const RUNS = campaignSize({ quick: 100, usual: 250, long: 2_000 });
const FROM = Date.UTC(2026, 0, 1);
const TO = Date.UTC(2028, 0, 1);
const context = contextOf({ timeZone: "UTC", from: "2026-01-01T00:00", to: "2028-01-01T00:00" });

const text = (at: number) => new Date(at).toISOString().replaceAll(/[-:]|\.000/gu, "");
const start = fc
  .record({ day: fc.integer({ min: -400, max: 500 }), minutes: fc.integer({ min: 0, max: 95 }) })
  .map(({ day, minutes }) => FROM + day * DAY + minutes * 15 * 60_000);

const end = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 1, max: 60 }).map((count) => `COUNT=${count}`),
  fc.integer({ min: 0, max: 730 }).map((day) => `UNTIL=${text(FROM + day * DAY)}`),
);
const cases = fc.record({
  start,
  rule: randomRule,
  end,
  out: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
  extra: fc.option(start),
});

it("agrees with rrule on thousands of random rules, with exceptions and added dates", () => {
  let compared = 0;
  fc.assert(
    fc.property(cases, ({ start, rule, end, out, extra }) => {
      const full = [...rule, ...(end === null ? [] : [end])].join(";");
      // rrule leaves out a start that the rule does not match; RFC 5545 leaves it undefined, so the start is made to match.
      const first = rrulestr(`DTSTART:${text(start)}\nRRULE:${rule.join(";")}`).after(new Date(start), true);
      if (first === null) return;
      const set = rrulestr(`DTSTART:${text(first.getTime())}\nRRULE:${full}`, {
        forceset: true,
      }) as RRuleSet;
      const plain = set.between(new Date(FROM), new Date(TO), true);
      fc.pre(plain.length <= 800);
      const gone = [...new Set(out.flatMap((index) => plain[index]?.getTime() ?? []))];
      for (const at of gone) set.exdate(new Date(at));
      const isAdded =
        extra !== null && extra >= FROM && extra < TO && !plain.some((at) => at.getTime() === extra);
      if (isAdded) set.rdate(new Date(extra));
      const expected = set.between(new Date(FROM), new Date(TO - 1), true).map((at) => at.getTime());

      const reading = icalendar(
        {
          file: "x.ics",
          text: calendar([
            `DTSTART:${text(first.getTime()).replace("Z", "")}`,
            "DURATION:PT1H",
            `RRULE:${full}`,
            ...gone.map((at) => `EXDATE:${text(at)}`),
            ...(isAdded ? [`RDATE:${text(extra)}`] : []),
          ]),
        },
        context,
      );

      compared += expected.length;
      expect(reading.notUnderstood).toEqual([]);
      expect(
        reading.entries
          .map((one) => one.start)
          .filter((at) => at >= FROM)
          .toSorted((a, b) => a - b),
      ).toEqual(expected);
    }),
    { numRuns: RUNS },
  );
  // Chance gives 16 starts a rule, and may give a hundred rules in a row a quarter less.
  expect(compared).toBeGreaterThan(8 * RUNS);
}, 180_000);
