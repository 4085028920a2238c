import { usualOnShift, type Person, type PersonId, type ShiftRole } from "#src/domain/person.ts";
import { sayer, type Dialect } from "../dialect.ts";
import { quoted } from "../problem.ts";
import type { Stay } from "../reader.ts";
import type { Wrong } from "../tables/row-times.ts";

/** What a column of roles may say; capitals and full-width letters make no difference. */
const WORDS: ReadonlyMap<string, ShiftRole> = new Map([
  ["resident", "resident"],
  ["研修医", "resident"],
  ["attending", "attending"],
  ["指導医", "attending"],
]);

export const roleNamed = (text: string): ShiftRole | undefined =>
  WORDS.get(text.normalize("NFKC").trim().toLowerCase());

/**
 * In which role somebody works a shift: as its cell in a column of roles says, else the roster's `as`, else its name by
 * the words of `roles`, else as usual. Undefined for who works no shifts: a coordinator's are nothing to Attune.
 */
export type ActsAs = (
  kind: Stay["kind"],
  person: PersonId,
  label: string,
  cell?: string,
) => Stay | Wrong<"role"> | undefined;

export function actingReader({ as, roles }: Dialect, people: readonly Person[]): ActsAs {
  const [saysResident, saysAttending] = [sayer(roles?.resident), sayer(roles?.attending)];
  const known = new Map(people.map((person) => [person.id, person]));
  const byName = (label: string): ShiftRole | Wrong<"role"> | undefined => {
    const [resident, attending] = [saysResident(label), saysAttending(label)];
    if (resident && attending) return twoRoles(label);
    return resident ? "resident" : attending ? "attending" : undefined;
  };
  return (kind, id, label, cell = "") => {
    if (kind === "absence") return { kind };
    const named = roleNamed(cell);
    if (named === undefined && cell !== "") return noRole(cell);
    const stated = named ?? as ?? byName(label);
    if (typeof stated === "object") return stated;
    const person = known.get(id);
    const role = stated ?? (person && usualOnShift(person));
    if (role === undefined) return undefined;
    if (person !== undefined && !person.roles.includes(role)) return notTheirs(person, role);
    return { kind, role, ...(stated !== undefined && { isStated: true }) };
  };
}

const noRole = (cell: string): Wrong<"role"> => ({
  field: "role",
  message: `${quoted(cell)} is no role on a shift`,
  todo: "write resident or attending, or leave it empty for who works as usual",
  why: { code: "no-role", text: cell },
});

const twoRoles = (label: string): Wrong<"role"> => ({
  field: "role",
  message: `${quoted(label)} fits words of both roles under \`roles\` in program.yaml`,
  todo: "write longer words there, so that only one of them fits",
  why: { code: "two-roles", text: label },
});

function notTheirs({ id, roles }: Person, role: ShiftRole): Wrong<"role"> {
  const usual = roles.join("+");
  return {
    field: "role",
    message: `${id} would work it as ${role}, and is ${usual} in people.csv`,
    todo: `write ${usual}+${role} as their role in people.csv, or mend the role in the roster or in program.yaml`,
    why: { code: "not-their-role", text: role, people: [id] },
  };
}
