import fc from "fast-check";
import { expect, it } from "vitest";
import { campaignSize } from "#test/support/campaign-size.ts";
import { readBytes } from "#src/roster/reading/read-source.ts";
import type { RosterReading } from "#src/roster/text/reader.ts";
import { MUTATIONS } from "#test/support/rosters/mutations.ts";
import {
  gridOf,
  PEOPLE,
  textOf,
  WRITERS,
  ZONE,
  type Shift,
  type Written,
} from "#test/support/rosters/written.ts";
import { contextOf } from "./context.ts";

/*
 * Whatever becomes of a table that can be read still: what is read of it is what was written, and what is not read is
 * named. No mutation gives a shift to another person, day or hour, and the books add up to what stands there.
 */

const RUNS = campaignSize({ quick: 50, usual: 150, long: 2_000 });
const context = contextOf({
  timeZone: ZONE,
  people: PEOPLE,
  from: "2026-11-20T00:00",
  to: "2027-01-15T00:00",
});

const shifts: fc.Arbitrary<readonly Shift[]> = fc.uniqueArray(
  fc.record({
    who: fc.integer({ min: 0, max: PEOPLE.length - 1 }),
    day: fc.integer({ min: 1, max: 31 }),
    code: fc.constantFrom("D", "E", "N"),
  }),
  { selector: ({ who, day }) => `${who} ${day}`, minLength: 12, maxLength: 40 },
);

const saidIn = ({ entries }: RosterReading): readonly string[] =>
  entries.map(({ kind, person, start, end }) => `${kind === "duty" ? "" : "away "}${person} ${start} ${end}`);

/** Cells of a table, lines of a list: what the books must add up to. */
function thingsIn(written: Written): number {
  const cells = gridOf(written).map((row) => row.filter((cell) => cell.trim() !== "").length);
  return written.format === "matrix"
    ? cells.reduce((sum, count) => sum + count, 0)
    : cells.filter(Boolean).length;
}

function accountedFor({ accounts }: RosterReading): number {
  const { read = 0, skipped = {}, leftOut = 0 } = accounts?.counts ?? {};
  return read + leftOut + Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

it.each(Object.keys(WRITERS))(
  "%s: what is read of a mutated table was written, and what is not read is named",
  async (name) => {
    await fc.assert(
      fc.asyncProperty(
        shifts,
        fc.constantFrom(...Object.keys(MUTATIONS)),
        fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        async (all, mutation, picks) => {
          const left = [...picks];
          const pick = (below: number) => (left.pop() ?? 0) % below;
          const original = WRITERS[name]!(all);

          const { written, perhaps = [], bytes } = MUTATIONS[mutation]!(original, pick);
          const source = { name: "x.csv", format: written.format, ...written.dialect };
          const given = (await bytes?.(written)) ?? new TextEncoder().encode(textOf(written));
          const reading = await readBytes(source, given, context);

          const read = saidIn(reading);
          const right = new Set(written.rows.flatMap(({ says }) => says));
          const allowed = new Set([...right, ...perhaps]);
          expect(read.filter((one) => !allowed.has(one))).toEqual([]);
          const missing = [...right].filter((one) => !read.includes(one));
          expect([mutation, accountedFor(reading)]).toEqual([mutation, thingsIn(written)]);
          expect([mutation, missing.length === 0 || reading.notUnderstood.length > 0]).toEqual([
            mutation,
            true,
          ]);
        },
      ),
      { numRuns: RUNS },
    );
  },
  120_000,
);
