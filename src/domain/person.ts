import type { Locale } from "./locale.ts";

declare const personBrand: unique symbol;
/** A person's id in people.csv. */
export type PersonId = string & { readonly [personBrand]: true };

declare const addressBrand: unique symbol;
/** All that is needed to write to a person later: minted and read by its adapter only. */
export type Address = string & { readonly [addressBrand]: true };

/** What somebody is on a shift. */
export type ShiftRole = "resident" | "attending";

/** Coordinating is nothing that is done on a shift. */
export type Role = ShiftRole | "coordinator";

/** Somebody of a program, as people.csv has them. */
export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** The name in Latin letters, for readers of English. */
  readonly nameEn?: string;
  /** Each once, the usual one first. On a shift, its assignment says which of them counts. */
  readonly roles: readonly [Role, ...Role[]];
  readonly locale: Locale;
  readonly email?: string;
  /** Of a resident, the names of their rotations; without them, as the program has it. */
  readonly rotations?: readonly string[];
  /** Accounts by the platform's name. The playground's account is the person's id. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** What somebody is on a shift of which the roster says nothing else; undefined for who works no shifts. */
export const usualOnShift = ({ roles }: Pick<Person, "roles">): ShiftRole | undefined =>
  roles.find((role) => role !== "coordinator");

export const personId = (id: string): PersonId => id as PersonId;

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

/** What tells one person from another in people.csv, by what it is: fingerprints, since they outlive the person's data. */
export type Marks = Readonly<Record<string, string>>;

const EMAIL = "e-mail";
const NAME = "name";

export const marksOf = ({ email, name, accounts }: Person): Marks => ({
  [NAME]: fingerprint(name),
  ...(email === undefined ? {} : { [EMAIL]: fingerprint(email) }),
  ...Object.fromEntries(
    Object.entries(accounts).map(([platform, account]) => [platform, fingerprint(account)]),
  ),
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
    earlier.set(platform, marks.add(fingerprint(account)));
  }
  const kinds = Object.entries(now).filter(([kind]) => kind !== NAME);
  if (kinds.some(([kind, mark]) => earlier.get(kind)?.has(mark) === true)) return true;
  if (before[NAME] !== now[NAME]) return false;
  const differs = kinds.some(([kind]) => earlier.has(kind));
  return !differs || (before[EMAIL] === undefined && now[EMAIL] === undefined);
}

const fingerprint = (text: string): string => exactMark(text.trim().toLowerCase().normalize("NFKC"));

/** FNV-1a, 64 bits: enough to see that a text is another one. Whoever guesses a text can check the guess: it is kept sealed. */
export function exactMark(text: string): string {
  let hash = 0xcb_f2_9c_e4_84_22_23_25n;
  for (const letter of text)
    hash = BigInt.asUintN(64, (hash ^ BigInt(letter.codePointAt(0)!)) * 0x1_00_00_00_01_b3n);
  return hash.toString(36);
}

/** What of a person decides how they are called. */
export type Named = Pick<Person, "id" | "name" | "nameEn" | "roles">;

/**
 * How people of a program are spoken of in a language: a physician by surname, "Dr. Okafor" and "田中先生", and by the full name
 * where two of the program share the surname. Who is coordinator alone is さん, and in English goes by the full name.
 */
export function calledIn(locale: Locale, everybody: readonly Named[]): (person: Named) => string {
  const counts = new Map<string, number>();
  for (const person of everybody) {
    const key = keyOf(familyName(nameIn(locale, person)));
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (person) => {
    const full = plainName(nameIn(locale, person));
    const family = familyName(full);
    const short = (counts.get(keyOf(family)) ?? 0) > 1 ? full : family;
    if (usualOnShift(person) === undefined) return locale === "ja" ? `${short}さん` : full;
    return locale === "ja" ? `${short}先生` : `Dr. ${short}`;
  };
}

/** A person's full name as a reader of the language reads it: in Latin letters for English, where people.csv has it so. */
export const nameIn = (locale: Locale, { name, nameEn }: Pick<Named, "name" | "nameEn">): string =>
  locale === "en" ? (nameEn ?? name) : name;

/** Names in these scripts begin with the family name. */
const FAMILY_FIRST = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

/** Degrees that people.csv has after a comma are no part of a name. */
const DEGREES =
  /,\s*(?:(?:MD|M\.D\.|DO|D\.O\.|PhD|MPH|MSc|MBBS|MBChB|FACEP|FAAEM|FRCEM|PA-C|NP|RN|Jr\.?|Sr\.?)[\s,]*)+$/iu;

export const withoutDegrees = (name: string): string => name.replace(DEGREES, "");

/** A name without title and degrees: "Dr. Daniel Okafor, MD" is Daniel Okafor. */
const plainName = (name: string): string =>
  withoutDegrees(name)
    .replace(/^(?:dr|prof)\b\.?\s+/iu, "")
    .replace(/\s*先生$/u, "")
    .replace(/\s+(?:Jr\.?|Sr\.?|II|III|IV)$/u, "")
    .trim();

/** "Okafor", "田中", "van der Berg"; the whole name where no part of it is known to be the family's. */
export function familyName(name: string): string {
  const plain = plainName(name);
  const [beforeComma, given] = plain.split(/\s*[,、]\s*/u);
  if (given !== undefined && beforeComma !== undefined && beforeComma !== "") return beforeComma;
  const parts = plain.split(/\s+/u);
  if (FAMILY_FIRST.test(plain)) return parts[0]!;
  // "van", "de la": what is written small before the last word belongs to it.
  const small = parts.findIndex((part, place) => place > 0 && /^\p{Ll}/u.test(part));
  // Where nothing is, -1 is the last word alone.
  return parts.slice(small).join(" ");
}

const keyOf = (name: string): string => name.normalize("NFKC").toLowerCase();
