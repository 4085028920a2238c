import type { Person, PersonId } from "#src/domain/person.ts";
import { quoted, type RosterProblem } from "../problem.ts";
import { isNoName } from "./duty-words.ts";
import type { Named } from "./named.ts";
import type { WhoIsWho } from "./who.ts";
import { nameWords } from "./spellings.ts";
import { isJapanese, wordsOf } from "./words-of.ts";

/**
 * Why what stands under a name is not read as this person's, although program.yaml says that everything in the roster is: the name
 * is clearly another one. Undefined where it is theirs, can be, or is no name.
 */
export function namesAnother(
  text: string,
  found: Named,
  person: PersonId,
  who: WhoIsWho,
): Pick<RosterProblem, "message" | "todo" | "why"> | undefined {
  const own = who.byId(person);
  const meant = "person" in found ? [found.person] : (found.candidates ?? []);
  if (meant.some(({ id }) => id === person)) return undefined;
  const isKnown = meant.length > 0;
  const near = ("near" in found && found.near) || [];
  if (!isKnown && near.length === 0 && !isName(text)) return undefined;
  if (!isKnown && own !== undefined && isShortFor(text, own)) return undefined;
  return {
    message: `${quoted(text)} is not ${own === undefined ? person : `${person} (${own.name})`}, of whom everything here is by \`person\` in program.yaml`,
    todo: isKnown
      ? "take `person` out of program.yaml if this is the roster of several people, or take the row out"
      : "take `person` out of program.yaml if this is the roster of several people; if it is their name, add it to `aliases`",
    why: isKnown || "person" in found ? { code: "two-readings", text } : found.why,
  };
}

/** It has a word that could be one of a name: "Resident 2", "Me" and "whoever" have none. */
function isName(text: string): boolean {
  const words = wordsOf(text);
  return words.some(
    (one, at) =>
      !isNoName(one, words[at - 1], false) &&
      !OWN.test(one.word) &&
      (/^\p{Lu}/u.test(one.raw) || isJapanese(one.word)),
  );
}

/** A part of their name, "Emily", a short form, "Em Carter", or what an account is called by it: "ECarter". */
function isShortFor(text: string, own: Person): boolean {
  const names = nameWords(own);
  const [first, last] = [names[0] ?? "", names.at(-1) ?? ""];
  const accounts = [`${first.slice(0, 1)}${last}`, `${last}${first.slice(0, 1)}`, `${first}${last}`];
  const isPart = (word: string) => names.some((name) => word.length > 1 && name.startsWith(word));
  return wordsOf(text).every(({ word }) => isPart(word) || accounts.includes(word));
}

/** Whoever's roster it is. */
const OWN = /^(?:me|my|mine|myself|self|own|user|whoever|私|自分|本人|自身|僕)$/u;
