import type { Person } from "#src/domain/person.ts";
import { weekdayOf } from "../../text/dates/day-cell.ts";
import type { Duty } from "../../text/duties/duty-codes.ts";
import { withoutHours } from "../../text/duties/stated-hours.ts";
import { surname } from "../../text/people/spellings.ts";
import type { Named } from "../../text/people/named.ts";
import type { WhoIsWho } from "../../text/people/who.ts";
import { isJapanese } from "../../text/people/words-of.ts";
import type { Row } from "../grid/days.ts";

/** A row of a table, or a column of one that stands on its side: what it begins with, and what stands under its days. */
export interface Lane {
  readonly heads: Row;
  readonly cells: Row;
}

/** What a column of people's names is called. */
export const PERSONS =
  /^(?:氏名|名前|職員名?|医師名?|(?:full )?names?|persons?|people|staff|employees?|doctors?|physicians?)$/iu;
/** Longer texts are notes. */
const LONGEST_NAMES = 80;

/**
 * Whether the lanes of a table are duties, with people's names under the days: nobody is named before the days, and most cells name
 * somebody. Where they name nobody of the program, the lanes are called by duties whose hours are known.
 */
export function isOfNames(
  lanes: readonly Lane[],
  who: WhoIsWho,
  codeOf: (text: string) => Duty | undefined,
): boolean {
  const heads = lanes.flatMap((lane) => lane.heads).filter(({ text }) => text !== "");
  if (heads.some(({ text }) => mayBeSomebody(who.named(text)))) return false;
  const cells = lanes
    .filter((lane) => !isPersons(lane) && !areWeekdays(lane))
    .flatMap((lane) => lane.cells)
    .filter(({ text }) => text !== "");
  const named = cells.filter(({ text }) => namesAnybody(text, who));
  const codes = cells.filter(({ text }) => codeOf(text)?.kind === "shift" && !mayBeSomebody(who.named(text)));
  if (named.length > 0) return named.length > codes.length;
  const isDuty = ({ text }: { readonly text: string }) => codeOf(withoutHours(text))?.kind === "shift";
  return codes.length === 0 && heads.some(isDuty) && cells.some(({ text }) => /\p{L}{2}/u.test(text));
}

/** 日 is also a code. */
function areWeekdays({ cells }: Lane): boolean {
  const texts = cells.flatMap(({ text }) => (text === "" ? [] : [text]));
  return new Set(texts).size > 1 && texts.every((text) => weekdayOf(text) !== undefined);
}

export const isPersons = ({ heads }: Pick<Lane, "heads">): boolean =>
  heads.some(({ text }) => PERSONS.test(text.normalize("NFKC").trim()));

/** Somebody, one of several, or somebody who is called nearly so. */
export const mayBeSomebody = (named: Named): boolean =>
  "person" in named || (named.candidates ?? []).length > 0 || (named.near ?? []).length > 0;

/** Somebody is named anywhere in it. */
export function namesAnybody(text: string, who: WhoIsWho): boolean {
  if (text === "" || text.length > LONGEST_NAMES) return text !== "" && mayBeSomebody(who.mentioned(text));
  return mayBeSomebody(who.mentioned(text)) || mayBeSomebody(who.named(text));
}

/** Whether a note speaks of somebody, or of a change of a day: Japanese is not written in separate words. */
export function speaksOf(people: readonly Person[], who: WhoIsWho): (text: string) => boolean {
  const names = people.flatMap(surname).filter((name) => name.length > 1 && isJapanese(name));
  return (text) => {
    const plain = text.normalize("NFKC");
    const isChange = CHANGED.test(plain) && /\d/u.test(plain);
    return isChange || namesAnybody(text, who) || names.some((name) => plain.includes(name));
  };
}

const CHANGED =
  /[→⇒⇔⇄⇆↔←⇐]|[-=]>|交代|交替|交換|変更|代行|代直|(?<!\p{L})(?:swap\p{L}*|trad(?:e|ed|es|ing)|chang(?:e|ed|es)|cover\p{L}*)(?!\p{L})/iu;
