import type { ShiftRole } from "#src/domain/person.ts";
import { utc } from "#src/domain/time.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { Accounted, Accounts, RosterEntry, RosterReading } from "../text/reader.ts";
import type { RosterSource } from "./source.ts";

type Duty = Extract<RosterEntry, { readonly kind: "duty" }>;

/** Shifts that two places state in different roles, each with what is told about it. */
type Torn = ReadonlyMap<string, RosterProblem>;

/**
 * Copies of one shift, by person and time, are in the role that one of them states. Where two state different ones, all
 * are left out and the shift is told once: nobody knows which is right.
 */
export function inOneRole(
  sources: readonly RosterSource[],
  readings: readonly RosterReading[],
): { readonly readings: readonly RosterReading[]; readonly torn: readonly RosterProblem[] } {
  const stated = new Map<string, { readonly role: ShiftRole; readonly by: string }>();
  const torn = new Map<string, RosterProblem>();
  for (const [index, { entries }] of readings.entries()) {
    for (const one of entries) {
      if (one.kind !== "duty" || !one.isStated) continue;
      const [key, by] = [spanOf(one), sources[index]!.name];
      const before = stated.get(key);
      if (before === undefined) stated.set(key, { role: one.role, by });
      else if (before.role !== one.role && !torn.has(key)) torn.set(key, twoRoles(one, by, before));
    }
  }
  const inOne = (one: RosterEntry): readonly RosterEntry[] => {
    if (one.kind === "absence") return [one];
    const said = stated.get(spanOf(one));
    if (said === undefined) return [one];
    return torn.has(spanOf(one)) ? [] : [{ ...one, role: said.role, isStated: true }];
  };
  return {
    readings: readings.map((reading) => ({
      ...reading,
      entries: reading.entries.flatMap(inOne),
      ...(reading.accounts && { accounts: withoutTorn(reading.accounts, reading, torn) }),
    })),
    torn: [...torn.values()],
  };
}

const spanOf = ({ person, start, end }: RosterEntry): string => `${person} ${start} ${end}`;

const twoRoles = (
  { person, start, role }: Duty,
  file: string,
  other: { readonly role: ShiftRole; readonly by: string },
): RosterProblem => ({
  file,
  field: "role",
  message: `${person} works the shift from ${utc(start)} as ${role}, and as ${other.role} ${other.by === file ? "in another place of it" : `in ${other.by}`}`,
  todo: "write the same role in both places, or take one of them out; the shift was left out",
  why: { code: "two-roles", people: [person], at: start },
});

/** A roster's books once what was read is left out after all. */
function withoutTorn({ counts, list }: Accounts, { entries }: RosterReading, torn: Torn): Accounts {
  const isTorn = (one: RosterEntry) => one.kind === "duty" && torn.has(spanOf(one));
  const gone = Math.min(entries.filter(isTorn).length, counts.read);
  if (gone === 0) return { counts, list };
  return {
    counts: { ...counts, read: counts.read - gone, leftOut: counts.leftOut + gone },
    list: list.map((one): Accounted => {
      const lost = one.fate === "read" ? one.entries.find(isTorn) : undefined;
      if (lost === undefined) return one;
      const { line, field } = one;
      const place = { ...(line !== undefined && { line }), ...(field !== undefined && { field }) };
      return { ...place, fate: "left out", reason: torn.get(spanOf(lost))!.message };
    }),
  };
}
