import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { percent, publishedFigure, type Contribution } from "#src/domain/aggregate.ts";
import { personId } from "#src/domain/person.ts";

const by = (week: number, people: string, hit = true): Contribution => ({
  week,
  people: people.split(" ").map((id) => personId(id)),
  hit,
});

describe("a program's figure", () => {
  it("is not shown while fewer than five different people have contributed", () => {
    const four = [by(1, "r1 a1"), by(1, "r2 a2"), by(1, "r1 a2"), by(1, "r2 a1")];

    expect(publishedFigure(four, 5)).toBeUndefined();
    expect(publishedFigure([], 5)).toBeUndefined();
    expect(publishedFigure([...four, by(1, "r3 a1", false)], 5)).toEqual({ hits: 4, of: 5 });
  });

  it("is pooled over the weeks until five have contributed", () => {
    const weeks = [by(1, "r1 a1"), by(2, "r2 a2", false), by(3, "r3 a1")];

    expect(publishedFigure(weeks.slice(0, 2), 5)).toBeUndefined();
    expect(publishedFigure(weeks, 5)).toEqual({ hits: 2, of: 3 });
  });

  it("does not move by a week with fewer than five people", () => {
    const first = [by(1, "r1 a1"), by(1, "r2 a2"), by(1, "r3 a3")];

    expect(publishedFigure([...first, by(2, "r1 a1", false)], 5)).toEqual(publishedFigure(first, 5));
  });

  it("takes a thin week in together with the next ones", () => {
    const weeks = [
      by(1, "r1 a1"),
      by(1, "r2 a2"),
      by(1, "r3 a3"),
      by(2, "r1 a1", false),
      by(3, "r2 a2"),
      by(3, "r3 a3"),
    ];

    expect(publishedFigure(weeks, 5)).toEqual({ hits: 5, of: 6 });
  });

  it("is the same in whatever order its weeks are given", () => {
    const weeks = [by(3, "r3 a1"), by(1, "r1 a1"), by(2, "r2 a2", false)];

    expect(publishedFigure(weeks, 5)).toEqual(publishedFigure(weeks.toReversed(), 5));
  });

  it("minus an earlier one never tells of fewer than five people", () => {
    const person = fc.constantFrom(..."r1 r2 r3 r4 a1 a2 a3".split(" "));
    const contribution = fc.record({
      week: fc.integer({ min: 1, max: 8 }),
      people: fc.uniqueArray(person.map(personId), { minLength: 1, maxLength: 2 }),
      hit: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(contribution, { maxLength: 30 }),
        fc.nat({ max: 8 }),
        fc.nat({ max: 8 }),
        (all, a, b) => {
          const upTo = (week: number) => all.filter((one) => one.week <= week);
          const [earlier, later] = [
            publishedFigure(upTo(Math.min(a, b)), 5),
            publishedFigure(upTo(Math.max(a, b)), 5),
          ];
          const added = (later?.of ?? 0) - (earlier?.of ?? 0);

          const shown = (week: number) => released(upTo(week), 5);
          const between = shown(Math.max(a, b)).slice(shown(Math.min(a, b)).length);
          expect(between).toHaveLength(added);
          const people = new Set(between.flatMap((one) => one.people));
          expect(added === 0 || people.size >= 5).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it("is told as a whole percentage", () => {
  expect(percent({ hits: 2, of: 3 })).toBe(67);
  expect(percent({ hits: 0, of: 7 })).toBe(0);
});

/** By brute force: the longest run of whole weeks, each new part of which has enough people. */
function released(all: readonly Contribution[], minimum: number): readonly Contribution[] {
  const sorted = all.toSorted((a, b) => a.week - b.week);
  let shown: readonly Contribution[] = [];
  for (let week = 1; week <= 8; week++) {
    const upTo = sorted.filter((one) => one.week <= week);
    const fresh = upTo.slice(shown.length);
    if (new Set(fresh.flatMap((one) => one.people)).size >= minimum) shown = upTo;
  }
  return shown;
}
