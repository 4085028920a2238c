import { describe, expect, it } from "vitest";
import { seeded } from "#src/simulation/random.ts";
import { agreementCsv } from "#src/study/agreement-csv.ts";
import { agreements, strategySurface } from "#src/study/agreement.ts";
import { casesOf, WAVES } from "#src/study/waves.ts";
import { tablePicture, weeksPicture } from "#src/study/pictures.ts";
import { powerOf, riseOf } from "#src/study/power.ts";
import { agreementLines, comparisonLines, surfaceLines } from "#src/study/report.ts";
import { readLongFile } from "#test/support/long-file.ts";

const rows = readLongFile("test/fixtures/study/pairs.csv");
const MINIMUM = { residents: 5, attendings: 3 };
const found = agreements(rows, MINIMUM, seeded(1));
const help = found.find(({ wave }) => wave.id === "help")!;

describe("the tables", () => {
  it("have each wave that enough people stand behind, and no other", () => {
    const few = agreements(
      rows.filter(({ resident }) => new Set(rows.slice(0, 1).map((one) => one.resident)).has(resident)),
      MINIMUM,
      seeded(1),
    );

    expect(found.map(({ wave }) => wave.id)).toEqual(
      WAVES.map(({ id }) => id).filter((id) => id !== "week-trust"),
    );
    expect(few).toEqual([]);
  });

  it("say how many are equal, within a step and further apart, in words that add up", () => {
    const { counts, table } = help;

    expect(counts.equal + counts.lower + counts.higher).toBe(counts.n);
    expect(counts.withinOne + counts.twoOrMore).toBe(counts.n);
    expect(table.flat().reduce((all, one) => all + one, 0)).toBe(counts.n);
    expect(agreementLines(help).join("\n")).toContain(`${counts.n} of ${help.dyads} dyads`);
  });

  it("are the same for the same seed", () => {
    expect(agreements(rows, MINIMUM, seeded(1)).map(agreementLines)).toEqual(found.map(agreementLines));
  });

  it("hide a week of too few people, and say so", () => {
    const week = help.weeks.at(-1)!.week;
    const some = casesOf("help", rows).find((one) => one.week === week)!;
    const thin = rows.filter((row) => row.week !== week || row.resident === some.people.resident);

    const told = agreementLines(agreements(thin, MINIMUM, seeded(1)).find(({ wave }) => wave.id === "help")!);

    expect(told.join("\n")).toContain(`week ${week}: too few people to show`);
  });

  it("say that a value is not defined where all answers are the same", () => {
    const same = rows.map((row) => (row.item === "help" ? { ...row, x: 2, y: 2 } : row));

    const told = agreementLines(agreements(same, MINIMUM, seeded(1))[0]!).join("\n");

    expect(told).toMatch(/kappa, linear +not defined/u);
    expect(told).toMatch(/alpha, ordinal +not defined/u);
    expect(told).toMatch(/ICC\(2,1\), agreement +not defined/u);
  });

  it("stand beside the published figures, as a mark and no target", () => {
    const told = comparisonLines(help).join("\n");

    expect(told).toContain("8,681");
    expect(told).toContain("60 %");
    expect(told).toContain("3.5 %");
    expect(told).toContain("no target");
  });

  it("have the surface with what it may not be read as", () => {
    const surface = strategySurface(rows, MINIMUM, seeded(1))!;

    expect(surfaceLines(surface).join("\n")).toContain("It does not say that agreement makes goals succeed");
  });

  it("are all in the CSV", () => {
    const lines = agreementCsv(found).trim().split("\r\n");

    expect(lines[0]).toBe(
      "wave,week,dyads,n,equal,within_one,two_or_more,signed_mean,statistic,value,error,low,high,method",
    );
    expect(new Set(lines.map((one) => one.split(",").length))).toEqual(new Set([14]));
    for (const { wave } of found) expect(lines.some((one) => one.startsWith(`${wave.id},`))).toBe(true);
  });
});

describe("the pictures", () => {
  it.each([
    ["the table", tablePicture(help), `${help.counts.n} shifts`],
    ["the weeks", weeksPicture(help), "week 1: "],
  ])("%s says in words what it shows", (_, { svg, text }, words) => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/u);
    expect(svg).toContain("<title");
    expect(svg).not.toMatch(/NaN|undefined|<script/u);
    expect(text).toContain(words);
  });
});

describe("the power of a study", () => {
  const people = { resident: "r1" as never, attending: "a1" as never };
  /** Residents with three answered shifts in each of eight weeks. */
  const pool = (residents: number) =>
    Array.from({ length: residents }, (_, at) =>
      Array.from({ length: 24 }, (_unused, shift) => ({
        resident: 1,
        attending: 1,
        week: 1 + (shift % 8),
        dyad: `r${at} a1`,
        people,
      })),
    );
  const power = (rise: number, residents: number, draws: number) => {
    const random = seeded(2);
    const answered = (week: number) => ({
      resident: 2,
      attending: random() < 0.4 + rise * (week - 1) ? 2 : 3,
    });
    return powerOf(pool(20), residents, { draws, random, answered });
  };

  it("is near the level where there is no rise, and near certain where it is steep", () => {
    const flat = power(0, 16, 2_000);

    expect(flat.power).toBeGreaterThan(0.02);
    expect(flat.power).toBeLessThan(0.09);
    expect(flat.within).toBeLessThan(0.02);
    expect(power(0.08, 16, 300).power).toBeGreaterThan(0.95);
  });

  it("grows with the residents", () => {
    const [few, many] = [6, 40].map((count) => power(0.02, count, 500).power);

    expect(many).toBeGreaterThan(few!);
  });

  it("has no test for one cluster, or a single week", () => {
    expect(riseOf(pool(1))).toBeUndefined();
    expect(riseOf(pool(3).map((own) => own.slice(0, 1)))).toBeUndefined();
  });
});
