import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import type { Wishes } from "#src/domain/wishes.ts";
import { utc, zoneOf } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { line } from "#test/support/plans.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const FIRST = { name: "first", from: "2026-03-23", to: "2026-04-26" };
const SECOND = { name: "second", from: "2026-04-27", to: "2026-05-31" };

/** The consents of a program in Berlin whose rotation begins on Monday, March 23, 2026; the clocks change on Sunday, the 29th. */
function consents(
  duties: readonly string[],
  wishes: ReadonlyMap<string, Wishes> = new Map(),
  absences: readonly (readonly [string, string, string])[] = [],
  rotations = [FIRST],
): readonly string[] {
  const timeZone = "Europe/Berlin";
  const program = { ...programOf({ people: ["r1", "a1", "c1"], timeZone }), rotations };
  const away = absences.map(([person, from, to]) => ({
    id: `${person}-away`,
    person: personId(person),
    start: local(from, timeZone),
    end: local(to, timeZone),
  }));
  const roster = rosterOf(duties, timeZone, away);
  const input = { program, zone: zoneOf(timeZone), roster, wishes: wishes as ReadonlyMap<never, Wishes> };
  return planNudges(outlookOf(input))
    .filter(({ kind }) => kind === "consent")
    .map(line);
}

const R1 = "r1 2026-03-30T08:00 2026-03-30T17:00";
const END = "2026-04-26T22:00:00Z";
const C1 = `consent c1 2026-03-21T08:00:00Z – ${END}`;

describe("whether somebody takes part", () => {
  it("is asked once, at nine two days before their first shift, of a coordinator before the rotation", () => {
    const duties = [R1, "r1 2026-03-31T08:00 2026-03-31T17:00", "a1 2026-04-02T20:00 2026-04-03T08:00"];

    expect(consents(duties)).toEqual([
      C1,
      `consent r1 2026-03-28T08:00:00Z – ${END}`,
      `consent a1 2026-03-31T07:00:00Z – ${END}`,
    ]);
  });

  it("is asked by the clock on the wall, also where the clocks change in between", () => {
    expect(consents(["a1 2026-03-31T08:00 2026-03-31T17:00"])[1]).toContain("2026-03-29T07:00:00Z");
  });

  it("is not asked of those who have agreed or stopped, nor of those without a shift", () => {
    const wishes = new Map([
      ["c1", { out: false, agreed: true as const }],
      ["r1", { out: true }],
    ]);

    expect(consents([R1], wishes)).toEqual([]);
  });

  it("waits until leave is over, and comes before the first shift in any case", () => {
    const leave = (to: string) => consents([R1], new Map(), [["r1", "2026-03-20T00:00", to]]);

    expect(leave("2026-03-29T00:00")[1]).toContain("consent r1 2026-03-29T07:00:00Z");
    expect(leave("2026-03-30T00:00")[1]).toContain("consent r1 2026-03-30T05:45:00Z");
  });

  it("is not asked of somebody who is away for all of the rotation", () => {
    const away = (person: string) => [[person, "2026-03-01T00:00", "2026-04-27T00:00"] as const];

    expect(consents([R1], new Map(), away("r1"))).toEqual([C1]);
    expect(consents([R1], new Map(), away("c1"))).toEqual([`consent r1 2026-03-28T08:00:00Z – ${END}`]);
  });

  it.each([[[FIRST, SECOND]], [[SECOND, FIRST]]])(
    "is asked of a coordinator before the first rotation, and stays open until the last one ends that somebody works in",
    (rotations) => {
      const onTheEdge = ["r1 2026-04-26T23:59 2026-04-27T08:00", "a1 2026-04-27T00:00 2026-04-27T08:00"];
      const end = "2026-05-31T22:00:00Z";

      expect(consents(onTheEdge, new Map(), [], rotations)).toEqual([
        `consent c1 2026-03-21T08:00:00Z – ${end}`,
        `consent a1 2026-04-24T07:00:00Z – ${end}`,
        `consent r1 2026-04-24T07:00:00Z – ${END}`,
      ]);
    },
  );

  it("stays open until the rotation ends", () => {
    expect(utc(local("2026-04-27T00:00", "Europe/Berlin"))).toBe(END);
  });
});
