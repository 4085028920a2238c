import type { Person, PersonId } from "#src/domain/person.ts";
import type { LeftOutReason } from "#src/domain/roster-report.ts";
import { quoted } from "./problem.ts";

/** Whom a text names: exactly one person, or a sentence saying why not. */
export type Named = { readonly person: Person } | NamesNobody;

/** The text names nobody, or could mean several. */
export interface NamesNobody {
  readonly message: string;
  readonly why: LeftOutReason;
  readonly candidates?: readonly Person[];
}

/** Finds the people of a program as rosters name them. Never guesses: two candidates are nobody. */
export interface WhoIsWho {
  byMail(mail: string): Person | undefined;
  /** The text is nothing but a name: an id, an e-mail, a full name or an unambiguous surname. */
  named(text: string): Named;
  /** The text has a name somewhere in it, "ED - Surge-AM - 08:00-17:00 - Sato". */
  mentioned(text: string): Named;
  /** Everybody whom a text lists, "Sato / Okafor" or "Sato, Okafor"; what is not clear is said. */
  listed(text: string): { readonly people: readonly Person[]; readonly unclear: readonly NamesNobody[] };
}

/** The most words that one full name has. */
const LONGEST_NAME = 5;

/** @param aliases names that only one roster uses, each for one person's id */
export function whoIsWho(
  people: readonly Person[],
  aliases: Readonly<Record<string, PersonId>> = {},
): WhoIsWho {
  const byId = new Map(people.map((person) => [person.id, person]));
  const known = new Map<string, Person[]>();
  for (const [alias, id] of Object.entries(aliases)) {
    const person = byId.get(id);
    if (person !== undefined) known.set(words(alias).join(" "), [person]);
  }
  const ids = index(people, (person) => [words(person.id).join(" ")]);
  const mails = index(people, (person) => (person.email === undefined ? [] : [person.email.toLowerCase()]));
  const names = index(people, (person) => fullNames(person.name));
  const shortened = index(people, (person) => withInitials(person.name));
  const surnames = index(people, (person) => surname(person.name));
  const longest = Math.max(LONGEST_NAME, ...[...known.keys()].map((alias) => alias.split(" ").length));

  const tiers = [known, ids, names, shortened, surnames];
  const first = new Set(tiers.flatMap((tier) => [...tier.keys()].map((name) => name.split(" ", 1)[0]!)));
  const best = (phrases: readonly string[], text: string): Named => {
    for (const tier of tiers) {
      const found = new Set(phrases.flatMap((phrase) => tier.get(phrase) ?? []));
      if (found.size > 0) return only([...found], text);
    }
    return namesNobody(text);
  };

  const byMail = (mail: string) => {
    const found = mails.get(mail.trim().toLowerCase());
    return found?.length === 1 ? found[0] : undefined;
  };

  const mentioned = (text: string): Named => best(phrasesOf(text, first, longest), text);

  return {
    byMail,
    named(text) {
      const person = byMail(text);
      return person === undefined ? best([words(text).join(" ")], text) : { person };
    },
    mentioned,
    listed(text) {
      const found = text.split(SEPARATORS).map((piece) => listedIn(piece, mentioned));
      const everybody = new Set(found.flatMap((one) => ("people" in one ? one.people : [])));
      const unclear = found.flatMap((one) => ("unclear" in one ? [one.unclear] : []));
      return { people: [...everybody], unclear };
    },
  };
}

export const namesNobody = (text: string): NamesNobody => ({
  message: `${quoted(text)} names nobody of people.csv`,
  why: { code: "nobody", text },
});

/** What stands between two people, and hardly ever inside a name. */
const SEPARATORS = /[;/&+、／＆＋]|\s(?:and|と)\s/u;

/** A comma may stand inside a name or between two: it is between them when that makes every candidate clear. */
function listedIn(
  piece: string,
  mentioned: WhoIsWho["mentioned"],
): { readonly people: readonly Person[] } | { readonly unclear: NamesNobody } {
  const found = mentioned(piece);
  if ("person" in found) return { people: [found.person] };
  if (found.candidates === undefined) return { people: [] };
  const clear = piece.split(",").flatMap((part) => {
    const one = mentioned(part);
    return "person" in one ? [one.person] : [];
  });
  const isEverybody = found.candidates.every((person) => clear.includes(person));
  return isEverybody ? { people: clear } : { unclear: found };
}

function only(found: readonly Person[], text: string): Named {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return { person: first };
  const list = found.map((person) => `${person.id} (${person.name})`).join(" or ");
  const people = found.map((person) => person.id);
  return {
    message: `${quoted(text)} could be ${list}`,
    why: { code: "ambiguous", text, people },
    candidates: found,
  };
}

function index(
  people: readonly Person[],
  keys: (person: Person) => readonly string[],
): Map<string, Person[]> {
  const map = new Map<string, Person[]>();
  for (const person of people) {
    for (const key of new Set(keys(person))) {
      const others = map.get(key);
      if (others === undefined) map.set(key, [person]);
      else others.push(person);
    }
  }
  return map;
}

/** Full-width forms, capitals, punctuation and titles do not tell people apart. */
const words = (text: string): readonly string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,;:|/()[\]<>{}・、。–—]+/u)
    .map((word) => word.replace(/(?:先生|医師|さん|\.)+$/u, ""))
    .filter((word) => word !== "" && word !== "dr" && !/^-+$/.test(word));

const isJapanese = (text: string): boolean => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u.test(text);

/** A name in the ways it is written: "佐藤 健" and "佐藤健"; "Emily Carter" and "Carter, Emily". */
function fullNames(name: string): readonly string[] {
  const parts = words(name);
  if (isJapanese(name)) return [parts.join(" "), parts.join("")];
  const [first, ...rest] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined || rest.length === 0) return [parts.join(" ")];
  return [parts.join(" "), [...rest, first].join(" "), [last, ...parts.slice(0, -1)].join(" ")];
}

/** Japanese names are family-first; others have the family name last, unless a comma says otherwise. */
function surname(name: string): readonly string[] {
  const parts = words(name);
  if (parts.length < 2) return [];
  const found = isJapanese(name) || name.includes(",") ? parts[0] : parts.at(-1);
  return found === undefined ? [] : [found];
}

/** "J Smith", "Smith J" and "Smith, J.", as call lists have them. */
function withInitials(name: string): readonly string[] {
  const [first, ...rest] = words(name);
  const last = rest.at(-1);
  if (isJapanese(name) || name.includes(",") || first === undefined || last === undefined) return [];
  const initial = first.slice(0, 1);
  return [`${initial} ${last}`, `${last} ${initial}`];
}

/**
 * Every run of words of a text that begins as some name does; a hyphenated word counts whole and in its parts.
 * Most words of a summary ("ED", "Day", "08:00") begin no name.
 */
function phrasesOf(text: string, first: ReadonlySet<string>, longest: number): readonly string[] {
  const all = words(text);
  const found: string[] = [];
  for (const [start, word] of all.entries()) {
    if (word.includes("-")) found.push(...word.split("-"));
    if (!first.has(word)) continue;
    const end = Math.min(start + longest, all.length);
    for (let to = start + 1; to <= end; to += 1) found.push(all.slice(start, to).join(" "));
  }
  return found;
}
