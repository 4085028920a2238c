import type { Person } from "../domain/person.ts";
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
 * Mistakes between programs of one process. They must not share an id, since stored data is found by it. And no account or e-mail
 * may be in two programs, since an act belongs to the one program that knows its sender.
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

interface Mark {
  readonly field: string;
  readonly value: string;
}

function sharedPeople(programs: readonly Compared[]): readonly Problem[] {
  const first = new Map<string, Listed & { readonly program: Compared }>();
  return programs.flatMap((program) =>
    program.people.flatMap(({ person, file, line }) =>
      marksOf(person).flatMap(({ field, value }): readonly Problem[] => {
        const key = keyOf({ field, value });
        const other = first.get(key);
        first.set(key, other ?? { person, file, line, program });
        if (other === undefined || other.program === program) return [];
        const message = `${quoted(value)} of ${person.id} belongs to ${other.person.id} in ${other.file}:${other.line}, too`;
        const todo = "leave each person in one program: what they do is kept there, and nowhere else";
        return [{ file, line, field, message, todo }];
      }),
    ),
  );
}

/** Everything by which a person is found. An account can be named by its sign-in address, which works like an e-mail. */
const marksOf = ({ accounts, email }: Person): readonly Mark[] => {
  const all = Object.entries({ ...accounts, ...(email === undefined ? {} : { email }) });
  const marks = all.map(([field, value]) => ({ field, value }));
  return [...new Map(marks.map((mark) => [keyOf(mark), mark])).values()];
};

const keyOf = ({ field, value }: Mark): string =>
  (value.includes("@") ? value : `${field} ${value}`).toLowerCase();
