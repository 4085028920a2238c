import type { PeopleChange, PeopleKept } from "#src/domain/people-change.ts";
import type { Program } from "#src/domain/program.ts";

/** What people.csv changes of what a running Attune has, a line for each person and change. */
export function peopleLines(change: PeopleChange, before: PeopleKept, program: Program): readonly string[] {
  const now = new Map(program.people.map((person) => [person.id as string, person]));
  const nameOf = (id: string) => `${now.get(id)?.name ?? id} (${id})`;
  const rolesOf = (id: string) => now.get(id)?.roles.join("+") ?? "";
  return [
    ...change.joined.map((id) => `+ ${nameOf(id)} joins as ${rolesOf(id)}`),
    ...change.left.map(
      (id) => `- ${id} leaves: what is unsent is withdrawn; what is kept of them stays until it is erased`,
    ),
    ...change.renamed.map((id) => `~ ${nameOf(id)} has another name`),
    ...change.moved.map((id) => `~ ${nameOf(id)} has another e-mail or account: messages go there`),
    ...change.recast.map((id) => `~ ${nameOf(id)} is ${rolesOf(id)}, before ${before[id]?.roles ?? ""}`),
  ];
}
