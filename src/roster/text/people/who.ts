import type { Person, PersonId } from "#src/domain/person.ts";
import { isTitle } from "./duty-words.ts";
import { givesAway, handedOver, haveOwnTimes } from "./handovers.ts";
import { aliasesOf, mentionsReader, type Mentions } from "./mentions.ts";
import {
  namesNobody,
  only,
  peopleIn,
  perhapsWord,
  somebodyElse,
  unclear,
  type Named,
  type NamesNobody,
} from "./named.ts";
import { remembered } from "../remembered.ts";
import { fullNames, nameWords } from "./spellings.ts";
import { isJapanese, isKana, keyOf } from "./words-of.ts";

/** Finds the people of a program as rosters name them. Never guesses: two candidates are nobody. */
export interface WhoIsWho {
  byId(id: string): Person | undefined;
  byMail(mail: string): Person | undefined;
  /** Whom e-mail addresses and a name beside them mean together: one person, or it is not clear. */
  agreed(mails: readonly string[], byName: Named, text: string): Named;
  /** The text is nothing but a name: an id, an e-mail, an alias, a full name or a surname, with titles and marks. */
  named(text: string): Named;
  /** The text has a name somewhere in it, "ED - Surge-AM - 08:00-17:00 - Sato". An id is none: "R2 Night". */
  mentioned(text: string): Named;
  /** Everybody whom a text lists, "Sato / Okafor" or "Sato, Okafor"; what is not clear is said. */
  listed(text: string): { readonly people: readonly Person[]; readonly unclear: readonly NamesNobody[] };
  /** The name of this person's shift says that somebody else works it: "traded to Brandt". */
  givenAway(text: string, person: Person): boolean;
  /** The text is somebody's whole name or alias and nothing else; a surname alone is none. */
  isWhole(text: string): boolean;
  /** The words of a text that are no part of a name and no title. */
  others(text: string): readonly string[];
  /** The text without the names in it: 明 is a given name in 「田中 明」, and the morning after a night in 「佐藤 明」. */
  beside(text: string): string;
}

/** @param aliases names that only one roster uses, each for one person's id; they count before all others */
export function whoIsWho(
  people: readonly Person[],
  aliases: Readonly<Record<string, PersonId>> = {},
): WhoIsWho {
  const known = aliasesOf(people, aliases);
  const own = new Map<string, Person>(people.map((person) => [person.id, person]));
  const ids = new Map(people.map((person) => [keyOf(person.id), person]));
  const mails = Map.groupBy(
    people.filter(({ email }) => email !== undefined),
    (person) => person.email!.toLowerCase(),
  );
  const mentionsIn = mentionsReader(people, known);
  const whole = new Set(people.flatMap(fullNames));

  const byMail = (mail: string) => {
    const found = mails.get(mail.trim().toLowerCase());
    return found?.length === 1 ? found[0] : undefined;
  };

  return {
    byId: (id) => own.get(id),
    byMail,
    named(text) {
      const mails = text.match(MAILS) ?? [];
      if (mails.length > 0) {
        const rest = withoutMails(text);
        return this.agreed(mails, rest === "" ? namesNobody(text) : this.named(rest), text);
      }
      const key = keyOf(text);
      const person = known.get(key);
      const found = person === undefined ? byIdOrName(text, key, ids, mentionsIn(text)) : { person };
      // "Carter?" may not be there at all, but where this very name was settled.
      const isOpen = "person" in found && ASKED.test(text) && !Object.hasOwn(aliases, text.trim());
      return isOpen ? unclear([found.person], text) : found;
    },
    agreed: (mails, byName, text) =>
      agreed([...new Set(mails.flatMap((mail) => byMail(mail) ?? []))], byName, text),
    mentioned: (text) => onlyOne(mentionsIn(text), text),
    listed: (text) => listed(text, mentionsIn),
    isWhole: remembered((text) => whole.has(keyOf(text)) || known.has(keyOf(text))),
    givenAway: (text, person) => text !== "" && givesAway(text, person, mentionsIn),
    others(text) {
      const { words, found } = mentionsIn(text);
      return words
        .filter((one, at) => !isTitle(one) && !found.some(({ from, to }) => from <= at && at < to))
        .map(({ word }) => word);
    },
    beside(text) {
      const { words, found } = mentionsIn(text);
      return found
        .flatMap(({ from, to }) => words.slice(from, to))
        .reduce((rest, { raw }) => rest.replace(raw, " "), text.normalize("NFKC"));
    },
  };
}

const ASKED = /[?？]\s*$/u;

/** "Emily Carter <emily.carter@example.org>" */
const withoutMails = (text: string): string =>
  text
    .replaceAll(MAILS, " ")
    .replaceAll(/<\s*>|\(\s*\)|mailto:/giu, " ")
    .trim();

/** An id, a name, or both. */
function byIdOrName(text: string, key: string, ids: ReadonlyMap<string, Person>, mentions: Mentions): Named {
  const id = ids.get(key);
  const found = onlyOne(mentions, text);
  // "r1 Noah Brandt" where r1 is Emily Carter; "R1" is a year of training.
  const stated = mentions.words.flatMap(({ word, raw }) =>
    ids.get(word)?.id === raw ? ids.get(word)! : [],
  )[0];
  if (stated !== undefined && "person" in found && found.person !== stated)
    return unclear([stated, found.person], text);
  if (id !== undefined) return only([...new Set([...peopleIn(found), id])], text);
  return "person" in found && !isNothingElse(mentions, found.person) ? namesNobody(text) : found;
}

function agreed(byMails: readonly Person[], byName: Named, text: string): Named {
  const [person, ...others] = byMails;
  if (person === undefined) return byName;
  const meant = peopleIn(byName);
  const near = ("near" in byName && byName.near) || [];
  // The name says less than the address, "E. C.", or is another way to write it.
  const isSilent = meant.length === 0 && (near.length === 0 || near.includes(person));
  if (others.length === 0 && (isSilent || meant.includes(person))) return { person };
  return unclear([...new Set([...byMails, ...meant, ...near])], text);
}

function listed(text: string, mentionsIn: (text: string) => Mentions): ReturnType<WhoIsWho["listed"]> {
  const doubtful = handedOver(text, mentionsIn);
  if (doubtful !== undefined) return { people: [], unclear: [unclear(doubtful, text)] };
  const found = sharingSurnames(text.split(SEPARATORS), mentionsIn).map((piece) =>
    pieceOf(piece, mentionsIn),
  );
  const everybody = new Set(found.flatMap(({ people }) => people));
  if (everybody.size > 1 && haveOwnTimes(text, mentionsIn))
    return { people: [], unclear: [unclear([...everybody], text)] };
  return { people: [...everybody], unclear: found.flatMap((one) => one.unclear) };
}

/** Two names in one text are two people, however each is written. */
export function onlyOne({ found }: Mentions, text: string): Named {
  const names = found.filter(({ isElse, isWord }) => !isElse && !isWord);
  const other = found.find(({ isElse }) => isElse);
  const words = wordsIn(found);
  if (names.length === 0 && words.length > 0) return perhapsWord(words, text);
  if (names.length === 0) return other === undefined ? namesNobody(text) : somebodyElse(text, other.people);
  const clear = new Set(names.flatMap(({ people }) => (people.length === 1 ? people : [])));
  // "Smith: John Smith" is John alone.
  const open = names.filter(({ people }) => !people.some((person) => clear.has(person)));
  return only([...new Set([...clear, ...open.flatMap(({ people }) => people)])], text);
}

/** Whose names are also words of duty or of a place, and stand as such. */
const wordsIn = (found: Mentions["found"]): readonly Person[] => [
  ...new Set(found.flatMap(({ people, isElse, isWord }) => (isWord && !isElse ? people : []))),
];

/** Beside the name there are only titles, marks and other parts of the same person's name. */
function isNothingElse({ words, found }: Mentions, person: Person): boolean {
  const own = nameWords(person);
  const isWhole = found.some((one) => !one.isElse && (one.to > one.from + 1 || own.length === 1));
  const hasKanji = own.some((word) => isJapanese(word) && !isKana(word));
  return words.every(
    (one, at) =>
      isTitle(one) ||
      own.includes(one.word) ||
      (hasKanji && (isWhole || words.some(({ word }) => word === own.join(""))) && isKana(one.word)) ||
      one.word.length === 1 ||
      found.some(({ from, to, isElse }) => !isElse && from <= at && at < to),
  );
}

const MAILS = /[^\s<>"'/:;,=()]+@[^\s<>"'/:;,=?()]+/gu;

/** What stands between two people, and hardly ever inside a name. */
const SEPARATORS = /[;/&+、／＆＋]|\s(?:and|と)\s/u;

/** "John / Anna Smith": a given name alone has the surname of the name behind it, where somebody is called that. */
const sharingSurnames = (
  pieces: readonly string[],
  mentionsIn: (text: string) => Mentions,
): readonly string[] =>
  pieces.map((piece, at) => {
    const next = mentionsIn(pieces[at + 1] ?? "");
    const [name] = next.found;
    if (name === undefined || name.isElse || name.to - name.from < 2) return piece;
    if (mentionsIn(piece).found.length > 0) return piece;
    const shared = `${piece.trim()} ${next.words[name.to - 1]!.raw}`;
    return mentionsIn(shared).found.some(({ from, to, isElse }) => !isElse && to - from > 1) ? shared : piece;
  });

/** A comma may stand inside a name or between two: it is between them when that makes every candidate clear. */
function pieceOf(piece: string, mentionsIn: (text: string) => Mentions): ReturnType<WhoIsWho["listed"]> {
  const mentions = mentionsIn(piece);
  if (mentions.found.length === 0) return { people: [], unclear: [] };
  const others = mentions.found.filter(({ isElse }) => isElse);
  const found = onlyOne(mentions, piece);
  const words = wordsIn(mentions.found).filter((one) => !("person" in found) || one !== found.person);
  if ("person" in found)
    return {
      people: [found.person],
      unclear: [
        ...others.map(({ people }) => somebodyElse(piece, people)),
        ...(words.length > 0 ? [perhapsWord(words, piece)] : []),
      ],
    };
  if (found.candidates === undefined) return { people: [], unclear: [found] };
  const clear = piece.split(/[,・]/u).flatMap((part) => {
    const one = onlyOne(mentionsIn(part), part);
    return "person" in one ? [one.person] : [];
  });
  const isEverybody = found.candidates.every((person) => clear.includes(person));
  return isEverybody ? { people: clear, unclear: [] } : { people: [], unclear: [found] };
}
