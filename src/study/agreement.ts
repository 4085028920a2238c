import type { Policy } from "#src/domain/program.ts";
import { isEnough } from "./dataset.ts";
import type { StudyRow } from "./rows.ts";
import { factsOf } from "./items.ts";
import { casesOf, WAVES, type Case, type Wave } from "./waves.ts";
import { gwetAc2 } from "./statistics/ac2.ts";
import { krippendorffAlpha } from "./statistics/alpha.ts";
import { bootstrapped, type Bootstrapped } from "./statistics/bootstrap.ts";
import { countsOf, type Counts } from "./statistics/counts.ts";
import { intraclass } from "./statistics/icc.ts";
import { weightedKappa } from "./statistics/kappa.ts";
import {
  tableOf,
  weightsOf,
  type Estimate,
  type Matrix,
  type Pair,
  type Weighting,
} from "./statistics/pairs.ts";
import { fitted, surfaceOf, type Surface, type SurfaceCase } from "./statistics/surface.ts";

/** How far the two views of a wave agree. Undefined where a value is not defined, as where all answers are the same. */
export interface Agreement {
  readonly wave: Wave;
  readonly dyads: number;
  readonly counts: Counts;
  readonly kappaLinear?: Estimate;
  readonly kappaQuadratic?: Estimate;
  /** ICC(2,1) */
  readonly agreement?: Estimate;
  /** ICC(3,1) */
  readonly consistency?: Estimate;
  readonly alpha?: number;
  readonly ac2?: Estimate;
  readonly bootstrap: {
    readonly equal: Bootstrapped;
    readonly signedMean: Bootstrapped;
    readonly kappaQuadratic: Bootstrapped;
  };
  readonly table: Matrix;
  readonly weeks: readonly WeekAgreement[];
}

export interface WeekAgreement {
  readonly week: number;
  /** Undefined where too few different people stand behind the week. */
  readonly counts?: Counts;
  readonly equal?: Bootstrapped;
  readonly kappaQuadratic?: Estimate;
}

/** The agreement of every wave behind which enough people stand. */
export function agreements(
  rows: readonly StudyRow[],
  minimum: Policy["aggregate"],
  random: () => number,
): readonly Agreement[] {
  return WAVES.flatMap(({ of, ...told }) => {
    const { steps, isOrdered } = factsOf(of);
    const cases = casesOf(told.id, rows);
    if (
      !isEnough(
        cases.map(({ people }) => people),
        minimum,
      )
    )
      return [];
    return [agreementOf({ ...told, steps, isOrdered }, cases, minimum, random)];
  });
}

function agreementOf(
  wave: Wave,
  cases: readonly Case[],
  minimum: Policy["aggregate"],
  random: () => number,
): Agreement {
  const table = tableOf(cases, wave.steps);
  const icc = wave.isOrdered
    ? intraclass(cases.map(({ resident, attending }) => [resident, attending]))
    : undefined;
  const kappa = kappaOf(wave);
  const weeks = [...Map.groupBy(cases, ({ week }) => week)].toSorted(([a], [b]) => a - b);
  return {
    wave,
    dyads: clustersOf(cases).length,
    counts: countsOf(cases),
    ...defined({
      kappaLinear: wave.isOrdered ? kappa(cases, "linear") : kappa(cases, "unweighted"),
      kappaQuadratic: wave.isOrdered ? kappa(cases, "quadratic") : undefined,
      agreement: icc?.agreement,
      consistency: icc?.consistency,
      alpha: krippendorffAlpha(
        cases.map(({ resident, attending }) => [resident, attending]),
        wave.isOrdered ? "ordinal" : "nominal",
      ),
      ac2: gwetAc2(table, weightsOf(wave.isOrdered ? "quadratic" : "unweighted", wave.steps)),
    }),
    bootstrap: {
      equal: bootstrapped(clustersOf(cases), equalShare, random),
      signedMean: bootstrapped(clustersOf(cases), (drawn) => countsOf(drawn).signedMean, random),
      kappaQuadratic: bootstrapped(
        clustersOf(cases),
        (drawn) => kappa(drawn, wave.isOrdered ? "quadratic" : "unweighted")?.value,
        random,
      ),
    },
    table,
    weeks: weeks.map(([week, here]): WeekAgreement => {
      if (
        !isEnough(
          here.map(({ people }) => people),
          minimum,
        )
      )
        return { week };
      return {
        week,
        counts: countsOf(here),
        equal: bootstrapped(clustersOf(here), equalShare, random),
        ...defined({ kappaQuadratic: kappa(here, wave.isOrdered ? "quadratic" : "unweighted") }),
      };
    }),
  };
}

const kappaOf =
  ({ steps }: Wave) =>
  (cases: readonly Pair[], weighting: Weighting): Estimate | undefined =>
    weightedKappa(tableOf(cases, steps), weightsOf(weighting, steps));

/** Occasions of one pair hang together, so pairs are drawn and not occasions. */
const clustersOf = (cases: readonly Case[]): readonly (readonly Case[])[] => [
  ...Map.groupBy(cases, ({ dyad }) => dyad).values(),
];

/** The share of equal answers, in per cent. */
export const equalShare = (cases: readonly Pair[]): number | undefined => {
  const { n, equal } = countsOf(cases);
  return n === 0 ? undefined : (100 * equal) / n;
};

/** What of these is defined. */
const defined = <Of extends object>(values: Of): { [Key in keyof Of]?: NonNullable<Of[Key]> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Of]?: NonNullable<Of[Key]>;
  };

/** A response surface with limits by drawing dyads. */
export interface SurfaceFound {
  readonly n: number;
  readonly dyads: number;
  readonly surface: Surface;
  readonly limits: Readonly<Record<"a1" | "a2" | "a3" | "a4", Bootstrapped>>;
}

/**
 * How the goals that two worked on go with both views of how it worked for learning (check-in), as a response surface. Undefined where too
 * few people stand behind it, or the answers do not determine it.
 */
export function strategySurface(
  rows: readonly StudyRow[],
  minimum: Policy["aggregate"],
  random: () => number,
): SurfaceFound | undefined {
  const used = rows.filter((row) => row.item === "week-strategy" && row.outcome !== undefined);
  if (!isEnough(used, minimum)) return undefined;
  const cases = used.map(({ x, y, outcome, resident, attending }) => ({
    x: x - MIDDLE,
    y: y - MIDDLE,
    outcome: outcome!,
    dyad: `${resident} ${attending}`,
  }));
  const surface = surfaceFrom(cases);
  if (surface === undefined) return undefined;
  const clusters = [...Map.groupBy(cases, ({ dyad }) => dyad).values()];
  const limit = (key: "a1" | "a2" | "a3" | "a4") =>
    bootstrapped(clusters, (drawn) => surfaceFrom(drawn)?.[key], random);
  return {
    n: cases.length,
    dyads: clusters.length,
    surface,
    limits: { a1: limit("a1"), a2: limit("a2"), a3: limit("a3"), a4: limit("a4") },
  };
}

/** The middle of agreement from 1 to 5. */
const MIDDLE = 3;

function surfaceFrom(cases: readonly SurfaceCase[]): Surface | undefined {
  const coefficients = fitted(cases);
  return coefficients && surfaceOf(coefficients);
}
