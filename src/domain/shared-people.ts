import { isSignIn, type Person } from "./person.ts";

/*
 * Somebody who works in two programs has a row in the people.csv of each. The rows are the same person's where they have an account or an
 * e-mail in common: nothing else is sure enough, names least of all.
 */

/** A row of one of several programs. `program`: its place among them. */
export interface Row<Of extends Person = Person> {
  readonly program: number;
  readonly person: Of;
}

/** One person's rows in several programs. */
export function sharedRows<Of extends Person>(
  programs: readonly (readonly Of[])[],
): readonly (readonly Row<Of>[])[] {
  const groups = new Map<string, Row<Of>[]>();
  programs.forEach((people, program) => {
    for (const person of people) {
      const marks = marksOf(person);
      const known = new Set(marks.flatMap((mark) => groups.get(mark) ?? [])).values();
      const joined = [...known, { program, person }];
      const all = new Set([...marks, ...joined.flatMap((row) => marksOf(row.person))]);
      for (const mark of all) groups.set(mark, joined);
    }
  });
  return [...new Set(groups.values())].filter((rows) => rows.some((row) => row.program !== rows[0]!.program));
}

/** Everything by which somebody is found. An account can be named by its sign-in address, which works like an e-mail. */
const marksOf = ({ accounts, email }: Person): readonly string[] =>
  [
    ...Object.entries(accounts).map(([platform, account]) =>
      isSignIn(account) ? account : `${platform} ${account}`,
    ),
    ...(email === undefined ? [] : [email]),
  ].map((mark) => mark.toLowerCase());

/** Two rows of one person that cannot both be right, with what they say. Undefined where all of them go together. */
export function contradiction<Of extends Person>(
  rows: readonly Row<Of>[],
): { readonly one: Row<Of>; readonly other: Row<Of>; readonly platform?: string } | undefined {
  for (const [place, other] of rows.entries()) {
    for (const one of rows.slice(0, place)) {
      if (one.program === other.program) return { one, other };
      const platform = Object.entries(other.person.accounts).find(([name, account]) =>
        isAnother(one.person.accounts[name], account),
      )?.[0];
      if (platform !== undefined) return { one, other, platform };
    }
  }
  return undefined;
}

const isAnother = (one: string | undefined, other: string): boolean =>
  one !== undefined && !isSignIn(one) && !isSignIn(other) && one.toLowerCase() !== other.toLowerCase();
