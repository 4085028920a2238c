import type { Person } from "./person.ts";

/** An account on a platform, as people.csv or the platform names it. */
export interface Account {
  readonly platform: string;
  readonly account: string;
}

/** Whether people.csv names an account by its sign-in address. The platform then has to say which account that is. */
export const isSignIn = (account: string): boolean => account.includes("@");

const areSame = (one: string | undefined, other: string): boolean =>
  one?.toLowerCase() === other.toLowerCase();

/** The person whose account this is in people.csv. */
export const namedIn = (people: readonly Person[], { platform, account }: Account): Person | undefined =>
  people.find(({ accounts }) => areSame(accounts[platform], account));

/**
 * Whether an account that was remembered or found by e-mail may stand for this person, for sending and receiving alike.
 * people.csv comes first: a person whose account it names has no other there, and nobody has one that it names for another.
 */
export function mayStandFor(people: readonly Person[], person: Person, account: Account): boolean {
  const named = person.accounts[account.platform];
  if (named !== undefined && !isSignIn(named)) return areSame(named, account.account);
  const owner = namedIn(people, account);
  return owner === undefined || owner.id === person.id;
}

/** What tells one person from another in people.csv, by what it is: digests, since they outlive the person's data. */
export type Marks = Readonly<Record<string, string>>;

const EMAIL = "e-mail";
const NAME = "name";

export const marksOf = ({ email, name, accounts }: Person): Marks => ({
  [NAME]: digest(name),
  ...(email === undefined ? {} : { [EMAIL]: digest(email) }),
  ...Object.fromEntries(Object.entries(accounts).map(([platform, account]) => [platform, digest(account)])),
});

/**
 * Whether an id of people.csv still means the person that it meant. An e-mail or an account in common says so. Without any,
 * an account was only corrected if the name is the same, no e-mail is known and nothing else contradicts it. All else is a
 * doubt: the id may have been given to a successor, who must never get the predecessor's words.
 *
 * @param remembered the accounts that have acted as this person
 */
export function isSamePerson(before: Marks, now: Marks, remembered: readonly Account[]): boolean {
  const earlier = new Map(Object.entries(before).map(([kind, mark]) => [kind, new Set([mark])]));
  for (const { platform, account } of remembered) {
    const marks = earlier.get(platform) ?? new Set();
    earlier.set(platform, marks.add(digest(account)));
  }
  const kinds = Object.entries(now).filter(([kind]) => kind !== NAME);
  if (kinds.some(([kind, mark]) => earlier.get(kind)?.has(mark) === true)) return true;
  if (before[NAME] !== now[NAME]) return false;
  const differs = kinds.some(([kind]) => earlier.has(kind));
  return !differs || (before[EMAIL] === undefined && now[EMAIL] === undefined);
}

/** FNV-1a, 64 bits: enough to see that something is another one. It is no secret, and nobody's name. */
function digest(text: string): string {
  let hash = 0xcb_f2_9c_e4_84_22_23_25n;
  for (const letter of text.trim().toLowerCase().normalize("NFKC"))
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0)!)) * 0x1_00_00_00_01_b3n);
  return hash.toString(36);
}
