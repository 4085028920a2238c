import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { agreements, strategySurface, type Agreement, type SurfaceFound } from "#src/study/agreement.ts";
import { readLongFile } from "#test/support/long-file.ts";

/*
 * A long file that the engine made (eight made-up residents, three weeks), and what R 4.2 with psych 2.2.9 computed from it once:
 * test/fixtures/study/recompute.R.
 */

const FOLDER = "test/fixtures/study";
const rows = readLongFile(`${FOLDER}/pairs.csv`);
const MINIMUM = { residents: 5, attendings: 3 };
const found = agreements(rows, MINIMUM, seeded(1));
const surface = strategySurface(rows, MINIMUM, seeded(1));
const results = parse(readFileSync(`${FOLDER}/r-results.csv`, "utf8"), { columns: true }) as {
  item: string;
  statistic: string;
  value: string;
}[];

const VALUES: Readonly<Record<string, (one: Agreement) => number | undefined>> = {
  n: ({ counts }) => counts.n,
  equal: ({ counts }) => counts.equal,
  two_or_more: ({ counts }) => counts.twoOrMore,
  signed_mean: ({ counts }) => counts.signedMean,
  kappa_linear: ({ kappaLinear }) => kappaLinear?.value,
  kappa_linear_error: ({ kappaLinear }) => kappaLinear?.error,
  kappa_quadratic: ({ kappaQuadratic }) => kappaQuadratic?.value,
  kappa_quadratic_error: ({ kappaQuadratic }) => kappaQuadratic?.error,
  icc_2_1: ({ agreement }) => agreement?.value,
  icc_2_1_low: ({ agreement }) => agreement?.limits?.low,
  icc_2_1_high: ({ agreement }) => agreement?.limits?.high,
  icc_3_1: ({ consistency }) => consistency?.value,
  icc_3_1_low: ({ consistency }) => consistency?.limits?.low,
  icc_3_1_high: ({ consistency }) => consistency?.limits?.high,
  alpha_ordinal: ({ alpha }) => alpha,
  ac2_quadratic: ({ ac2 }) => ac2?.value,
  ac2_error: ({ ac2 }) => ac2?.error,
};

const SURFACE: Readonly<Record<string, (of: SurfaceFound) => number>> = {
  n: ({ n }) => n,
  a1: ({ surface: { a1 } }) => a1,
  a2: ({ surface: { a2 } }) => a2,
  a3: ({ surface: { a3 } }) => a3,
  a4: ({ surface: { a4 } }) => a4,
};

describe("what R computed from the long file", () => {
  it.each(results)("$item: $statistic", ({ item, statistic, value }) => {
    const wave = found.find((one) => one.wave.id === item);
    const ours =
      item === "surface" ? surface && SURFACE[statistic]!(surface) : wave && VALUES[statistic]!(wave);

    expect(ours).toBeCloseTo(Number(value), 6);
  });

  it("is all there", () => {
    expect(results.length).toBe(5 * Object.keys(VALUES).length + Object.keys(SURFACE).length);
  });
});
