import type { Person } from "../domain/person.ts";
import { quoted } from "./problem.ts";

/** Whom a text names: exactly one person, or a sentence saying why not. */
export type Named = { readonly person: Person } | { readonly message: string };

/** Finds the people of a program as rosters name them. Never guesses: two candidates are nobody. */
export interface WhoIsWho {
  byMail(mail: string): Person | undefined;
  /** The text is nothing but a name: an id, an e-mail, a full name or an unambiguous surname. */
  named(text: string): Named;
  /** The text has a name somewhere in it, "ED - Surge-AM - 08:00-17:00 - Sato". */
  mentioned(text: string): Named;
}

/** The most words that one full name has. */
const LONGEST_NAME = 5;

export function whoIsWho(people: readonly Person[]): WhoIsWho {
  const ids = index(people, (person) => [words(person.id).join(" ")]);
  const mails = index(people, (person) => (person.email === undefined ? [] : [person.email.toLowerCase()]));
  const names = index(people, (person) => fullNames(person.name));
  const surnames = index(people, (person) => surname(person.name));

  const best = (phrases: readonly string[], text: string): Named => {
    for (const known of [ids, names, surnames]) {
      const found = new Set(phrases.flatMap((phrase) => known.get(phrase) ?? []));
      if (found.size > 0) return only([...found], text);
    }
    return { message: `${quoted(text)} names nobody of people.csv` };
  };

  const byMail = (mail: string) => {
    const found = mails.get(mail.trim().toLowerCase());
    return found?.length === 1 ? found[0] : undefined;
  };

  return {
    byMail,
    named(text) {
      const person = byMail(text);
      return person === undefined ? best([words(text).join(" ")], text) : { person };
    },
    mentioned: (text) => best(phrasesOf(text), text),
  };
}

function only(found: readonly Person[], text: string): Named {
  const [first, ...others] = found;
  if (first !== undefined && others.length === 0) return { person: first };
  const list = found.map((person) => `${person.id} (${person.name})`).join(" or ");
  return { message: `${quoted(text)} could be ${list}` };
}

function index(
  people: readonly Person[],
  keys: (person: Person) => readonly string[],
): Map<string, Person[]> {
  const map = new Map<string, Person[]>();
  for (const person of people) {
    for (const key of new Set(keys(person))) map.set(key, [...(map.get(key) ?? []), person]);
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

/** Every run of words of a text; a hyphenated word counts whole and in its parts. */
function phrasesOf(text: string): readonly string[] {
  const all = words(text);
  const runs = all.flatMap((_, start) =>
    Array.from({ length: Math.min(LONGEST_NAME, all.length - start) }, (__, more) =>
      all.slice(start, start + more + 1).join(" "),
    ),
  );
  return [...runs, ...all.flatMap((word) => (word.includes("-") ? word.split("-") : []))];
}
