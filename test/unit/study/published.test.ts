import { describe, expect, it } from "vitest";
import { gwetAc2 } from "#src/study/statistics/ac2.ts";
import { krippendorffAlpha } from "#src/study/statistics/alpha.ts";
import { intraclass } from "#src/study/statistics/icc.ts";
import { weightedKappa } from "#src/study/statistics/kappa.ts";
import { tableOf, weightsOf, type Estimate, type Matrix } from "#src/study/statistics/pairs.ts";
import { fQuantile, tQuantile } from "#src/study/statistics/quantiles.ts";
import { surfaceOf } from "#src/study/statistics/surface.ts";

/* Every value here was published, or computed once in R (4.2, psych 2.2) on published data. To how many digits it was published says the last number. */

const rounded = (digits: number, ...values: readonly number[]) =>
  values.map((one) => Number(one.toFixed(digits)));

/** A value's limits, to so many digits. */
const limitsOf = (found: Estimate | undefined, digits: number) =>
  found?.limits && rounded(digits, found.limits.low, found.limits.high);

/** "1 2 .|2 3 1": rows of ratings, a point for a missing one. */
const rows = (text: string): (number | undefined)[][] =>
  text.split("|").map((row) =>
    row
      .trim()
      .split(/\s+/u)
      .map((cell) => (cell === "." ? undefined : Number(cell))),
  );
const table = (text: string): Matrix => rows(text) as number[][];
/** Raters in rows to units in rows. */
const units = (text: string) => {
  const raters = rows(text);
  return raters[0]!.map((_, unit) => raters.map((rater) => rater[unit]));
};

describe("quantiles", () => {
  it.each([
    [2, 3.7, 11.737_829_918_812],
    [5, 3.7, 10.466_545_635_65],
    [11, 3.7, 9.903_401_126_834],
    [2, 20, 4.461_255_495_919],
    [5, 20, 3.289_055_845_68],
    [11, 20, 2.720_861_925_433],
  ])("of F with %d and %d degrees of freedom are those of R's qf", (one, other, value) => {
    expect(fQuantile(0.975, one, other)).toBeCloseTo(value, 9);
  });

  it.each([
    [1, 12.706_204_736_175],
    [2, 4.302_652_729_749],
    [7, 2.364_624_251_593],
    [199, 1.971_956_544_252],
  ])("of t with %d degrees of freedom are those of R's qt", (freedom, value) => {
    expect(tQuantile(0.975, freedom)).toBeCloseTo(value, 9);
  });
});

describe("Shrout & Fleiss 1979, six subjects and four judges", () => {
  const found = intraclass(table("9 2 5 8|6 1 3 2|8 4 6 8|7 1 2 6|10 5 6 9|6 2 4 7"));

  it.each([
    ["oneWay", 0.165_741_8, -0.132_932_3, 0.722_560_1],
    ["agreement", 0.289_763_8, 0.018_786_5, 0.761_084_4],
    ["consistency", 0.714_840_7, 0.342_464_8, 0.945_858_3],
    ["agreementOfMeans", 0.620_050_5, 0.071_136_8, 0.927_232],
    ["consistencyOfMeans", 0.909_315_5, 0.675_674_7, 0.985_891_7],
  ] as const)("has %s", (which, value, low, high) => {
    expect(found?.[which]?.value).toBeCloseTo(value, 6);
    expect(limitsOf(found?.[which], 6)).toEqual(rounded(6, low, high));
  });
});

describe("Cohen 1968, 200 cases", () => {
  const counts = table("88 14 18|10 40 10|2 6 12");

  it("has kappa", () => {
    const found = weightedKappa(counts, weightsOf("unweighted", 3));

    expect(found?.value).toBeCloseTo(0.491_525_4, 6);
    expect(found?.error).toBeCloseTo(0.051_001_8, 6);
    expect(limitsOf(found, 6)).toEqual(rounded(6, 0.391_563_7, 0.591_487_1));
  });

  it("has weighted kappa with the weights of its own", () => {
    const disagreement = table("0 1 3|1 0 6|3 6 0");
    const found = weightedKappa(
      counts,
      disagreement.map((row) => row.map((one) => 1 - one / 6)),
    );

    expect(found?.value).toBeCloseTo(0.347_826_1, 6);
    expect(found?.error).toBeCloseTo(0.075_504, 6);
    expect(limitsOf(found, 6)).toEqual(rounded(6, 0.199_840_9, 0.495_811_2));
  });

  it.each([
    ["linear", 0.473_684_2, 0.054_432_3],
    ["quadratic", 0.454_545_5, 0.066_453_7],
  ] as const)("has %s weighted kappa", (weighting, value, error) => {
    const found = weightedKappa(counts, weightsOf(weighting, 3));

    expect(found?.value).toBeCloseTo(value, 6);
    expect(found?.error).toBeCloseTo(error, 6);
  });
});

describe("Fleiss, Cohen & Everitt 1969, 200 cases", () => {
  const counts = table("106 10 4|22 28 10|2 12 6");
  const pairs = counts.flatMap((row, i) =>
    row.flatMap((n, j) => Array.from({ length: n }, () => [i + 1, j + 1])),
  );

  it.each([
    ["unweighted", 0.428_571_4, 0.053_711, 0.323_299_8, 0.533_843_1],
    ["linear", 0.492_307_7, 0.050_718_6, 0.392_901, 0.591_714_3],
    ["quadratic", 0.566_666_7, 0.055_666_3, 0.457_562_6, 0.675_770_7],
  ] as const)("has %s kappa", (weighting, value, error, low, high) => {
    const found = weightedKappa(counts, weightsOf(weighting, 3));

    expect(found?.value).toBeCloseTo(value, 6);
    expect(found?.error).toBeCloseTo(error, 6);
    expect(limitsOf(found, 6)).toEqual(rounded(6, low, high));
  });

  it.each([
    ["unweighted", 0.593_56, 0.047_75],
    ["linear", 0.707_21, 0.039_5],
    ["quadratic", 0.795_28, 0.034_19],
  ] as const)("has %s AC2", (weighting, value, error) => {
    const found = gwetAc2(counts, weightsOf(weighting, 3));

    expect(found?.value).toBeCloseTo(value, 5);
    expect(found?.error).toBeCloseTo(error, 5);
  });

  it.each([
    ["nominal", 0.428_64],
    ["interval", 0.567_15],
  ] as const)("has alpha (%s)", (level, value) => {
    expect(krippendorffAlpha(pairs, level)).toBeCloseTo(value, 4);
  });
});

it.each([
  ["nominal", 0.743_421_1],
  ["ordinal", 0.815_387_5],
  ["interval", 0.849_107_1],
  ["ratio", 0.797_402_8],
] as const)("Krippendorff 2011, data C: alpha (%s)", (level, value) => {
  const data = units(
    "1 2 3 3 2 1 4 1 2 . . .|1 2 3 3 2 2 4 1 2 5 . 3|. 3 3 3 2 3 4 2 2 5 1 .|1 2 3 3 2 4 4 1 2 5 1 .",
  );

  expect(krippendorffAlpha(data, level)).toBeCloseTo(value, 6);
});

it("the response surface of b = (x −.23, y .77, x² −.07, xy .27, y² −.10)", () => {
  const { a1, a2, a3, a4, stationary } = surfaceOf([0, -0.23, 0.77, -0.07, 0.27, -0.1]);

  expect([a1, a2, a3, a4].map((one) => Number(one.toFixed(12)))).toEqual([0.54, 0.1, -1, -0.44]);
  expect(stationary?.x).toBeCloseTo(-3.605_79, 5);
  expect(stationary?.y).toBeCloseTo(-1.017_82, 5);
});

describe("Gwet 2014, two abstractors of 100 records (vignette of the R package irrCAC)", () => {
  const counts = table("13 0 0|0 20 7|0 4 56");

  it("has kappa .7964094, standard error .05891072", () => {
    const found = weightedKappa(counts, weightsOf("unweighted", 3));

    expect(found?.value).toBeCloseTo(0.796_409_4, 6);
    expect(found?.error).toBeCloseTo(0.058_910_72, 6);
  });

  it.each([
    ["unweighted", 0.849_33, 0.043_22, 0.763_58, 0.935_08, 5],
    ["quadratic", 0.940_24, 0.017_92, 0.904_68, 0.975_79, 5],
    ["linear", 0.9, (0.958 - 0.842) / 2 / 1.984_2, 0.842, 0.958, 3],
  ] as const)("has %s AC2 with limits by t", (weighting, value, error, low, high, digits) => {
    const found = gwetAc2(counts, weightsOf(weighting, 3));

    // irrCAC's function for tables divides the variance by n, the one for raw ratings, and ours, by n − 1.
    const ofTable = (found?.error ?? NaN) * Math.sqrt(99 / 100);
    expect(found?.value).toBeCloseTo(value, digits);
    expect(ofTable).toBeCloseTo(error, digits);
    expect(value - tQuantile(0.975, 99) * ofTable).toBeCloseTo(low, digits === 3 ? 2 : 4);
    expect(value + tQuantile(0.975, 99) * ofTable).toBeCloseTo(high, digits === 3 ? 2 : 4);
  });
});

describe("Gwet 2014, 223 patients by two ways of diagnosis (tests of the Python package irrCAC)", () => {
  const counts = table("40 6 4 15|4 25 1 5|4 2 21 9|17 13 12 45");

  it.each([
    ["unweighted", 0.432, 0.046, 0.456, 0.043],
    ["linear", 0.407, 0.053, 0.377, 0.056],
    ["quadratic", 0.383, 0.066, 0.299, 0.075],
  ] as const)("has %s kappa and AC2", (weighting, kappa, kappaError, ac2, ac2Error) => {
    const weights = weightsOf(weighting, 4);

    expect(weightedKappa(counts, weights)?.value).toBeCloseTo(kappa, 3);
    expect(weightedKappa(counts, weights)?.error).toBeCloseTo(kappaError, 3);
    expect(gwetAc2(counts, weights)?.value).toBeCloseTo(ac2, 3);
    // Of a table, irrCAC divides by n.
    expect((gwetAc2(counts, weights)?.error ?? NaN) * Math.sqrt(222 / 223)).toBeCloseTo(ac2Error, 3);
  });
});

it("SAS's example of PROC FREQ AGREE (tests of statsmodels): simple and weighted kappa with limits", () => {
  const counts = table("0 4 1|0 8 0|0 1 5");

  const simple = weightedKappa(counts, weightsOf("unweighted", 3));
  const weighted = weightedKappa(counts, weightsOf("linear", 3));

  expect(simple?.value).toBeCloseTo(0.4842, 4);
  expect(simple?.error).toBeCloseTo(0.138, 4);
  expect(limitsOf(simple, 4)).toEqual(rounded(4, 0.2137, 0.7547));
  expect(weighted?.value).toBeCloseTo(0.4701, 4);
  expect(weighted?.error).toBeCloseTo(0.1457, 4);
  expect(limitsOf(weighted, 4)).toEqual(rounded(4, 0.1845, 0.7558));
});

describe("anxiety of 20 people by three raters (R package irr)", () => {
  const raters = rows(
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3|3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4|2 1 4 4 3 2 1 6 1 1 1 2 3 3 1 1 3 3 2 2",
  ) as number[][];

  it.each([
    ["unweighted", -0.006_289_308],
    ["linear", 0.145_907_5],
    ["quadratic", 0.252_032_5],
  ] as const)(
    "has %s kappa of the second and the third (tests of statsmodels, from irr's kappa2)",
    (weighting, value) => {
      // Nobody chose 5, and irr knows only what was chosen.
      const step = (one: number): number => (one === 6 ? 5 : one);
      const pairs = raters[1]!.map((one, at) => ({ resident: step(one), attending: step(raters[2]![at]!) }));

      expect(weightedKappa(tableOf(pairs, 5), weightsOf(weighting, 5))?.value).toBeCloseTo(value, 6);
    },
  );

  it("has the agreement of single ratings (irr's icc, as the tests of tidystats keep it)", () => {
    const found = intraclass(raters[0]!.map((_, at) => raters.map((rater) => rater[at]!)))?.agreement;

    expect(found?.value).toBeCloseTo(0.197_998, 6);
    expect(limitsOf(found, 5)).toEqual(rounded(5, -0.038_911, 0.493_574));
  });
});

it("eight wines by four judges (real-statistics.com, as the tests of pingouin keep it): ICC(2,1)", () => {
  const wines = "1 1 3 6 6 7 8 9|2 3 8 4 5 5 7 9|0 3 1 3 5 6 7 9|1 2 4 3 6 2 9 8";
  const found = intraclass(units(wines) as number[][])?.agreement;

  expect(found?.value).toBeCloseTo(0.728, 3);
  expect(limitsOf(found, 3)).toEqual(rounded(3, 434 / 1_000, 0.927));
});

it.each([
  [
    "five observers",
    "1 1 2 . 0 0 1 1 2 2 . 0 1 3 1|1 1 3 0 0 0 0 . 2 1 1 0 2 3 1|2 0 3 0 0 0 2 2 2 1 0 0 2 2 1|. 1 3 . . . . 0 . 1 0 0 2 2 .|2 . . 0 0 0 1 . 2 . . . . 3 1",
    0.481,
  ],
  ["Ben and Gerry", "1 1 2 2 4 3 3 3 5 4 4 1|2 1 2 2 2 3 3 3 5 . 4 4", 0.665],
  [
    "fourteen units in two groups",
    "1 2 3 3 2 1 4 1 2 . . . 2 2|1 2 3 3 2 2 4 1 2 5 . . 2 1|. 3 3 3 2 3 4 2 2 5 1 3 3 3|1 2 3 3 2 4 4 1 2 5 1 . 2 2",
    0.632,
  ],
  [
    "fifteen people",
    "1 1 1 1 1 2 2 2 3 1 1 1 1 1 2|1 1 1 1 2 1 2 3 3 1 1 1 1 2 1|1 2 2 3 1 1 2 2 3 1 2 2 3 1 1|3 3 3 3 1 1 2 2 3 3 3 3 3 1 1",
    0.143,
  ],
])(
  "nominal alpha of %s (Gwet 2014; tests of the Python package irrCAC, which has another correction for small samples)",
  (_, data, value) => {
    // irrCAC adds 1/(2n) to the observed agreement of those with two or more ratings, which is Krippendorff's correction.
    expect(krippendorffAlpha(units(data), "nominal")).toBeCloseTo(value, 2);
  },
);
