import type { Person, PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { reusedIds, WHO } from "./reused-ids.ts";

/** The people of a program for whom anything may be done: all of people.csv but those whose id may mean another person now. */
export interface Whose {
  /** Resolves once the process knows whose the ids are. Before that nothing is sent and nobody is answered. */
  open(): Promise<void>;
  program(): Program;
  people(): ReadonlyMap<PersonId, Person>;
}

/** See `Whose`. people.csv is read at the start of a process, and so is this. */
export function readWhose(given: Program, store: Store, log: Log): Whose {
  let program = given;
  let people = byId(given);
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const { reused, note } = await reusedIds(given.people, store);
    if (note !== undefined) await store.setNote(WHO, note);
    if (reused.size === 0) return;
    log.warn(
      { people: [...reused] },
      "ids of people.csv may have been given to other people, and are stopped until `attune doctor` finds no doubt",
    );
    program = { ...given, people: given.people.filter(({ id }) => !reused.has(id)) };
    people = byId(program);
  };

  return {
    open() {
      reading ??= read().catch((error: unknown) => {
        reading = undefined;
        throw error;
      });
      return reading;
    },
    program: () => program,
    people: () => people,
  };
}

const byId = ({ people }: Program): ReadonlyMap<PersonId, Person> =>
  new Map(people.map((person) => [person.id, person]));
