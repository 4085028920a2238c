import fc from "fast-check";
import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { HOUR, MINUTE, later, utc } from "#src/domain/time.ts";
import { csv } from "#src/roster/formats/csv/csv.ts";
import type { RosterEntry } from "#src/roster/text/reader.ts";
import { Temporal } from "temporal-polyfill";
import { local, roleBy, someone } from "#test/support/programs.ts";
import { contextOf } from "./context.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo"] as const;

/** A cell as a spreadsheet writes it. */
const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A label that is no leave word and has nothing that a reader trims. */
const label = fc.stringMatching(/^(?:[DEN][ ,;"'日準夜]{0,3}[0-9])?$/u);

const duties = (timeZone: string): fc.Arbitrary<readonly RosterEntry[]> =>
  fc.array(
    fc
      .record({
        kind: fc.constant("duty" as const),
        person: fc.constantFrom("r1", "r2", "a1").map(personId),
        start: fc
          .integer({ min: 0, max: 360 * 96 })
          .map((quarters) => later(local("2026-01-01T00:00", timeZone), quarters * 15 * MINUTE)),
        length: fc.integer({ min: 1, max: 47 }),
        label,
      })
      .map(({ length, ...duty }) => ({
        ...duty,
        end: later(duty.start, length * HOUR),
        role: roleBy(duty.person),
      })),
    { maxLength: 30 },
  );

const withOffset = (at: number, timeZone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toString({ timeZoneName: "never" });

it("reads back every roster that is written with offsets, whatever its zone and labels", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES).chain((zone) => fc.tuple(fc.constant(zone), duties(zone))),
      ([timeZone, roster]) => {
        const rows = roster.map((one) =>
          [one.person, withOffset(one.start, timeZone), withOffset(one.end, timeZone), cell(one.label)].join(
            ",",
          ),
        );
        const context = contextOf({ timeZone, people: ["r1", "r2", "a1"].map((id) => someone(id)) });

        const reading = csv(
          { file: "x.csv", text: ["person,start,end,label", ...rows].join("\r\n") },
          context,
        );

        expect(reading.notUnderstood).toEqual([]);
        expect(reading.entries).toEqual(roster);
      },
    ),
  );
});

it("reads back every roster that is written in local times, but for the hour that a local time cannot tell", () => {
  const wall = (at: number, timeZone: string) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES).chain((zone) => fc.tuple(fc.constant(zone), duties(zone))),
      ([timeZone, all]) => {
        // The second pass of an overlap has the same wall times as the first, and so has no local name.
        const named = (at: number) => local(wall(at, timeZone).toString(), timeZone) === at;
        const roster = all.filter((one) => named(one.start) && named(one.end));
        const rows = roster.map((one) =>
          [one.person, wall(one.start, timeZone), wall(one.end, timeZone), cell(one.label)].join(","),
        );
        const context = contextOf({ timeZone, people: ["r1", "r2", "a1"].map((id) => someone(id)) });

        const reading = csv({ file: "x.csv", text: ["person,start,end,label", ...rows].join("\n") }, context);

        expect(reading.entries.map((one) => `${one.person} ${utc(one.start)} ${utc(one.end)}`)).toEqual(
          roster.map((one) => `${one.person} ${utc(one.start)} ${utc(one.end)}`),
        );
      },
    ),
  );
});
