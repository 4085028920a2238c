import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureAfter, percent, published, type Contribution, type Part } from "#src/domain/aggregate.ts";
import { personId, type PersonId } from "#src/domain/person.ts";

const by = (week: number, people: string, hit = true): Contribution => ({
  week,
  people: people.split(" ").map((id) => personId(id)),
  hit,
});

const LAST = 99;
/** The figure when everything is published at once. */
const figure = (all: readonly Contribution[]) => figureAfter(LAST, published([], all, 5));

describe("a program's figure", () => {
  it("is not shown while fewer than five different people have contributed", () => {
    const four = [by(1, "r1 a1"), by(1, "r2 a2"), by(1, "r1 a2"), by(1, "r2 a1")];

    expect(figure(four)).toBeUndefined();
    expect(figure([])).toBeUndefined();
    expect(figure([...four, by(1, "r3 a1", false)])).toEqual({ hits: 4, of: 5 });
  });

  it("is pooled over the weeks until five have contributed", () => {
    const weeks = [by(1, "r1 a1"), by(2, "r2 a2", false), by(3, "r3 a1")];

    expect(figure(weeks.slice(0, 2))).toBeUndefined();
    expect(figure(weeks)).toEqual({ hits: 2, of: 3 });
  });

  it("does not move by a week with fewer than five people", () => {
    const first = [by(1, "r1 a1"), by(1, "r2 a2"), by(1, "r3 a3")];

    expect(figure([...first, by(2, "r1 a1", false)])).toEqual(figure(first));
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

    expect(figure(weeks)).toEqual({ hits: 5, of: 6 });
  });

  it("is the same in whatever order its weeks are given", () => {
    const weeks = [by(3, "r3 a1"), by(1, "r1 a1"), by(2, "r2 a2", false)];

    expect(figure(weeks)).toEqual(figure(weeks.toReversed()));
  });

  it("stands once it was published, whoever is gone since", () => {
    const all = [by(1, "r1 a1"), by(1, "r2 a2", false), by(1, "r3 a3")];
    const parts = published([], all, 5);

    expect(published(parts, [], 5)).toEqual(parts);
    expect(published(parts, all.slice(1), 5)).toEqual(parts);
  });

  it("is, after an earlier week, what was shown then", () => {
    const week = (number: number) =>
      ["r1 a1", "r2 a2", "r3 a3"].map((people) => by(number, people, number === 1));
    const parts = published([], [...week(1), ...week(2)], 5);

    expect(figureAfter(0, parts)).toBeUndefined();
    expect(figureAfter(1, parts)).toEqual({ hits: 3, of: 3 });
    expect(figureAfter(2, parts)).toEqual({ hits: 3, of: 6 });
  });
});

/** What happens in a program: a shift is answered about, a week is over, somebody leaves, is back, or is erased. */
type Happening =
  | { readonly type: "answered"; readonly people: readonly PersonId[]; readonly hit: boolean }
  | { readonly type: "over" }
  | { readonly type: "left" | "back" | "erased"; readonly person: PersonId };

const person = fc.constantFrom(..."r1 r2 r3 r4 a1 a2 a3".split(" ").map((id) => personId(id)));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("answered" as const),
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 2 }),
      hit: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ type: "over" as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom("left" as const, "back" as const, "erased" as const),
      person,
    }),
  },
);

it("moves by five people or more at once, and never by anybody's going or coming back", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80, size: "max" }), (happenings) => {
      let told: Contribution[] = [];
      const gone = new Set<PersonId>();
      let week = 1;
      let parts: readonly Part[] = [];
      for (const one of happenings) {
        if (one.type === "answered") told.push({ week, people: one.people, hit: one.hit });
        if (one.type === "over") week += 1;
        if (one.type === "back") gone.delete(one.person);
        if (one.type === "left") gone.add(one.person);
        if (one.type === "erased") told = told.filter(({ people }) => !people.includes(one.person));
        const there = told.filter((each) => each.week < week && !each.people.some((id) => gone.has(id)));

        const before = parts;
        parts = published(before, there, 5);

        expect(parts.slice(0, before.length)).toEqual(before);
        for (const [i, part] of [...parts.entries()].slice(before.length)) {
          const since = parts[i - 1]?.through ?? 0;
          const entered = there.filter((each) => each.week > since && each.week <= part.through);
          expect(part.of).toBe(entered.length);
          expect(part.hits).toBe(entered.filter(({ hit }) => hit).length);
          expect(new Set(entered.flatMap(({ people }) => people)).size).toBeGreaterThanOrEqual(5);
        }
      }
    }),
    { numRuns: 500 },
  );
});

it("is told as a whole percentage", () => {
  expect(percent({ hits: 2, of: 3 })).toBe(67);
  expect(percent({ hits: 0, of: 7 })).toBe(0);
});
