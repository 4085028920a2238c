import { pairWeek } from "#src/domain/nudge.ts";
import { outlookOf, type Overlap } from "#src/domain/outlook.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { researchAnswers, researchConsent, type ResearchConsent } from "#src/domain/research.ts";
import { dayNumber, weekOf, type Zone } from "#src/domain/time.ts";
import { shiftRows, weekRows, type Pair, type StudyRow, type StudySource, type Used } from "./rows.ts";

/* Which answers a study may have. No other file decides that. */

/** Why occasions of two partners are not in it. Who takes part, and who does not, is told by none of them. */
export interface LeftOut {
  /** Not both partners have answered, or not both take part in the study, or did so then. */
  readonly notBoth: number;
  /** Outside the days of the study, or of a rotation. */
  readonly outside: number;
  /** Rows of a rotation, or of an item in it, with too few residents or attendings. */
  readonly belowThreshold: number;
}

export interface StudyData {
  readonly rows: readonly StudyRow[];
  readonly leftOut: LeftOut;
}

/**
 * The answers of pairs of whom both had agreed to the study when they gave them, and both agree still. Rotations, and items in them, of
 * fewer residents and attendings than a figure needs (policy `aggregate`) are left out. Undefined without a study.
 */
export function studyData(source: StudySource): StudyData | undefined {
  const { program, zone } = source;
  const { research } = program;
  if (research === undefined) return undefined;
  const consents = new Map<PersonId, ResearchConsent>();
  for (const [person, all] of source.replies) {
    const consent = researchConsent(researchAnswers(all), research.version);
    if (consent !== undefined) consents.set(person, consent);
  }
  const used: Used = {
    ...source,
    consents,
    from: zone.at(dayNumber(research.from), 0),
    to: zone.at(dayNumber(research.to) + 1, 0),
  };
  const met = pairsMet(source);
  const shifts = met.map((overlap) => shiftRows(used, overlap));
  const found = shifts.flatMap((one) => (Array.isArray(one) ? one : []));
  const weeks = weeksOf(met, zone).map((week) => weekRows(used, week, found));
  const all = [...shifts, ...weeks];
  const rows = all.flatMap((one) => (Array.isArray(one) ? one : []));
  const kept = aboveThreshold(rows, program);
  return {
    rows: kept,
    leftOut: {
      notBoth: all.filter((one) => one === "not-both").length,
      outside: all.filter((one) => one === "outside").length,
      belowThreshold: rows.length - kept.length,
    },
  };
}

/** Everybody who met, also those who have stopped since: whether they are in it is their consent's matter alone. */
const pairsMet = ({ program, zone, assignments, now }: StudySource): readonly Overlap[] =>
  outlookOf({
    program,
    zone,
    roster: { assignments: assignments.filter(({ start }) => start < now), absences: [] },
    wishes: new Map(),
  }).overlaps;

/** Every week of each pair in which they met. */
function weeksOf(met: readonly Overlap[], zone: Zone): readonly (Pair & { readonly occasion: string })[] {
  const found = new Map<string, Pair & { readonly occasion: string }>();
  for (const { resident, attending } of met) {
    const pair = { resident: resident.person, attending: attending.person };
    const occasion = pairWeek(pair.resident, pair.attending, weekOf(zone.dayOf(resident.start)));
    found.set(occasion, { ...pair, occasion });
  }
  return [...found.values()];
}

/** Leaves out items of a rotation, and so rotations, behind which too few different people stand. */
function aboveThreshold(rows: readonly StudyRow[], { policy }: Program): readonly StudyRow[] {
  const groups = Map.groupBy(rows, ({ rotation, item }) => JSON.stringify([rotation, item]));
  return [...groups.values()].filter((group) => isEnough(group, policy.aggregate)).flat();
}

/** Whether as many different residents and attendings stand behind rows as a figure needs. */
export const isEnough = (
  rows: readonly Pick<StudyRow, "resident" | "attending">[],
  minimum: Program["policy"]["aggregate"],
): boolean =>
  new Set(rows.map(({ resident }) => resident)).size >= minimum.residents &&
  new Set(rows.map(({ attending }) => attending)).size >= minimum.attendings;
