import type { Person } from "#src/domain/person.ts";
import { roleNamed } from "../../text/duties/acting.ts";
import { isExchange, saysChange } from "../../text/changes.ts";
import { saysTakenBack } from "../../text/duties/away.ts";
import { saysLeave } from "../../text/duties/leave.ts";
import { aliasesOf, mentionsReader } from "../../text/people/mentions.ts";
import { surname } from "../../text/people/spellings.ts";
import { isJapanese } from "../../text/people/words-of.ts";
import type { RosterText } from "../../text/reader.ts";
import { isCount, NOTES } from "../names/duty-headings.ts";
import { withoutStanding } from "../../text/standing-remarks.ts";

/* Which words beside a table's codes may change them. */

/** A number of something, and no day: "8日" under 公休. */
const AMOUNT =
  /^(?:残り?|計)?[-+±]?\d+(?:[.,:]\d+)?\s*(?:h|hrs?|hours?|時間|日|回|人|名|件|分|days?|shifts?|nights?|fte|pts?|年目?|歳|%)?(?:\s*(?:left|remaining|used|残))?$/iu;

/** Under these a number of days is no day. */
const BALANCE = /公休|数|残|計|balance|total|used|left/iu;

/** "Off-Service" is a place to work. */
const PLACES = /off[\s-]?(?:service|site)/giu;

/** A word of leave, or one that takes a shift back. */
export function saysAway(text: string): boolean {
  const plain = text.normalize("NFKC").replaceAll(PLACES, " ");
  return saysLeave(plain) || saysTakenBack(plain);
}

const saysOtherwise = (text: string): boolean => saysChange(text) || saysAway(text);

/** Finds everybody whom a note may name: "Brandt switched" is no sure name, and Japanese is not written in separate words. */
export function peopleReader(
  people: readonly Person[],
  aliases: RosterText["aliases"] = {},
): (text: string) => readonly Person[] {
  const mentionsIn = mentionsReader(people, aliasesOf(people, aliases));
  const written = people.flatMap((person) =>
    surname(person).flatMap((name) => (name.length > 1 && isJapanese(name) ? [{ person, name }] : [])),
  );
  return (text) => {
    const plain = text.normalize("NFKC");
    const named = mentionsIn(text).found.flatMap((one) => (one.isWord ? [] : one.people));
    const inside = written.filter(({ name }) => plain.includes(name)).map(({ person }) => person);
    return [...new Set([...named, ...inside])];
  };
}

/** A cell in somebody's row that is no code, with what stands above it. */
export interface Remark {
  readonly text: string;
  readonly heading: string;
  /** Whom it names beside whose row it is. */
  readonly others: readonly Person[];
  /** It is nothing but a name. */
  readonly isName: boolean;
  /** It says whom somebody works with, or in whose team, "指導医：田中". */
  readonly isCompany: boolean;
  /** It speaks of days of the table. */
  readonly hasDays: boolean;
}

export const isNotes = (heading: string): boolean => NOTES.test(heading.normalize("NFKC").trim());

/** Whether a cell beside somebody's codes may change them; numbers, ranks and names of a column of their own do not. */
export function mayChange({ text, heading, others, isName, isCompany, hasDays }: Remark): boolean {
  const plain = text.normalize("NFKC").trim();
  const isOfNotes = isNotes(heading);
  const isOfChanges = saysOtherwise(heading) || isExchange(heading) || /^(?:変更|changes?)/iu.test(heading);
  const isDay = isOfNotes || (isOfChanges && !BALANCE.test(heading) && /^\d+日$/u.test(plain));
  if (isDay ? isCount(plain) : AMOUNT.test(plain)) return false;
  if (!/[\p{L}\p{N}]/u.test(plain) || roleNamed(plain) !== undefined) return false;
  if (isCompany && !isOfChanges) return false;
  if (isName || !/\p{L}/u.test(plain)) return (isOfNotes || isOfChanges) && (isName || hasDays);
  const isOtherwise = saysOtherwise(withoutStanding(plain));
  return others.length > 0 || hasDays || isOtherwise || (isOfChanges && /\d/u.test(plain));
}

/** It says that somebody is away, and nothing of anybody else. */
export const isOnlyAway = ({ text, heading, others }: Remark): boolean =>
  others.length === 0 && !saysChange(`${heading} ${text}`) && (saysAway(text) || saysAway(heading));
