import type { Person } from "#src/domain/person.ts";
import { isAlsoWord, isNoName, saysPlace } from "./duty-words.ts";
import { fullNames, nameWords, surname, withInitials } from "./spellings.ts";
import { isJapanese, isKana, keyOf, wordsOf, type Gap, type Word } from "./words-of.ts";

/** A place of a text that names somebody, and whom it could mean. */
export interface Mention {
  readonly people: readonly Person[];
  /** Words, the second exclusive. */
  readonly from: number;
  readonly to: number;
  /** The name has a neighbour that none of them is called: it is the name of somebody else. */
  readonly isElse: boolean;
  /** The name is also a word of duty or of a place, and stands as one there: "Green Pod", 「南 病棟」. */
  readonly isWord: boolean;
}

export interface Mentions {
  readonly words: readonly Word[];
  readonly found: readonly Mention[];
}

/** The most words that one full name has. */
const LONGEST_NAME = 5;

/** The names that people go by. */
interface Names {
  readonly aliases: ReadonlyMap<string, Person>;
  readonly full: ReadonlyMap<string, readonly Person[]>;
  readonly surnames: ReadonlyMap<string, readonly Person[]>;
  /** The words of each person's own name. */
  readonly own: ReadonlyMap<Person, ReadonlySet<string>>;
  /** The word that each name begins with. */
  readonly first: ReadonlySet<string>;
  /** The most words that one name has. */
  readonly longest: number;
}

/** Finds every place of a text that names one of these people. @param aliases whom each names */
export function mentionsReader(
  people: readonly Person[],
  aliases: ReadonlyMap<string, Person>,
): (text: string) => Mentions {
  const names = namesOf(people, aliases);
  return (text) => {
    const words = wordsOf(text);
    const found: Mention[] = [];
    for (let at = 0; at < words.length;) {
      const { word } = words[at]!;
      const one = names.first.has(word)
        ? nameAt(words, at, names)
        : word.includes("-")
          ? halfAt(words, at, names)
          : undefined;
      if (one !== undefined) found.push(one);
      at = one === undefined ? at + 1 : one.to;
    }
    return {
      words,
      found: found.map((one) =>
        isOnlyWord(one, words, found, names) && !isCalledDoctor(text, words[one.from]!)
          ? { ...one, isWord: true }
          : one,
      ),
    };
  };
}

function namesOf(people: readonly Person[], aliases: ReadonlyMap<string, Person>): Names {
  const full = index(people, (person) => [...fullNames(person), ...withInitials(person)]);
  const surnames = index(people, surname);
  return {
    aliases,
    full,
    surnames,
    own: new Map(people.map((person) => [person, new Set(nameWords(person))])),
    first: new Set(
      [aliases, full, surnames].flatMap((all) => [...all.keys()].map((name) => name.split(" ", 1)[0]!)),
    ),
    longest: Math.max(LONGEST_NAME, ...[...aliases.keys()].map((alias) => alias.split(" ").length)),
  };
}

/** The longest name that begins here; a name of several words leaves none of them to another. */
function nameAt(words: readonly Word[], from: number, names: Names): Mention | undefined {
  for (let to = Math.min(from + names.longest, words.length); to > from; to -= 1) {
    const key =
      to === from + 1
        ? words[from]!.word
        : words
            .slice(from, to)
            .map(({ word }) => word)
            .join(" ");
    const alias = names.aliases.get(key);
    if (alias !== undefined) {
      const isName = to === from + 1 && names.own.get(alias)?.has(key) === true;
      return isName ? beside(words, from, to, [alias], names) : { people: [alias], from, to, ...SURE };
    }
    const known = names.full.get(key);
    if (known !== undefined && isOneName(words, from, to)) return beside(words, from, to, known, names);
  }
  const known = names.surnames.get(words[from]!.word);
  return known === undefined ? undefined : beside(words, from, from + 1, known, names);
}

/** Whom a name means, by what stands next to it. */
function beside(
  words: readonly Word[],
  from: number,
  to: number,
  named: readonly Person[],
  { first, own }: Names,
): Mention {
  const isInCapitals = /^\p{Lu}{2,}/u.test(words[from]!.raw);
  const isWhole = to > from + 1 || words[from]!.word === named[0]!.name.replaceAll(/\s/gu, "");
  const around = neighboursOf(words, from, to, isWhole).filter(({ one, before }) => {
    const isInitial = isWhole && one.word.length === 1;
    if (isWhole && isFurigana(words.slice(from, to), one)) return false;
    return !isInitial && !first.has(one.word) && !isNoName(one, before, isInCapitals);
  });
  const fitting = named.filter((person) =>
    around.every(({ one, beyond }) => isOwn(one, beyond, own.get(person)!)),
  );
  return fitting.length > 0
    ? { people: fitting, from, to, ...SURE }
    : { people: named, from, to, ...SURE, isElse: true };
}

/** "ED-Carter" names Carter, "Carter-Hughes" somebody else. */
function halfAt(words: readonly Word[], at: number, names: Names): Mention | undefined {
  const parts = words[at]!.word.split("-");
  const raws = words[at]!.raw.split("-");
  if (parts.length < 2) return undefined;
  const named = [...new Set(parts.flatMap((part) => names.surnames.get(part) ?? []))];
  if (named.length === 0) return undefined;
  const isElse = parts.some((part, place) => {
    const one: Word = { word: part, raw: raws[place] ?? part, gap: "space" };
    return part !== "" && !names.surnames.has(part) && !isNoName(one, undefined, false);
  });
  return isElse
    ? { people: named, from: at, to: at + 1, ...SURE, isElse }
    : beside(words, at, at + 1, named, names);
}

const SURE = { isElse: false, isWord: false } as const;

/** A surname alone that is also a word, beside another such word, or in a text with a name that nobody here has: "Green - Smith". */
function isOnlyWord(
  { from, to }: Mention,
  words: readonly Word[],
  found: readonly Mention[],
  { surnames }: Names,
): boolean {
  const { word: whole, gap } = words[from]!;
  const parts = whole.split("-");
  const word = parts.find((part) => isAlsoWord(part) && surnames.has(part));
  if (to > from + 1 || word === undefined) return false;
  // "ED-White"
  if (parts.length > 1) return true;
  const isNear = (one: Gap | undefined) => one === "space" || one === "bracket";
  const left = isNear(gap) ? words[from - 1] : undefined;
  const right = isNear(words[to]?.gap) ? words[to] : undefined;
  if ([left, right].some((one) => one !== undefined && saysPlace(one, word))) return true;
  return words.some(
    (one, at) =>
      !isNoName(one, words[at - 1], false) && !found.some((name) => name.from <= at && at < name.to),
  );
}

/** "Dr. White", 「東先生」: no place is called so. */
const isCalledDoctor = (text: string, { raw }: Word): boolean =>
  /(?:先生|医師|さん|様)$/u.test(raw) ||
  [...text.normalize("NFKC").matchAll(DOCTOR)].some(([, name]) => name === raw);

const DOCTOR = /(?<!\p{L})(?:drs?|doctor)(?:\.\s*|\s+)([^\s,;:/()]+)/giu;

/** "佐藤 健（さとう けん）": of a whole name in kanji, how it is read. */
const isFurigana = (name: readonly Word[], { word }: Word): boolean =>
  isKana(word) && name.some((one) => isJapanese(one.word) && !isKana(one.word));

/** The words of one name are not parted by a dash or a slash. */
const isOneName = (words: readonly Word[], from: number, to: number): boolean =>
  words.slice(from + 1, to).every(({ gap }) => gap !== "hard");

interface Neighbour {
  readonly one: Word;
  /** The word before it in the text. */
  readonly before: Word | undefined;
  /** The next one on its far side. */
  readonly beyond: Word | undefined;
}

/** The words right before and after a name; after a surname also behind a comma, or alone in brackets. */
function neighboursOf(
  words: readonly Word[],
  from: number,
  to: number,
  isWhole: boolean,
): readonly Neighbour[] {
  const found: Neighbour[] = [];
  const [left, right] = [words[from - 1], words[to]];
  if (left !== undefined && words[from]!.gap === "space")
    found.push({ one: left, before: words[from - 2], beyond: words[from - 2] });
  if (right === undefined || right.gap === "hard") return found;
  const isAlone = right.gap !== "bracket" || (words[to + 1]?.gap ?? "hard") !== "space";
  if (right.gap === "space" || (!isWhole && isAlone))
    found.push({ one: right, before: words[to - 1], beyond: words[to + 1] });
  return found;
}

/** Is this word one of a person's names, an initial of one, or a middle initial beside one? */
function isOwn({ word }: Word, beyond: Word | undefined, names: ReadonlySet<string>): boolean {
  if (names.has(word) || word.split("-").some((part) => part.length > 1 && names.has(part))) return true;
  const initials = word.split(".").filter((part) => part !== "");
  if (initials.some((part) => part.length > 1)) return false;
  const isInitial = initials.some((letter) => [...names].some((name) => name.startsWith(letter)));
  return isInitial || (beyond !== undefined && names.has(beyond.word));
}

function index(
  people: readonly Person[],
  keys: (person: Person) => readonly string[],
): ReadonlyMap<string, readonly Person[]> {
  const map = new Map<string, Person[]>();
  for (const person of people) {
    for (const key of new Set(keys(person))) {
      if (key === "") continue;
      const others = map.get(key);
      if (others === undefined) map.set(key, [person]);
      else others.push(person);
    }
  }
  return map;
}

/** Aliases by the key of their words, for the people that exist. */
export function aliasesOf(
  people: readonly Person[],
  aliases: Readonly<Record<string, string>>,
): ReadonlyMap<string, Person> {
  const byId = new Map<string, Person>(people.map((person) => [person.id, person]));
  const found = new Map<string, Person>();
  for (const [alias, id] of Object.entries(aliases)) {
    const person = byId.get(id);
    if (person !== undefined) found.set(keyOf(alias), person);
  }
  return found;
}
