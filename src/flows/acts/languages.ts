import type { Locale } from "#src/domain/locale.ts";
import type { Person, PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Sender } from "#src/ports/inbound.ts";
import type { Standing, Store } from "#src/ports/store.ts";
import { namedIn } from "#src/domain/account.ts";
import { accountName } from "./sender.ts";

/** Remembers people's languages, for moments when the database is out of reach. */
export interface Languages {
  /** The same store. Languages that are read from it are remembered. */
  readonly store: Store;
  /** Remembers that this account is this person's. */
  met(sender: Sender, person: Person): void;
  /** The language of this account's owner; the program's language for an unknown account. */
  of(sender: Sender): Locale;
}

/** How many accounts are remembered. */
const REMEMBERED = 20_000;

/** See `Languages`. */
export function rememberLanguages(program: Program, kept: Store): Languages {
  const chosen = new Map<PersonId, Locale>();
  const known = new Map<string, Person>();
  const note = (person: PersonId, { locale }: Pick<Standing, "locale">): void => {
    if (locale === undefined) chosen.delete(person);
    else chosen.set(person, locale);
  };
  return {
    store: {
      ...kept,
      async standing(person) {
        const standing = await kept.standing(person);
        note(person, standing);
        return standing;
      },
      async standings() {
        const standings = await kept.standings();
        for (const [person, standing] of standings) note(person, standing);
        return standings;
      },
      async changeStanding(person, change, ...act) {
        const recorded = await kept.changeStanding(person, change, ...act);
        if (change.locale !== undefined) note(person, change);
        return recorded;
      },
    },
    met(sender, person) {
      if (known.size >= REMEMBERED) known.clear();
      known.set(accountName(sender), person);
    },
    of(sender) {
      const person = known.get(accountName(sender)) ?? namedIn(program.people, sender);
      return (person && chosen.get(person.id)) ?? person?.locale ?? program.locale;
    },
  };
}
