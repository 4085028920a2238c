import pLimit from "p-limit";
import { isSignIn, namedIn, type Account, type PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { sharedRows, type FoundAccount } from "#src/domain/shared-people.ts";
import type { Context, Elsewhere } from "#src/flows/context.ts";
import { accountName, formerOf } from "#src/flows/acts/people.ts";

/** A program, as others look for their people in it. */
interface Hosted {
  /** With the people whom people.csv has now. */
  readonly program: Program;
  context(): Context;
}

/** Who works in several programs of the process. */
export interface SharedPeople {
  /** The people of a program in the others. */
  seenFrom(program: string): Required<Pick<Context, "elsewhere" | "leftElsewhere" | "meet">>;
  /** See `Context.meet`. */
  meet: Required<Context>["meet"];
}

/**
 * @param hostedPrograms read at each use: people.csv of any of them may have changed
 * @param emailsOf the e-mails that a platform has confirmed for an account
 */
export function sharedPeople(
  hostedPrograms: () => readonly Hosted[],
  emailsOf: (account: Account) => Promise<readonly string[]>,
): SharedPeople {
  const { meet, found } = foundAccounts(hostedPrograms, emailsOf);
  const known = keptWhile(hostedPrograms, (all) => placesOf(all, found()), found);
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
    const left = await Promise.all(
      contexts.map(async (context) => ({ context, person: await formerOf(context, account) })),
    );
    return left.flatMap(({ context, person }) => (person === undefined ? [] : [{ context, person }]));
  };
  return {
    seenFrom: (program) => ({
      elsewhere: (person) => of(program, person),
      leftElsewhere: (account) => formerly(program, account),
      meet,
    }),
    meet,
  };
}

/** How many accounts are remembered. */
const REMEMBERED = 20_000;
/** How many programs are searched for an account at the same time. */
const AT_A_TIME = 8;

/** Whose an account is besides what people.csv says: as whom it has agreed, and which e-mails it has. Nothing of it is stored. */
function foundAccounts(
  hostedPrograms: () => readonly Hosted[],
  emailsOf: (account: Account) => Promise<readonly string[]>,
) {
  const accounts = new Map<string, FoundAccount>();
  let all: readonly FoundAccount[] = [];
  const keep = (one: FoundAccount): void => {
    const name = accountName(one);
    const before = accounts.get(name);
    if (one.agreedAs.size + one.emails.length === 0 && before === undefined) return;
    if (before !== undefined && isSame(before, one)) return;
    if (accounts.size >= REMEMBERED) accounts.clear();
    accounts.set(name, one);
    all = [...accounts.values()];
  };
  return {
    found: () => all,
    async meet(account: Account, how?: "by e-mail"): Promise<void> {
      const places = await pLimit(AT_A_TIME).map([...hostedPrograms().entries()], ([place, one]) =>
        placeIn(one, place, account),
      );
      const agreed = places.flatMap(({ agreedAs }) => (agreedAs === undefined ? [] : [agreedAs]));
      const isAsked = how === "by e-mail" && (agreed.length > 1 || places.some(({ mayBe }) => mayBe));
      keep({
        platform: account.platform,
        account: account.account,
        agreedAs: new Map(agreed),
        emails: isAsked
          ? (await emailsOf(account)).map((one) => one.toLowerCase())
          : (accounts.get(accountName(account))?.emails ?? []),
      });
    },
  };
}

/** Whether and as whom an account has agreed in a program, and whether it may be somebody there by e-mail alone. */
async function placeIn(
  { program: { people }, context }: Hosted,
  place: number,
  account: Account,
): Promise<{ readonly agreedAs?: readonly [number, PersonId]; readonly mayBe: boolean }> {
  const { platform } = account;
  const isOpen = people.some(({ accounts }) => isSignIn(accounts[platform] ?? "@"));
  if (!isOpen || namedIn(people, account) !== undefined) return { mayBe: false };
  const id = await context().store.knownBy(platform, account.account);
  if (id !== undefined && people.some((one) => one.id === id)) return { agreedAs: [place, id], mayBe: false };
  const signIns = people.map(({ accounts, email }) => accounts[platform] ?? email);
  return { mayBe: signIns.some((one) => one !== undefined && isSignIn(one)) };
}

const isSame = (one: FoundAccount, other: FoundAccount): boolean =>
  JSON.stringify([one.emails, [...one.agreedAs]]) === JSON.stringify([other.emails, [...other.agreedAs]]);

interface Place {
  readonly program: number;
  readonly id: PersonId;
}

/** By program and id: where else somebody is. */
function placesOf(
  hostedPrograms: readonly Hosted[],
  found: readonly FoundAccount[],
): ReadonlyMap<string, readonly Place[]> {
  const groups = sharedRows(
    hostedPrograms.map(({ program }) => program.people),
    found,
  );
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

/** What is worked out from everybody's people.csv, anew when one of them has changed, or `also`. */
export function keptWhile<Programs extends readonly Pick<Hosted, "program">[], Result>(
  hostedPrograms: () => Programs,
  workOut: (all: Programs) => Result,
  also: () => unknown = () => undefined,
): () => Result {
  let kept: { readonly from: readonly unknown[]; readonly result: Result } | undefined;
  return () => {
    const all = hostedPrograms();
    const from = [also(), ...all.map(({ program }) => program.people)];
    if (kept === undefined || from.some((one, place) => one !== kept?.from[place]))
      kept = { from, result: workOut(all) };
    return kept.result;
  };
}
