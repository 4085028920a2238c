import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { gwetAc2 } from "#src/study/statistics/ac2.ts";
import { krippendorffAlpha } from "#src/study/statistics/alpha.ts";
import { bootstrapped } from "#src/study/statistics/bootstrap.ts";
import { countsOf } from "#src/study/statistics/counts.ts";
import { intraclass } from "#src/study/statistics/icc.ts";
import { weightedKappa } from "#src/study/statistics/kappa.ts";
import { tableOf, weightsOf, type Pair, type Weighting } from "#src/study/statistics/pairs.ts";
import { fitted, surfaceOf } from "#src/study/statistics/surface.ts";
import { campaignSize } from "#test/support/campaign-size.ts";

/* Each statistic beside a slow definition of its own: over all pairs of answers, or over explicit sums. */

const RUNS = { numRuns: campaignSize({ usual: 100, long: 1_000 }) };
const STEPS = 4;
const step = fc.integer({ min: 1, max: STEPS });
const pairs = fc.array(fc.record({ resident: step, attending: step }), { minLength: 1, maxLength: 30 });
const weighting = fc.constantFrom<Weighting>("unweighted", "linear", "quadratic");

const agreeing = (how: Weighting, one: number, other: number): number => {
  const apart = Math.abs(one - other) / (STEPS - 1);
  return { unweighted: Number(one === other), linear: 1 - apart, quadratic: 1 - apart ** 2 }[how];
};
const average = (numbers: readonly number[]): number =>
  numbers.reduce((all, one) => all + one, 0) / numbers.length;
const ratio = (above: number, below: number): number => (Math.abs(below) < 1e-9 ? NaN : above / below);
const isClose = (found: number | undefined, wanted: number): void => {
  if (Number.isFinite(wanted)) expect(found).toBeCloseTo(wanted, 7);
  else expect(found).toBeUndefined();
};
const kappaOf = (given: readonly Pair[], how: Weighting) =>
  weightedKappa(tableOf(given, STEPS), weightsOf(how, STEPS))?.value;
const ac2Of = (given: readonly Pair[], how: Weighting) =>
  gwetAc2(tableOf(given, STEPS), weightsOf(how, STEPS))?.value;
const ratings = (given: readonly Pair[]) => given.map(({ resident, attending }) => [resident, attending]);

describe("on random tables", () => {
  it("kappa is what every resident with every attending would agree by chance", () => {
    fc.assert(
      fc.property(pairs, weighting, (given, how) => {
        const observed = average(given.map(({ resident, attending }) => agreeing(how, resident, attending)));
        const expected = average(
          given.flatMap(({ resident }) => given.map(({ attending }) => agreeing(how, resident, attending))),
        );
        const wanted = 1 - expected < 1e-12 ? NaN : (observed - expected) / (1 - expected);

        isClose(kappaOf(given, how), wanted);
      }),
      RUNS,
    );
  });

  it("AC2's chance agreement is the weights' sum over the spread of all answers", () => {
    fc.assert(
      fc.property(pairs, weighting, (given, how) => {
        const all = given.flatMap(({ resident, attending }) => [resident, attending]);
        const steps = [1, 2, 3, 4];
        const weights =
          average(steps.flatMap((one) => steps.map((other) => agreeing(how, one, other)))) * STEPS ** 2;
        const spread = steps
          .map((one) => all.filter((answer) => answer === one).length / all.length)
          .reduce((sum, share) => sum + share * (1 - share), 0);
        const expected = (weights * spread) / (STEPS * (STEPS - 1));
        const observed = average(given.map(({ resident, attending }) => agreeing(how, resident, attending)));

        isClose(ac2Of(given, how), (observed - expected) / (1 - expected));
      }),
      RUNS,
    );
  });

  it("alpha compares differences within a unit with differences between any two answers", () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom("nominal", "ordinal", "interval"), (given, level) => {
        const all = given.flatMap(({ resident, attending }) => [resident, attending]);
        const count = (value: number) => all.filter((one) => one === value).length;
        const apart = (one: number, other: number): number => {
          if (level === "nominal") return Number(one !== other);
          if (level === "interval") return (one - other) ** 2;
          const [low, high] = [Math.min(one, other), Math.max(one, other)];
          let between = 0;
          for (let value = low; value <= high; value++) between += count(value);
          return one === other ? 0 : (between - (count(one) + count(other)) / 2) ** 2;
        };
        const within = average(given.map(({ resident, attending }) => apart(resident, attending)));
        const others = all.flatMap((one, i) =>
          all.filter((_, j) => j !== i).map((other) => apart(one, other)),
        );
        const between = average(others);
        const wanted = between === 0 ? NaN : 1 - within / between;

        isClose(krippendorffAlpha(ratings(given), level), wanted);
      }),
      RUNS,
    );
  });

  it("the ICCs are ratios of variances of an analysis by explicit sums", () => {
    fc.assert(
      fc.property(pairs, (given) => {
        const n = given.length;
        const table = ratings(given);
        const all = average(table.flat());
        const rows = table.map(average);
        const columns = [0, 1].map((j) => average(table.map((row) => row[j]!)));
        const total = table.flat().reduce((sum, one) => sum + (one - all) ** 2, 0);
        const ofRows = 2 * rows.reduce((sum, one) => sum + (one - all) ** 2, 0);
        const ofColumns = n * columns.reduce((sum, one) => sum + (one - all) ** 2, 0);
        const [r, c, e] = [ofRows / (n - 1), ofColumns, Math.max(0, total - ofRows - ofColumns) / (n - 1)];
        const found = intraclass(table);

        const isDefined = n >= 2 && total > 1e-9;
        isClose(found?.consistency?.value, isDefined ? ratio(r - e, r + e) : NaN);
        isClose(found?.agreement?.value, isDefined ? ratio(r - e, r + e + (2 * (c - e)) / n) : NaN);
      }),
      RUNS,
    );
  });

  it("limits hold their value between them", () => {
    fc.assert(
      fc.property(pairs, weighting, (given, how) => {
        const table = tableOf(given, STEPS);
        const weights = weightsOf(how, STEPS);
        const icc = intraclass(ratings(given));

        for (const one of [
          weightedKappa(table, weights),
          gwetAc2(table, weights),
          // McGraw and Wong's limits of agreement are approximate: they may miss a value below zero, where nothing agrees.
          (icc?.agreement?.value ?? -1) < 0 ? undefined : icc?.agreement,
          icc?.consistency,
        ]) {
          if (one?.limits === undefined) continue;
          expect(one.limits.low).toBeLessThanOrEqual(one.value + 1e-9);
          expect(one.limits.high).toBeGreaterThanOrEqual(one.value - 1e-9);
        }
      }),
      RUNS,
    );
  });

  it("the order of the pairs changes nothing, and who is called first changes only the sign of the mean", () => {
    const shuffled = fc.tuple(pairs, fc.infiniteStream(fc.nat())).map(([given, stream]) => {
      const keys = given.map((pair) => ({ pair, key: stream.next().value as number }));
      return [given, keys.toSorted((a, b) => a.key - b.key).map(({ pair }) => pair)] as const;
    });
    fc.assert(
      fc.property(shuffled, weighting, ([given, mixed], how) => {
        const turned = given.map(({ resident, attending }) => ({ resident: attending, attending: resident }));

        for (const other of [mixed, turned]) {
          isClose(kappaOf(other, how), kappaOf(given, how) ?? NaN);
          isClose(ac2Of(other, how), ac2Of(given, how) ?? NaN);
          isClose(
            krippendorffAlpha(ratings(other), "ordinal"),
            krippendorffAlpha(ratings(given), "ordinal") ?? NaN,
          );
          isClose(
            intraclass(ratings(other))?.agreement?.value,
            intraclass(ratings(given))?.agreement?.value ?? NaN,
          );
        }
        expect(countsOf(mixed).equal).toBe(countsOf(given).equal);
        expect(countsOf(turned).signedMean).toBeCloseTo(-countsOf(given).signedMean!, 9);
      }),
      RUNS,
    );
  });

  it("the surface finds the coefficients that made the outcomes", () => {
    const coefficients = fc.tuple(
      ...Array.from({ length: 6 }, () => fc.double({ min: -2, max: 2, noNaN: true })),
    );
    fc.assert(
      fc.property(coefficients, (b) => {
        const grid = [-2, -1, 0, 1, 2];
        const cases = grid.flatMap((x) =>
          grid.map((y) => ({
            x,
            y,
            outcome: b[0]! + b[1]! * x + b[2]! * y + b[3]! * x ** 2 + b[4]! * x * y + b[5]! * y ** 2,
          })),
        );

        const found = fitted(cases)!;

        found.forEach((one, at) => expect(one).toBeCloseTo(b[at]!, 8));
        expect(surfaceOf(found).a4).toBeCloseTo(b[3]! - b[4]! + b[5]!, 8);
      }),
      RUNS,
    );
  });
});

describe("where all answers are the same", () => {
  const same = Array.from({ length: 9 }, () => ({ resident: 3, attending: 3 }));

  it("kappa, alpha and ICC are not defined, never 0 or 1", () => {
    for (const how of ["unweighted", "linear", "quadratic"] as const)
      expect(kappaOf(same, how)).toBeUndefined();
    expect(krippendorffAlpha(ratings(same), "ordinal")).toBeUndefined();
    expect(intraclass(ratings(same))).toBeUndefined();
  });

  it("AC2 is 1, without any spread", () => {
    expect(gwetAc2(tableOf(same, STEPS), weightsOf("quadratic", STEPS))).toEqual({
      value: 1,
      error: 0,
      limits: { low: 1, high: 1 },
    });
  });
});

it("nothing is defined of nothing", () => {
  expect(kappaOf([], "linear")).toBeUndefined();
  expect(ac2Of([], "linear")).toBeUndefined();
  expect(krippendorffAlpha([], "ordinal")).toBeUndefined();
  expect(intraclass([])).toBeUndefined();
  expect(fitted([])).toBeUndefined();
  expect(countsOf([])).toEqual({ n: 0, equal: 0, withinOne: 0, twoOrMore: 0, lower: 0, higher: 0 });
});

it("a surface whose points lie on one line is not determined", () => {
  const line = Array.from({ length: 20 }, (_, at) => ({ x: (at % 5) - 2, y: (at % 5) - 2, outcome: at }));

  expect(fitted(line)).toBeUndefined();
});

describe("the bootstrap", () => {
  const clusters = Array.from({ length: 12 }, (_, at) => [at, at + 1, at + 2]);
  const meanOf = (drawn: readonly number[]) => average(drawn);

  it("gives the same limits for the same seed, and others for another", () => {
    const limits = (seed: number) => bootstrapped(clusters, meanOf, seeded(seed)).limits;

    expect(limits(7)).toEqual(limits(7));
    expect(limits(7)).not.toEqual(limits(8));
  });

  it("draws whole clusters: answers that are one person's make its limits no narrower", () => {
    const copied = clusters.map((own) => own.flatMap((one) => [one, one, one, one]));
    const alone = clusters.flat().map((one) => [one]);
    const width = (of: readonly (readonly number[])[]) => {
      const { low, high } = bootstrapped(of, meanOf, seeded(1)).limits!;
      return high - low;
    };

    expect(width(copied)).toBeCloseTo(width(clusters), 9);
    expect(width(alone)).toBeLessThan(width(clusters));
  });

  it("has no limits for one cluster, nor where most draws define nothing", () => {
    expect(bootstrapped([[1, 2]], meanOf, seeded(1))).toEqual({ undefinedIn: 1_000 });
    expect(bootstrapped(clusters, () => undefined, seeded(1))).toEqual({ undefinedIn: 1_000 });
  });
});
