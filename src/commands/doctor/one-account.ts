import { sharedRows, type FoundAccount, type Row } from "#src/domain/shared-people.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { CheckedProgram } from "./everybody.ts";
import type { Finding } from "./check.ts";

/** A person's account, as a platform tells it. */
export interface FoundRow extends Row {
  readonly account: string;
}

/** Rows that are one account's on a platform, and cannot be one person's: two of one people.csv, or two that contradict each other. */
export function oneAccountFindings(
  programs: readonly CheckedProgram[],
  { name, title }: { readonly name: string; readonly title: string },
  rows: readonly FoundRow[],
): readonly Finding[] {
  const people = programs.map((one) => one.people);
  const nameOf = ({ program, person: { id } }: Row): string =>
    programs.length === 1 ? id : `${programs[program]?.id}/${id}`;
  return [...Map.groupBy(rows, ({ account }) => account)].flatMap(([account, theirs]): readonly Finding[] => {
    if (theirs.length === 1) return [];
    const found: FoundAccount = {
      platform: name,
      account,
      emails: theirs.flatMap(({ person }) => person.accounts[name] ?? person.email ?? []).map(inSmall),
      agreedAs: new Map<number, PersonId>(),
    };
    const groups = sharedRows(people, [found]);
    const isOne = groups.some((all) =>
      theirs.every(({ person }) => all.some((row) => row.person === person)),
    );
    if (isOne) return [];
    return [
      {
        level: "fix",
        about: "accounts",
        what: `${theirs.map(nameOf).join(" and ")} are one account in ${title}, ${account}, and cannot be one person by what else people.csv says: one of them gets nothing`,
        todo: `give each row the account and e-mail of its own person; who works in two programs has one row in each, with the same ${name}`,
      },
    ];
  });
}

const inSmall = (text: string): string => text.toLowerCase();
