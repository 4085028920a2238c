import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureAfter, percent, published, type Contribution, type Part } from "#src/domain/aggregate.ts";
import { personId, type PersonId } from "#src/domain/person.ts";

const by = (week: number, people: string, hit = true): Contribution => ({
  week,
  ...sides(people.split(" ").map((id) => personId(id))),
  hit,
});

const sides = (people: readonly PersonId[]) => ({
  residents: people.filter((id) => id.startsWith("r")),
  attendings: people.filter((id) => id.startsWith("a")),
});

const LAST = 99;
const MINIMUM = { residents: 5, attendings: 3 };
/** The figure when everything is published at once. */
const figure = (all: readonly Contribution[]) => figureAfter(LAST, published([], all, MINIMUM).parts);
/** A week of five residents with three attendings. */
const week = (number: number, hit = true) =>
  ["r1 a1", "r2 a2", "r3 a3", "r4 a1", "r5 a2"].map((people) => by(number, people, hit));

describe("a program's figure", () => {
  // domain: Program aggregates need at least 5
  it("is not shown while fewer than five residents or three attendings stand behind it", () => {
    const oneResident = ["a1", "a2", "a3", "a4"].map((id) => by(1, `r1 ${id}`));
    const oneAttending = ["r1", "r2", "r3", "r4", "r5"].map((id) => by(1, `${id} a1`));
    const fourResidents = week(1).slice(0, 4);

    for (const few of [[], oneResident, oneAttending, fourResidents]) expect(figure(few)).toBeUndefined();
    expect(figure([...fourResidents, by(1, "r5 a1", false)])).toEqual({ hits: 4, of: 5 });
  });

  it("tells how many of each side are still wanted", () => {
    const wanted = (all: readonly Contribution[]) => published([], all, MINIMUM).wanted;

    expect(wanted([])).toEqual(MINIMUM);
    expect(wanted([by(1, "r1 a1"), by(1, "r1 a2")])).toEqual({ residents: 4, attendings: 1 });
    expect(wanted(["a1", "a2", "a3", "a4"].map((id) => by(1, `r1 ${id}`)))).toEqual({
      residents: 4,
      attendings: 0,
    });
  });

  // domain: Program aggregates need at least 5
  it("is pooled over the weeks until enough have contributed", () => {
    const weeks = [by(1, "r1 a1"), by(1, "r2 a2"), by(2, "r3 a3", false), by(2, "r4 a1"), by(3, "r5 a1")];

    expect(figure(weeks.slice(0, 4))).toBeUndefined();
    expect(figure(weeks)).toEqual({ hits: 4, of: 5 });
  });

  it("does not move by a week with too few people", () => {
    expect(figure([...week(1), by(2, "r1 a1", false)])).toEqual(figure(week(1)));
  });

  it("takes a thin week in together with the next ones", () => {
    const weeks = [...week(1), by(2, "r1 a1", false), ...week(3).slice(1)];

    expect(figure(weeks)).toEqual({ hits: 9, of: 10 });
  });

  it("is the same in whatever order its weeks are given", () => {
    const weeks = [...week(3), ...week(1, false), by(2, "r2 a2", false)];

    expect(figure(weeks)).toEqual(figure(weeks.toReversed()));
  });

  // domain: Program aggregates are published in parts that never change
  it("stands once it was published, whoever is gone since, and by whatever rule it was", () => {
    const all = week(1);
    const { parts } = published([], all, { residents: 2, attendings: 2 });

    expect(published(parts, [], MINIMUM).parts).toEqual(parts);
    expect(published(parts, all.slice(1), MINIMUM).parts).toEqual(parts);
  });

  it("is, after an earlier week, what was shown then", () => {
    const { parts } = published([], [...week(1), ...week(2, false)], MINIMUM);

    expect(figureAfter(0, parts)).toBeUndefined();
    expect(figureAfter(1, parts)).toEqual({ hits: 5, of: 5 });
    expect(figureAfter(2, parts)).toEqual({ hits: 5, of: 10 });
  });
});

/** What happens in a program: a shift is answered about, a week is over, somebody leaves, is back, or is erased. */
type Happening =
  | { readonly type: "answered"; readonly people: readonly PersonId[]; readonly hit: boolean }
  | { readonly type: "over" }
  | { readonly type: "left" | "back" | "erased"; readonly person: PersonId };

const person = fc.constantFrom(..."r1 r2 r3 r4 r5 r6 a1 a2 a3 a4".split(" ").map((id) => personId(id)));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("answered" as const),
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
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

const everybodyOf = ({ residents, attendings }: Contribution) => [...residents, ...attendings];

// domain: Program aggregates are published in parts that never change
it("moves by five residents and three attendings or more at once, and never by anybody's going or coming back", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 120, size: "max" }), (happenings) => {
      let told: Contribution[] = [];
      const gone = new Set<PersonId>();
      let week = 1;
      let parts: readonly Part[] = [];
      for (const one of happenings) {
        if (one.type === "answered") told.push({ week, ...sides(one.people), hit: one.hit });
        if (one.type === "over") week += 1;
        if (one.type === "back") gone.delete(one.person);
        if (one.type === "left") gone.add(one.person);
        if (one.type === "erased") told = told.filter((each) => !everybodyOf(each).includes(one.person));
        const there = told.filter(
          (each) => each.week < week && !everybodyOf(each).some((id) => gone.has(id)),
        );

        const before = parts;
        parts = published(before, there, MINIMUM).parts;

        expect(parts.slice(0, before.length)).toEqual(before);
        for (const [i, part] of [...parts.entries()].slice(before.length)) {
          const since = parts[i - 1]?.through ?? 0;
          const entered = there.filter((each) => each.week > since && each.week <= part.through);
          expect(part.of).toBe(entered.length);
          expect(part.hits).toBe(entered.filter(({ hit }) => hit).length);
          const count = (side: "residents" | "attendings") =>
            new Set(entered.flatMap((each) => each[side])).size;
          expect(count("residents")).toBeGreaterThanOrEqual(MINIMUM.residents);
          expect(count("attendings")).toBeGreaterThanOrEqual(MINIMUM.attendings);
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
