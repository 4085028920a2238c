import type { Agreement, SurfaceFound } from "./agreement.ts";
import type { Bootstrapped } from "./statistics/bootstrap.ts";
import type { Estimate, Limits } from "./statistics/pairs.ts";

/* Agreement as lines for a terminal. */

/** 8,681 ratings of operations by resident and attending, by one step of four ("Mind the Gap", quoted in docs/domain.md). */
export const PUBLISHED = { ratings: 8_681, equal: 60, beyondOne: 3.5 } as const;

export const NOT_DEFINED = "not defined";

const number = (value: number, digits = 3): string => value.toFixed(digits).replace(/^-(0\.?0*)$/u, "$1");
const between = ({ low, high }: Limits, digits?: number): string =>
  `${number(low, digits)} to ${number(high, digits)}`;

const estimated = (found: Estimate | undefined): string => {
  if (found === undefined) return NOT_DEFINED;
  return found.limits === undefined
    ? number(found.value)
    : `${number(found.value)} (${between(found.limits)})`;
};

const drawn = ({ limits, undefinedIn }: Bootstrapped, digits?: number): string => {
  if (limits === undefined) return NOT_DEFINED;
  const note = undefinedIn === 0 ? "" : `; not defined in ${undefinedIn} draws`;
  return `${between(limits, digits)}${note}`;
};

const share = (part: number, of: number): string => `${part} (${((100 * part) / of).toFixed(1)} %)`;

/** One wave, a value a line. */
export function agreementLines(found: Agreement): readonly string[] {
  const { wave, counts, bootstrap, dyads } = found;
  const { n } = counts;
  const rows: readonly (readonly [string, string])[] = [
    ["pairs of answers", `${n} of ${dyads} dyads`],
    ["equal", `${share(counts.equal, n)}, drawn by dyads ${drawn(bootstrap.equal, 1)} %`],
    ...(wave.isOrdered
      ? ([
          ["within one step", share(counts.withinOne, n)],
          ["two steps or more", share(counts.twoOrMore, n)],
          [
            "mean difference",
            `${number(counts.signedMean!, 2)}, drawn by dyads ${drawn(bootstrap.signedMean, 2)} (above 0: ${wave.higher})`,
          ],
          [wave.lower, String(counts.lower)],
          [wave.higher, String(counts.higher)],
          ["kappa, linear", estimated(found.kappaLinear)],
          [
            "kappa, quadratic",
            `${estimated(found.kappaQuadratic)}, drawn by dyads ${drawn(bootstrap.kappaQuadratic)}`,
          ],
          ["ICC(2,1), agreement", estimated(found.agreement)],
          ["ICC(3,1), consistency", estimated(found.consistency)],
          ["alpha, ordinal", found.alpha === undefined ? NOT_DEFINED : number(found.alpha)],
          ["AC2, quadratic", estimated(found.ac2)],
        ] as const)
      : ([
          ["kappa", `${estimated(found.kappaLinear)}, drawn by dyads ${drawn(bootstrap.kappaQuadratic)}`],
          ["alpha, nominal", found.alpha === undefined ? NOT_DEFINED : number(found.alpha)],
          ["AC1", estimated(found.ac2)],
        ] as const)),
  ];
  return [wave.title, ...aligned(rows), ...weekLines(found)];
}

const aligned = (rows: readonly (readonly [string, string])[]): readonly string[] => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
};

const weekLines = ({ weeks, wave }: Agreement): readonly string[] => [
  "  by week of the rotation:",
  ...weeks.map(({ week, counts, equal, kappaQuadratic }) =>
    counts === undefined
      ? `    week ${week}: too few people to show`
      : `    week ${week}: ${share(counts.equal, counts.n)} of ${counts.n} equal, ${equal === undefined ? "" : drawn(equal, 1)}; kappa ${wave.isOrdered ? "(quadratic) " : ""}${estimated(kappaQuadratic)}`,
  ),
];

/** How one's own answers about help stand beside the published ones. */
export const comparisonLines = ({ counts }: Agreement): readonly string[] => [
  `Beside the published figures (${PUBLISHED.ratings.toLocaleString("en-US")} ratings of operations, four steps)`,
  ...aligned([
    ["", "here     published"],
    ["equal", `${((100 * counts.equal) / counts.n).toFixed(1).padStart(5)} %  ${PUBLISHED.equal} %`],
    [
      "beyond one step",
      `${((100 * counts.twoOrMore) / counts.n).toFixed(1).padStart(5)} %  ${PUBLISHED.beyondOne} %`,
    ],
  ]),
  "  Those rated an operation afterwards; here two plan a shift before it. They are a mark to stand beside, no target.",
];

/** The response surface, with what it may not be read as. */
export const surfaceLines = ({ n, dyads, surface, limits }: SurfaceFound): readonly string[] => [
  "Goals worked on, by how both say it worked for learning (check-in; response surface)",
  ...aligned([
    ["weeks", `${n} of ${dyads} dyads`],
    ["a1, along agreement", `${number(surface.a1)}, drawn by dyads ${drawn(limits.a1)}`],
    ["a2, its curvature", `${number(surface.a2)}, drawn by dyads ${drawn(limits.a2)}`],
    ["a3, along disagreement", `${number(surface.a3)}, drawn by dyads ${drawn(limits.a3)}`],
    ["a4, its curvature", `${number(surface.a4)}, drawn by dyads ${drawn(limits.a4)}`],
    [
      "flat at",
      surface.stationary === undefined
        ? NOT_DEFINED
        : `resident ${number(surface.stationary.x)}, attending ${number(surface.stationary.y)} from the middle`,
    ],
  ]),
  "  It says how answers of one week go together. It does not say that agreement makes goals succeed (both may follow from a quiet",
  "  week), nothing about one person, and nothing outside the answers that were given. The statements are not validated.",
];

/** What every figure here may not be read as. */
export const READ_AS: readonly string[] = [
  "These figures describe how two views of one shift meet. They are not the reliability of an assessment: help is no measure of",
  "competence, and neither view is the right one. Kappa and alpha are not defined where all answers are the same.",
];
