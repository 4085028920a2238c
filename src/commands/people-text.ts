import type { PeopleChange, PeopleKept } from "#src/domain/people-change.ts";
import type { Program } from "#src/domain/program.ts";

/** What people.csv changes of what a running Attune has, a line for each person and change. */
export function peopleLines(change: PeopleChange, before: PeopleKept, program: Program): readonly string[] {
  const now = new Map(program.people.map((person) => [person.id as string, person]));
  const nameOf = (id: string) => `${now.get(id)?.name ?? id} (${id})`;
  const rolesOf = (id: string) => now.get(id)?.roles.join("+") ?? "";
  const lineOf: Readonly<Record<keyof PeopleChange, (id: string) => string>> = {
    joined: (id) => `+ ${nameOf(id)} joins as ${rolesOf(id)}`,
    left: (id) =>
      `- ${id} leaves: what is unsent is withdrawn; what is kept of them stays until it is erased`,
    renamed: (id) => `~ ${nameOf(id)} has another name`,
    inLatin: (id) => `~ ${nameOf(id)} has another name in Latin letters: ${now.get(id)?.nameEn ?? "none"}`,
    moved: (id) => `~ ${nameOf(id)} has another e-mail or account: messages go there`,
    recast: (id) => `~ ${nameOf(id)} is ${rolesOf(id)}, before ${before[id]?.roles ?? ""}`,
    inLanguage: (id) =>
      `~ ${nameOf(id)} is written to in ${now.get(id)?.locale ?? ""}, before ${before[id]?.locale ?? ""}, unless they chose a language`,
    rotated: (id) =>
      `~ ${nameOf(id)} is in ${rotationsOf(now.get(id)?.rotations)}, before ${rotationsOf(before[id]?.rotations)}`,
  };
  return (Object.keys(lineOf) as (keyof PeopleChange)[]).flatMap((what) => change[what].map(lineOf[what]));
}

const rotationsOf = (rotations: readonly string[] = []): string =>
  rotations.length === 0 ? "the rotations that program.yaml says" : rotations.join(" + ");
