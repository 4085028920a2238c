import { isSignIn, mayStandFor, type Account, type Person, type PersonId } from "./person.ts";

/*
 * Somebody who works in two programs has a row in the people.csv of each. The rows are the same person's where they have an account or an
 * e-mail in common, be it that a platform says so: nothing else is sure enough, names least of all.
 */

/** A row of one of several programs. `program`: its place among them. */
export interface Row<Of extends Person = Person> {
  readonly program: number;
  readonly person: Of;
}

/** An account, and whose it is besides what people.csv says. */
export interface FoundAccount extends Account {
  /** The e-mails that the platform has confirmed, in small letters. None where it was not asked. */
  readonly emails: readonly string[];
  /** As whom it has agreed, by the program's place. */
  readonly agreedAs: ReadonlyMap<number, PersonId>;
}

/**
 * One person's rows in several programs. What was found on a platform counts as what is written, but where it would contradict what is
 * written: such rows are as many people as the files say.
 */
export function sharedRows<Of extends Person>(
  programs: readonly (readonly Of[])[],
  found: readonly FoundAccount[] = [],
): readonly (readonly Row<Of>[])[] {
  const rows = programs.flatMap((people, program) => people.map((person): Row<Of> => ({ program, person })));
  const written = ({ person }: Row): readonly string[] => foundBy(person);
  if (found.length === 0) return inSeveral(joined(rows, written));
  const foundFor = accountsFound(programs, found);
  const all = joined(rows, (row) => [...written(row), ...foundFor(row)]);
  return inSeveral(
    all.flatMap((theirs) => (contradiction(theirs) === undefined ? [theirs] : joined(theirs, written))),
  );
}

const inSeveral = <Of extends Person>(groups: readonly (readonly Row<Of>[])[]) =>
  groups.filter((rows) => rows.some((row) => row.program !== rows[0]!.program));

/** Rows that have a mark in common, also by way of a third one. */
function joined<Of extends Person>(
  rows: readonly Row<Of>[],
  marksIn: (row: Row<Of>) => readonly string[],
): readonly (readonly Row<Of>[])[] {
  const groups = new Map<string, Group<Of>>();
  for (const row of rows) {
    const marks = marksIn(row);
    const known = new Set(marks.flatMap((mark) => groups.get(mark) ?? []));
    const group: Group<Of> = { rows: [], marks: new Set(marks) };
    for (const one of known) {
      group.rows.push(...one.rows);
      for (const mark of one.marks) group.marks.add(mark);
    }
    group.rows.push(row);
    for (const mark of group.marks) groups.set(mark, group);
  }
  return [...new Set(groups.values())].map((group) => group.rows);
}

interface Group<Of extends Person> {
  readonly rows: Row<Of>[];
  readonly marks: Set<string>;
}

/** The marks of the accounts that were found to be somebody's. */
function accountsFound(
  programs: readonly (readonly Person[])[],
  found: readonly FoundAccount[],
): (row: Row) => readonly string[] {
  const places = new Map<string, FoundAccount[]>();
  const put = (place: string, one: FoundAccount) => places.set(place, [...(places.get(place) ?? []), one]);
  for (const one of found) {
    for (const email of one.emails) put(email, one);
    for (const [program, person] of one.agreedAs) put(`${program} ${person}`, one);
  }
  return ({ program, person }) => {
    const signIns = [person.email, ...Object.values(person.accounts)].map((one = "") => one.toLowerCase());
    return [...signIns, `${program} ${person.id}`]
      .flatMap((place) => places.get(place) ?? [])
      .filter((one) => mayStandFor(programs[program]!, person, one) && isTheirs(program, person, one))
      .map(accountMark);
  };
}

/** Whom an e-mail in people.csv contradicts has not agreed by this account, whatever was kept. */
function isTheirs(program: number, person: Person, { platform, emails, agreedAs }: FoundAccount): boolean {
  const email = (person.accounts[platform] ?? person.email)?.toLowerCase();
  if (email !== undefined && emails.includes(email)) return true;
  return agreedAs.get(program) === person.id && (email === undefined || emails.length === 0);
}

const accountMark = ({ platform, account }: Account): string => `${platform} ${account}`.toLowerCase();

/** Everything by which somebody is found. An account can be named by its sign-in address, which works like an e-mail. */
const foundBy = ({ accounts, email }: Person): readonly string[] =>
  [
    ...Object.entries(accounts).map(([platform, account]) =>
      isSignIn(account) ? account : accountMark({ platform, account }),
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
