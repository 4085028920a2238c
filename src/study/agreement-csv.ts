import type { Agreement } from "./agreement.ts";
import { csvOf } from "./csv.ts";
import { NOT_DEFINED } from "./report.ts";
import type { Bootstrapped } from "./statistics/bootstrap.ts";
import type { Estimate } from "./statistics/pairs.ts";

const COLUMNS = [
  "wave",
  "week",
  "dyads",
  "n",
  "equal",
  "within_one",
  "two_or_more",
  "signed_mean",
  "statistic",
  "value",
  "error",
  "low",
  "high",
  "method",
];

/** Every value of the tables, one a line. */
export const agreementCsv = (all: readonly Agreement[]): string => csvOf(COLUMNS, all.flatMap(linesOf));

type Line = readonly (string | number)[];

function linesOf(found: Agreement): readonly Line[] {
  const { bootstrap, wave, weeks, alpha } = found;
  const one = (name: string, of: Estimate | undefined, method: string): Line => [
    ...head(found),
    name,
    of?.value ?? NOT_DEFINED,
    of?.error ?? "",
    of?.limits?.low ?? "",
    of?.limits?.high ?? "",
    method,
  ];
  const boot = (name: string, of: Bootstrapped, start = head(found)): Line => [
    ...start,
    name,
    "",
    "",
    of.limits?.low ?? NOT_DEFINED,
    of.limits?.high ?? NOT_DEFINED,
    "bootstrap by dyad",
  ];
  return [
    ...(wave.isOrdered
      ? [
          one("kappa_linear", found.kappaLinear, "large sample"),
          one("kappa_quadratic", found.kappaQuadratic, "large sample"),
          one("icc_2_1", found.agreement, "F"),
          one("icc_3_1", found.consistency, "F"),
          one("ac2_quadratic", found.ac2, "t"),
          boot("signed_mean", bootstrap.signedMean),
          boot("kappa_quadratic", bootstrap.kappaQuadratic),
        ]
      : [
          one("kappa", found.kappaLinear, "large sample"),
          one("ac1", found.ac2, "t"),
          boot("kappa", bootstrap.kappaQuadratic),
        ]),
    one(
      wave.isOrdered ? "alpha_ordinal" : "alpha_nominal",
      alpha === undefined ? undefined : { value: alpha },
      "",
    ),
    boot("equal_percent", bootstrap.equal),
    ...weeks.flatMap(({ week, counts, equal }) =>
      counts === undefined || equal === undefined
        ? []
        : [boot("equal_percent", equal, head({ ...found, counts }, week))],
    ),
  ];
}

/** Whose figures a line has: of the whole wave, or of a week of it. */
const head = ({ wave, dyads, counts }: Agreement, week: number | "" = ""): Line => [
  wave.id,
  week,
  week === "" ? dyads : "",
  counts.n,
  counts.equal,
  wave.isOrdered ? counts.withinOne : "",
  wave.isOrdered ? counts.twoOrMore : "",
  wave.isOrdered ? (counts.signedMean ?? "") : "",
];
