import type { Person } from "../domain/person.ts";
import { contradiction, sharedRows } from "../domain/shared-people.ts";
import { quoted, type Problem } from "#src/roster/text/problem.ts";

/** The file and line of a person. */
export interface Listed {
  readonly person: Person;
  readonly file: string;
  readonly line: number;
}

/** A program, for comparing it with others. */
export interface Compared {
  readonly id: string;
  /** Its program.yaml, and the line that names its id. */
  readonly file: string;
  readonly line: number;
  readonly people: readonly Listed[];
}

/**
 * Mistakes between programs of one process. They must not share an id, since stored data is found by it. They may share a person, whose
 * rows must not contradict each other.
 */
export const sharedBetween = (programs: readonly Compared[]): readonly Problem[] => [
  ...sharedIds(programs),
  ...sharedPeople(programs),
];

function sharedIds(programs: readonly Compared[]): readonly Problem[] {
  const first = new Map<string, Compared>();
  return programs.flatMap((one): readonly Problem[] => {
    const other = first.get(one.id);
    first.set(one.id, other ?? one);
    if (other === undefined) return [];
    const message = `${quoted(one.id)} is the id of ${other.file}, too`;
    return [
      { file: one.file, line: one.line, field: "id", message, todo: "give each program an id of its own" },
    ];
  });
}

interface ListedPerson extends Person {
  readonly at: Listed;
}

/** Somebody who works in two programs has a row in each. Rows that cannot all be right are nobody's to guess. */
function sharedPeople(programs: readonly Compared[]): readonly Problem[] {
  const rows = programs.map(({ people }) => people.map((at): ListedPerson => ({ ...at.person, at })));
  return sharedRows(rows).flatMap((theirs): readonly Problem[] => {
    const found = contradiction(theirs);
    if (found === undefined) return [];
    const { file, line, person } = found.other.person.at;
    const one = found.one.person.at;
    const first = `${one.person.id} in ${one.file}:${one.line}`;
    const { platform } = found;
    if (platform === undefined) {
      const message = `${person.id} and ${first} would be one person, by the accounts and e-mails of another program's people.csv`;
      const todo =
        "give each row the account and e-mail of its own person: who works in two programs has one row in each";
      return [{ file, line, message, todo }];
    }
    const [here, there] = [person, one.person].map(({ accounts }) => quoted(accounts[platform] ?? ""));
    const message = `${person.id} is ${first}, too, but has the account ${here} here and ${there} there`;
    const todo = "write the same account in both files, or another e-mail where they are two people";
    return [{ file, line, field: platform, message, todo }];
  });
}
