import type { Program } from "#src/domain/program.ts";
import { AttuneError } from "#src/errors.ts";
import type { PersonRecord } from "#src/ports/store.ts";

/** Whether anything is stored about a person, even if they are no longer in people.csv. */
export const isOnRecord = ({ standing, identities, assignments, nudges, replies }: PersonRecord): boolean =>
  standing.consent !== "unasked" ||
  [identities, assignments, nudges, replies].some((kept) => kept.length > 0);

export const unknownPerson = (program: Program, id: string): AttuneError =>
  new AttuneError(
    "config",
    `Nobody with the id "${id}" is in ${program.id}: take the id from people.csv, such as ${program.people[0]!.id}.`,
  );
