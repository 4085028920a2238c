import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figureAfter, percent, published, type Contribution, type Figure } from "#src/domain/aggregate.ts";
import { nextStep, type FiguresToJudge } from "#src/domain/next-step.ts";
import { personId } from "#src/domain/person.ts";
import { campaignSize } from "#test/support/campaign-size.ts";

const RUNS = { numRuns: campaignSize({ usual: 200, long: 5_000 }) };
const of10 = (hits: number, of = 10): Figure => ({ hits, of });
const well: FiguresToJudge = {
  due: 100,
  lost: 0,
  both: of10(8),
  single: new Map(),
  feedback: of10(8),
  settled: of10(8),
};
const single = (hits: Readonly<Record<number, number>>, of = 10) =>
  new Map(Object.entries(hits).map(([hour, count]) => [Number(hour), of10(count, of)]));

describe("what invites a step", () => {
  it("is nothing where all goes well, or where nothing is told yet", () => {
    expect(nextStep(well)).toBeUndefined();
    expect(nextStep({ due: 9, lost: 9, single: new Map() })).toBeUndefined();
  });

  it("is first that messages do not arrive, then who answers, then feedback, then what is settled", () => {
    const all = { ...well, lost: 10, both: of10(4), feedback: of10(3), settled: of10(2) };

    expect(nextStep(all)).toEqual({ kind: "arrive", lost: 10, due: 100 });
    expect(nextStep({ ...all, lost: 9 })).toEqual({ kind: "both", figure: of10(4) });
    expect(nextStep({ ...all, lost: 0, both: of10(6) })).toEqual({ kind: "feedback", figure: of10(3) });
    expect(nextStep({ ...all, lost: 0, both: of10(6), feedback: of10(6) })).toEqual({
      kind: "settled",
      figure: of10(2),
    });
  });

  it("has the hour in which most of the others begin, unless next to nobody's began in another", () => {
    const hourOf = (hits: Readonly<Record<number, number>>, of = 10) =>
      nextStep({ ...well, both: of10(4), single: single(hits, of) });

    expect(hourOf({ 7: 4, 19: 2 })).toEqual({ kind: "both", figure: of10(4), hour: 7 });
    expect(hourOf({ 7: 3, 19: 3 })).not.toHaveProperty("hour");
    expect(hourOf({ 7: 6 })).not.toHaveProperty("hour");
    // Counted for a shorter time than the figure.
    expect(hourOf({ 7: 4, 19: 2 }, 9)).not.toHaveProperty("hour");
  });
});

const count = fc.nat(60);

it("names an hour only where it is most of a rest of which both parts are a tenth of all or more", () => {
  fc.assert(
    fc.property(count, count, count, (both, here, elsewhere) => {
      const of = both + here + elsewhere;
      fc.pre(of > 0);
      const step = nextStep({
        ...well,
        both: of10(both, of),
        single: single({ 7: here, 19: elsewhere }, of),
      });
      if (step?.kind !== "both" || step.hour === undefined) return;
      const [most, least] = step.hour === 7 ? [here, elsewhere] : [elsewhere, here];

      expect(most).toBeGreaterThan(least);
      expect(percent({ hits: least, of })).toBeGreaterThanOrEqual(10);
    }),
    RUNS,
  );
});

const NAMES = ["both", "single:7", "single:19"];
const MINIMUM = { residents: 5, attendings: 3 };
const contribution: fc.Arbitrary<Contribution> = fc.record({
  week: fc.integer({ min: 1, max: 6 }),
  residents: fc.constantFrom(..."123456").map((id) => [personId(`r${id}`)]),
  attendings: fc.constantFrom(..."1234").map((id) => [personId(`a${id}`)]),
  hits: fc.constantFrom(...NAMES).map((name) => [name]),
});
const told = (all: readonly Contribution[]) => {
  const isChoice = (name: string) => name !== "both";
  const { tally } = published(
    { parts: [] },
    { contributions: all, names: NAMES, minimum: MINIMUM, isChoice },
  );
  const figure = (name: string) => figureAfter(99, tally.parts, name);
  const hours = [7, 19].flatMap((hour): [number, Figure][] => {
    const found = figure(`single:${hour}`);
    return found === undefined ? [] : [[hour, found]];
  });
  return {
    since: tally.since ?? 0,
    step: nextStep({ due: 0, lost: 0, both: figure("both"), single: new Map(hours) }),
  };
};

it("is the same whatever was answered that is not published, and moves by five residents and three attendings or more at once", () => {
  fc.assert(
    fc.property(
      fc.array(contribution, { maxLength: 60, size: "max" }),
      fc.infiniteStream(fc.constantFrom(...NAMES)),
      (all, others) => {
        const { since, step } = told(all);
        const changed = all.map((one) => {
          const { value } = others.next();
          return one.week > since ? { ...one, hits: [value as string] } : one;
        });
        const after = told(changed);
        // What else somebody answered, or that somebody's last shift is gone.
        const last = all.at(-1);
        const fewer = last !== undefined && last.week > since ? told(all.slice(0, -1)) : { since, step };
        fc.pre(after.since === since && fewer.since === since);

        expect([after.step, fewer.step]).toEqual([step, step]);
      },
    ),
    RUNS,
  );
});
