import { personId, type PersonId } from "./person.ts";
import { weekFromLabel, weekLabel, type WeekNumber } from "./zone.ts";

/** The subject of a check-in: "r1+a2@2026-W14". */
export const pairWeek = (resident: PersonId, attending: PersonId, week: WeekNumber): string =>
  `${resident}+${attending}@${weekLabel(week)}`;

export interface PairWeek {
  readonly resident: PersonId;
  readonly attending: PersonId;
  readonly week: WeekNumber;
}

/** Reads what `pairWeek` wrote; undefined for any other subject. */
export function readPairWeek(subject: string): PairWeek | undefined {
  const match = /^([^+]+)\+([^+]+)@(\d{4}-W\d{2})$/.exec(subject);
  const week = match === null ? undefined : weekFromLabel(match[3]!);
  if (match === null || week === undefined) return undefined;
  return { resident: personId(match[1]!), attending: personId(match[2]!), week };
}
