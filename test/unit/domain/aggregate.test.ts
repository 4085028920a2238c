import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  figureAfter,
  isExact,
  percent,
  published,
  publishedWithin,
  tellOfTheRest,
  type Contribution,
  type Part,
  type Sides,
  type Tally,
} from "#src/domain/aggregate.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import { campaignSize } from "#test/support/campaign-size.ts";

const by = (week: number, people: string, hit = true): Contribution => ({
  week,
  ...sides(people.split(" ").map((id) => personId(id))),
  hits: hit ? ["yes"] : [],
});

const sides = (people: readonly PersonId[]) => ({
  residents: people.filter((id) => id.startsWith("r")),
  attendings: people.filter((id) => id.startsWith("a")),
});

const LAST = 99;
const MINIMUM = { residents: 5, attendings: 3 };
const NOTHING: Tally = { parts: [] };
const counting = (contributions: readonly Contribution[], minimum: Sides = MINIMUM) => ({
  contributions,
  names: ["yes"],
  minimum,
});
/** What is published at once, and what of it is shown after a week. */
const parts = (all: readonly Contribution[]) => published(NOTHING, counting(all)).tally.parts;
const shown = (all: readonly Part[], week = LAST) => {
  const found = figureAfter(week, all, "yes");
  return found && { hits: found.hits, of: found.of };
};
const figure = (all: readonly Contribution[]) => shown(parts(all));
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
    const wanted = (all: readonly Contribution[]) => published(NOTHING, counting(all)).wanted;

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
    const { tally } = published(NOTHING, counting(all, { residents: 2, attendings: 2 }));

    expect(published(tally, counting([])).tally).toEqual(tally);
    expect(published(tally, counting(all.slice(1))).tally).toEqual(tally);
  });

  it("is, after an earlier week, what was shown then", () => {
    const all = parts([...week(1), ...week(2, false)]);

    expect(shown(all, 0)).toBeUndefined();
    expect(shown(all, 1)).toEqual({ hits: 5, of: 5 });
    expect(shown(all, 2)).toEqual({ hits: 5, of: 10 });
  });

  it("tells how many people stand behind it, and of several parts how many at least", () => {
    const all = parts([...week(1), ...week(2), by(2, "r6 a4")]);

    expect(figureAfter(1, all, "yes")?.people).toEqual({ residents: 5, attendings: 3, atLeast: false });
    expect(figureAfter(2, all, "yes")?.people).toEqual({ residents: 6, attendings: 4, atLeast: true });
  });
});

/** What happens in a program: a shift is answered about, a week is over, somebody leaves, is back, or is erased. */
type Happening =
  | { readonly type: "answered"; readonly people: readonly PersonId[]; readonly depth: number }
  | { readonly type: "over" }
  | { readonly type: "left" | "back" | "erased"; readonly person: PersonId };

const person = fc.constantFrom(..."r1 r2 r3 r4 r5 r6 a1 a2 a3 a4".split(" ").map((id) => personId(id)));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("answered" as const),
      people: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
      depth: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ type: "over" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom("left" as const, "back" as const, "erased" as const),
      person,
    }),
  },
);

/** A case: of all, of those that both answered, and of their gaps, as deep as it goes; the deepest are settled. */
type Case = Contribution & { readonly depth: number };
const DEPTHS = [0, 1, 2] as const;
/** Those of a depth; a yes is what counts at the next. */
const casesAt = (depth: number, all: readonly Case[]): readonly Contribution[] =>
  all.filter((one) => one.depth >= depth).map((one) => ({ ...one, hits: one.depth > depth ? ["yes"] : [] }));

/** What is published anew, by who is there: of all cases, of those within them, and of those within these. */
function publishing(before: readonly Tally[], there: readonly Case[]): readonly Tally[] {
  const all: Tally[] = [];
  for (const depth of DEPTHS) {
    const count = counting(casesAt(depth, there));
    const { tally } =
      depth === 0
        ? published(before[0]!, count)
        : publishedWithin(all[0]!.parts, all[depth - 1]!.parts, before[depth]!, count);
    all.push(tally);
  }
  return all;
}

const everybodyOf = ({ residents, attendings }: Contribution) => [...residents, ...attendings];

interface Moment {
  readonly before: readonly Tally[];
  readonly tallies: readonly Tally[];
  readonly there: readonly Case[];
}

/** Each moment's figures as a program lives: who contributes what, and what is published of it. */
function lives(happenings: readonly Happening[], look: (moment: Moment) => void): void {
  let told: Case[] = [];
  const gone = new Set<PersonId>();
  let week = 1;
  let tallies: readonly Tally[] = DEPTHS.map(() => NOTHING);
  for (const one of happenings) {
    if (one.type === "answered") told.push({ week, ...sides(one.people), hits: [], depth: one.depth });
    if (one.type === "over") week += 1;
    if (one.type === "back") gone.delete(one.person);
    if (one.type === "left") gone.add(one.person);
    if (one.type === "erased") told = told.filter((each) => !everybodyOf(each).includes(one.person));
    const there = told.filter((each) => each.week < week && !everybodyOf(each).some((id) => gone.has(id)));
    const before = tallies;
    tallies = publishing(before, there);
    look({ before, tallies, there });
  }
}

const life = fc.array(happening, { maxLength: 160, size: "max" });
const RUNS = { numRuns: campaignSize({ usual: 100, long: 3_000 }) };
/** Only in one life of thirty does a part wait until its share is neither none nor all. */
const HELD_RUNS = { numRuns: campaignSize({ usual: 500, long: 3_000 }) };

// domain: Program aggregates are published in parts that never change
it("moves by five residents and three attendings or more at once, and never by anybody's going or coming back", () => {
  fc.assert(
    fc.property(life, (happenings) => {
      lives(happenings, ({ before, tallies, there }) => {
        for (const depth of DEPTHS) {
          const [older, { parts }] = [before[depth]!.parts, tallies[depth]!];
          expect(parts.slice(0, older.length)).toEqual(older);
          for (const [i, part] of [...parts.entries()].slice(older.length)) {
            const since = parts[i - 1]?.through ?? 0;
            const entered = casesAt(depth, there).filter(
              (each) => each.week > since && each.week <= part.through,
            );
            const count = (side: keyof Sides) => new Set(entered.flatMap((each) => each[side])).size;
            expect(part.people).toEqual({ residents: count("residents"), attendings: count("attendings") });
            expect(count("residents")).toBeGreaterThanOrEqual(MINIMUM.residents);
            expect(count("attendings")).toBeGreaterThanOrEqual(MINIMUM.attendings);
            expect(depth > 0 || part.of === entered.length).toBe(true);
          }
        }
      });
    }),
    RUNS,
  );
});

// domain: Program aggregates are published in parts that never change
it("what counts within another figure differs from it by whole parts, whoever is erased between the two", () => {
  let compared = 0;
  fc.assert(
    fc.property(life, (happenings) => {
      lives(happenings, ({ tallies }) => {
        for (const depth of DEPTHS.slice(1)) {
          const [outer, inner] = [tallies[depth - 1]!.parts, tallies[depth]!.parts];
          let since = 0;
          for (const { through, of } of inner) {
            const around = outer.filter((part) => part.through > since && part.through <= through);
            expect(around.at(-1)?.through).toBe(through);
            expect(of).toBe(around.reduce((sum, { hits }) => sum + hits["yes"]!, 0));
            since = through;
            compared += 1;
          }
        }
      });
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(0);
});

// domain: A share of 0 % or 100 %
it("differs from any other that was shown by neither none nor all of the cases between the two", () => {
  let compared = 0;
  let held = 0;
  fc.assert(
    fc.property(life, (happenings) => {
      lives(happenings, ({ tallies, before, there }) => {
        for (const depth of DEPTHS) {
          const { parts } = tallies[depth]!;
          const figures = parts.map(({ through }) => shown(parts, through)!);
          const exact = figures.filter(isExact);
          for (const [i, one] of exact.entries())
            for (const later of exact.slice(i + 1)) {
              const [hits, of] = [later.hits - one.hits, later.of - one.of];
              expect(hits).toBeGreaterThan(0);
              expect(hits).toBeLessThan(of);
              compared += 1;
            }
        }
        const waits = casesAt(0, there).filter(({ week }) => week > (tallies[0]!.since ?? 0));
        const people = waits.flatMap(everybodyOf);
        const { residents, attendings } = sides([...new Set(people)]);
        if (before[0]!.parts.length > 0 && residents.length >= 5 && attendings.length >= 3) held += 1;
      });
    }),
    HELD_RUNS,
  );
  expect(compared).toBeGreaterThan(0);
  expect(held).toBeGreaterThan(0);
});

it("is told as a number from a tenth to nine tenths", () => {
  const shown = (percent: number) => isExact({ hits: percent, of: 100 });

  expect([9, 10, 90, 91].map(shown)).toEqual([false, true, true, false]);
});

it("is told as a whole percentage", () => {
  expect(percent({ hits: 2, of: 3 })).toBe(67);
  expect(percent({ hits: 0, of: 7 })).toBe(0);
});

// domain: A share of 0 % or 100 %
it("two choices of one question that leave next to nobody are not both told as numbers", () => {
  const figure = (hits: number, of: number) => ({ hits, of });
  expect(tellOfTheRest(figure(4, 9), figure(5, 9))).toBe(true);
  expect(tellOfTheRest(figure(12, 24), figure(11, 24))).toBe(true);
  expect(tellOfTheRest(figure(12, 24), figure(9, 24))).toBe(false);
  // A share in words takes nothing away, and of other cases there is nothing to subtract.
  expect(tellOfTheRest(figure(9, 9), figure(0, 9))).toBe(false);
  expect(tellOfTheRest(figure(4, 9), figure(5, 10))).toBe(false);
});

// domain: A share of 0 % or 100 %
it("whatever was chosen, what two shares leave is told as no less than a tenth", () => {
  const count = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(count, count, count, (yes, partly, rest) => {
      const of = yes + partly + rest;
      const [one, other] = [
        { hits: yes, of },
        { hits: partly, of },
      ];
      fc.pre(of > 0 && isExact(one) && isExact(other) && !tellOfTheRest(one, other));
      expect(percent({ hits: rest, of })).toBeGreaterThanOrEqual(10);
    }),
    { numRuns: campaignSize({ usual: 200, long: 5000 }) },
  );
});
