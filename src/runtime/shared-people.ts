import type { Account, PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { sharedRows } from "#src/domain/shared-people.ts";
import type { Context, Elsewhere } from "#src/flows/context.ts";
import { formerOf } from "#src/flows/acts/people.ts";

/** A program, as others look for their people in it. */
interface Hosted {
  /** With the people whom people.csv has now. */
  readonly program: Program;
  context(): Context;
}

/** Who works in several programs of the process. */
export interface SharedPeople {
  /** The people of a program in the others. */
  seenFrom(program: string): Required<Pick<Context, "elsewhere" | "leftElsewhere">>;
}

/** @param hostedPrograms read at each use: people.csv of any of them may have changed */
export function sharedPeople(hostedPrograms: () => readonly Hosted[]): SharedPeople {
  const known = keptWhile(hostedPrograms, placesOf);
  const of = (program: string, person: PersonId): readonly Elsewhere[] => {
    const all = hostedPrograms();
    const here = all.findIndex((one) => one.program.id === program);
    return (known().get(`${here} ${person}`) ?? []).flatMap((place): readonly Elsewhere[] => {
      const context = all[place.program]!.context();
      // An id that may mean somebody else by now is nobody's.
      const theirs = context.person(place.id);
      return theirs === undefined ? [] : [{ context, person: theirs }];
    });
  };
  const formerly = async (program: string, account: Account): Promise<readonly Elsewhere[]> => {
    const contexts = hostedPrograms().flatMap((one) => (one.program.id === program ? [] : [one.context()]));
    const found = await Promise.all(
      contexts.map(async (context) => ({ context, person: await formerOf(context, account) })),
    );
    return found.flatMap(({ context, person }) => (person === undefined ? [] : [{ context, person }]));
  };
  return {
    seenFrom: (program) => ({
      elsewhere: (person) => of(program, person),
      leftElsewhere: (account) => formerly(program, account),
    }),
  };
}

interface Place {
  readonly program: number;
  readonly id: PersonId;
}

/** By program and id: where else somebody is. */
function placesOf(hostedPrograms: readonly Hosted[]): ReadonlyMap<string, readonly Place[]> {
  const groups = sharedRows(hostedPrograms.map(({ program }) => program.people));
  return new Map(
    groups.flatMap((rows) =>
      rows.map(({ program, person }) => [
        `${program} ${person.id}`,
        rows
          .filter((other) => other.program !== program)
          .map((other) => ({ program: other.program, id: other.person.id })),
      ]),
    ),
  );
}

/** What is worked out from everybody's people.csv, anew when one of them has changed. */
export function keptWhile<Programs extends readonly Pick<Hosted, "program">[], Result>(
  hostedPrograms: () => Programs,
  workOut: (all: Programs) => Result,
): () => Result {
  let kept: { readonly people: readonly Program["people"][]; readonly result: Result } | undefined;
  return () => {
    const all = hostedPrograms();
    const people = all.map(({ program }) => program.people);
    if (kept === undefined || people.some((one, place) => one !== kept?.people[place]))
      kept = { people, result: workOut(all) };
    return kept.result;
  };
}
