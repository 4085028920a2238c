import type { Locale } from "#src/domain/locale.ts";
import {
  mayStandFor,
  namedIn,
  usualOnShift,
  type Account,
  type Person,
  type PersonId,
  type Role,
  type ShiftRole,
} from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { hiddenIn } from "#src/domain/text.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Inbound, Sender } from "#src/ports/inbound.ts";
import type { Log } from "#src/ports/log.ts";
import type { Standing, Store } from "#src/ports/store.ts";
import type { Context } from "../context.ts";
import { reusedIds, WHO } from "./reused-ids.ts";

/*
 * Who is who in a running program: the person behind an account, the language that each reads, whom the ids of
 * people.csv still mean, and who is in it no more.
 */

/**
 * Finds the person who acted: by the account in people.csv, else by an account that agreed before, else by e-mail. people.csv may
 * name an account by its sign-in address. The platform must then confirm it, as it confirms an e-mail.
 */
export async function senderOf(
  context: Context,
  sender: Sender,
  emailsOf: (sender: Sender) => Promise<readonly string[]>,
): Promise<Person | undefined> {
  const { people } = context.program;
  const { platform, account } = sender;
  const named = namedIn(people, sender);
  if (named !== undefined) return named;
  const known = await context.store.knownBy(platform, account);
  const agreed = known === undefined ? undefined : context.person(known);
  if (agreed !== undefined && mayStandFor(people, agreed, sender)) return agreed;
  const accountIn = (one: Person) => one.accounts[platform]?.toLowerCase();
  for (const email of (await emailsOf(sender)).map((one) => one.toLowerCase())) {
    const found =
      people.find((one) => accountIn(one) === email) ??
      people.find((one) => accountIn(one) === undefined && one.email?.toLowerCase() === email);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Who has left, by an account that agreed as them: people.csv has their id no more. They are asked and shown nothing, but what is
 * kept of them stays theirs to read and to erase.
 */
export async function formerOf(
  context: Context,
  { platform, account }: Account,
): Promise<Person | undefined> {
  const id = await context.store.knownBy(platform, account);
  return id !== undefined && context.hasLeft(id) ? gonePerson(id, ["resident"], context.program) : undefined;
}

/** Somebody of whom people.csv tells nothing any more, neither name nor address. */
const gonePerson = (id: PersonId, roles: Person["roles"], { locale }: Pick<Program, "locale">): Person => ({
  id,
  roles,
  name: id,
  locale,
  accounts: {},
});

/** An account's name in one spelling. */
export const accountName = ({ platform, account }: Pick<Sender, "platform" | "account">): string =>
  `${platform} ${account.toLowerCase()}`;

/** The longest id, in letters. No platform has longer ones, and every database can index it. */
const LONGEST_ID = 1_000;

/**
 * Whether all ids of an act (account, address, event, message) are valid. Ids are never cleaned, since a cleaned id could be another
 * person's. An act with an invalid id is treated as an unknown person's.
 */
export function isPlain(inbound: Inbound): boolean {
  const { event, sender } = inbound;
  const message = "message" in inbound ? inbound.message : undefined;
  const under = inbound.type === "said" ? inbound.under : undefined;
  const said = "said" in inbound ? inbound.said : undefined;
  return [
    event,
    sender.platform,
    sender.account,
    sender.address,
    message ?? "-",
    under ?? "-",
    said ?? "-",
  ].every((id) => id !== "" && id.length <= LONGEST_ID && hiddenIn(id) === undefined);
}

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

/** The people of a program for whom anything may be done: all of people.csv but those whose id may mean another person now. */
export interface Whose {
  /** Resolves once the process knows whose the ids are. Before that nothing is sent and nobody is answered. */
  open(): Promise<void>;
  program(): Program;
  people(): ReadonlyMap<PersonId, Person>;
  /** The others: for coordinators to know why nothing reaches them. */
  keptOut(): readonly Person[];
}

/** See `Whose`. people.csv is read at the start of a process, and so is this. */
export function readWhose(given: Program, store: Store, log: Log): Whose {
  let program = given;
  let people = byId(given);
  let keptOut: readonly Person[] = [];
  let begun: Promise<void> | undefined;

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
    keptOut = given.people.filter(({ id }) => reused.has(id));
  };

  return {
    open: () =>
      (begun ??= read().catch((error: unknown) => {
        begun = undefined;
        throw error;
      })),
    program: () => program,
    people: () => people,
    keptOut: () => keptOut,
  };
}

const byId = ({ people }: Program): ReadonlyMap<PersonId, Person> =>
  new Map(people.map((person) => [person.id, person]));

/** The note of who was in people.csv at the last plan, with roles and without names. */
const LAST_PLAN = "people";

/** Who had which roles at the last plan. */
const rolesIn = (note: string | undefined): ReadonlyMap<string, Person["roles"]> =>
  new Map(
    Object.entries(note === undefined ? {} : (JSON.parse(note) as Readonly<Record<string, string>>)).map(
      ([id, roles]) => [id, roles.split("+") as [Role, ...Role[]]],
    ),
  );

/** What everybody usually is on a shift, also who is no longer in people.csv. */
export async function usualRoles(
  program: Program,
  store: Pick<Store, "note">,
): Promise<(person: PersonId) => ShiftRole | undefined> {
  const known = new Map([
    ...rolesIn(await store.note(LAST_PLAN)),
    ...program.people.map(({ id, roles }) => [id as string, roles] as const),
  ]);
  return (person) => {
    const roles = known.get(person);
    return roles && usualOnShift({ roles });
  };
}

/**
 * People with future shifts who are no longer in people.csv, with their former roles. Planning continues with them. So a row that was
 * lost by mistake withdraws none of their partners' nudges. Once they have no more shifts, they are forgotten.
 */
export async function goneFrom(
  program: Program,
  roster: Roster,
  store: Pick<Store, "note" | "setNote">,
  now: Instant,
): Promise<readonly Person[]> {
  const note = await store.note(LAST_PLAN);
  const was = rolesIn(note);
  const here = new Set(program.people.map(({ id }) => id));
  const working = new Set(roster.assignments.filter(({ end }) => end > now).map(({ person }) => person));
  const gone = [...working].flatMap((id): readonly Person[] => {
    const roles = was.get(id);
    if (here.has(id) || roles === undefined) return [];
    return [gonePerson(id, roles, program)];
  });
  const is = JSON.stringify(
    Object.fromEntries([...program.people, ...gone].map(({ id, roles }) => [id, roles.join("+")])),
  );
  if (is !== note) await store.setNote(LAST_PLAN, is);
  return gone;
}
