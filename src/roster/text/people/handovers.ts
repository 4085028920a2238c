import type { Person } from "#src/domain/person.ts";
import { saysTentative } from "../tentative.ts";
import { isNoName } from "./duty-words.ts";
import type { Mentions } from "./mentions.ts";

/* "Okafor covering for Carter", "No Carter", "Carter?": of the people that such a text names not all work for sure. */

/** Whoever is named right after these is away. */
const AWAY =
  /(?<![\p{L}\p{N}])(?:(?:cover\p{L}*|sub\p{L}*|fill\p{L}*(?:\s+in)?|stand\p{L}*\s+in|step\p{L}*\s+in|working)\s+for|instead\s+of|in\s+place\s+of|replac\p{L}*|relie\p{L}*)(?![\p{L}\p{N}])/giu;
/** Two people with these between them are not both there. */
const FOR = /(?<![\p{L}\p{N}])(?:for|vs|versus|by|to|c\/o)(?![\p{L}\p{N}])/giu;
/** Whoever is named right after these, or before a question mark, may not be there at all. */
const NOT = /(?<![\p{L}\p{N}])(?:no|not|without|w\/o|except|minus|possibl[ey])(?![\p{L}\p{N}])[\s:(]*/giu;
const ASKS = /\p{L}[\s()（）]*[?？]|[?？]\s*\p{L}/u;
const INSTEAD = /代わり|代理|代行|代勤|変更/u;
const EXCHANGE =
  /(?<![\p{L}\p{N}])(?:swap\p{L}*|trad(?:e|ed|es|ing)|subs?|replaces?|then)(?![\p{L}\p{N}])|[→⇒⇔⇄⇆↔←⇐🔄🔁]|[-=]>|<[-=]|交代|交替|交換/iu;

/** Places of their own: in "Carter / TBD" the second is open, and Carter works. */
const PLACES = /[/&+／＆＋・]|\s(?:and|と)\s/u;

/** "高橋と交代" is three words, though nothing stands between them. */
const spread = (text: string): string =>
  text.replaceAll(/[とにへがの]?(交代|交替|交換|代わり|代理|代行|代勤|変更)/gu, " $1 ");

/** The people of a text that says that one works in the place of another, or perhaps not at all; undefined when it does not. */
export function handedOver(
  said: string,
  mentionsIn: (text: string) => Mentions,
): readonly Person[] | undefined {
  const text = spread(said);
  const isExchange = EXCHANGE.test(text);
  const away = [...text.matchAll(AWAY)];
  const between = [...text.matchAll(FOR)];
  const not = [...text.matchAll(NOT)];
  const isOpen =
    ASKS.test(text) ||
    (saysTentative(text) && text.split(PLACES).some((place) => isNotSure(place, mentionsIn)));
  const isMixed = differ(text, mentionsIn);
  const isPlain = !isExchange && !isOpen && !isMixed && !INSTEAD.test(text);
  if (isPlain && away.length + between.length + not.length === 0) return undefined;

  const { words, found } = mentionsIn(text);
  const people = [...new Set(found.flatMap((one) => one.people))];
  if (people.length === 0) return undefined;
  const names = (sign: RegExpExecArray) =>
    mentionsIn(text.slice(sign.index + sign[0].length)).found.some(({ from }) => from === 0);
  if (isOpen || isMixed || away.some(names) || not.some(names)) return people;
  if (people.length > 1) return isExchange || INSTEAD.test(text) || between.some(names) ? people : undefined;
  const isAlone = words.every(
    (one, at) => isNoName(one, words[at - 1], false) || found.some(({ from, to }) => from <= at && at < to),
  );
  return isExchange && !isAlone ? people : undefined;
}

/** "Carter, Brandt out", "Carter off, Brandt on", "Okafor, backup Lindqvist": what is said of one is not said of the other. */
function differ(text: string, mentionsIn: (text: string) => Mentions): boolean {
  if (!OUT.test(text) && !SECOND.test(text)) return false;
  const pieces = text
    .split(/[;/&+、,／＆＋]|\s(?:and|と)\s/u)
    .filter((piece) => mentionsIn(piece).found.length > 0);
  const [first, ...others] = pieces;
  if (first === undefined || others.length === 0) return false;
  if (pieces.some((piece) => SECOND.test(piece)) && !pieces.every((piece) => SECOND.test(piece))) return true;
  if (!pieces.some((piece) => OUT.test(piece))) return false;
  return pieces.some((piece) => ON.test(piece)) || !OUT.test(first);
}

const OUT =
  /(?<![\p{L}\p{N}])(?:out|off|away|sick|absent|vacation|leave|pto)(?![\p{L}\p{N}])|休み?|欠勤|病欠|不在/iu;
const ON = /(?<![\p{L}\p{N}])(?:on|in|works?|working|covers?|covering)(?![\p{L}\p{N}])|勤務|出勤/iu;
const SECOND = /(?<![\p{L}\p{N}])(?:backup|back-up|standby|stand-by|jeopardy)(?![\p{L}\p{N}])|待機|控え/iu;

/** "Carter (TBD)": the word is said of somebody. */
const isNotSure = (place: string, mentionsIn: (text: string) => Mentions): boolean =>
  saysTentative(place) && mentionsIn(place).found.length > 0;

/** "by", "to": whoever is named behind these has it now. */
const TAKEN =
  /(?<![\p{L}\p{N}])(?:cover\p{L}*|taken|took|worked|given|gave|moved|switched|traded|swapped|filled)\s+(?:by|to|with)(?![\p{L}\p{N}])/iu;
const COVERS = /(?<![\p{L}\p{N}])(?:cover(?:s|ing)?|fill(?:s|ing)\s+in|works?|working)(?!\p{L}|\s+for)/iu;

/** Does the name of a shift say that somebody else works it? "Covering for Brandt" says who is away. */
export function givesAway(said: string, person: Person, mentionsIn: (text: string) => Mentions): boolean {
  const text = spread(said);
  const isExchange = EXCHANGE.test(text) || INSTEAD.test(text) || TAKEN.test(text);
  if (!isExchange && !COVERS.test(text)) return false;
  return mentionsIn(text).found.some(({ people, from }) => {
    if (people.includes(person)) return false;
    return isExchange || isBefore(text, from, mentionsIn);
  });
}

/** The name at this word stands before the sign: "Brandt covering". */
function isBefore(text: string, from: number, mentionsIn: (text: string) => Mentions): boolean {
  return from < mentionsIn(text.slice(0, text.search(COVERS))).words.length;
}

/** "Carter AM, Brandt PM": each works a part of it, and nothing says which for sure. */
export function haveOwnTimes(text: string, mentionsIn: (text: string) => Mentions): boolean {
  const pieces = text
    .split(/[;/&+、／＆＋,・]|\s(?:and|と)\s/u)
    .filter((piece) => mentionsIn(piece).found.length > 0);
  // "Carter until 13:00, Brandt": what is said of one is not said of the other.
  if (pieces.length > 1 && pieces.some(saysPart)) return true;
  const times = pieces
    .map((piece) => (piece.normalize("NFKC").match(TIME) ?? []).join(" ").toLowerCase())
    .filter((time) => time !== "");
  return new Set(times).size > 1;
}

/** "until 13:00": the text speaks of a part of a shift. */
export const saysPart = (text: string): boolean => PART.test(text.normalize("NFKC"));

/** A part of a day, or hours. */
const TIME =
  /(?<![\p{L}\p{N}])(?:am|pm|mornings?|afternoons?|evenings?|days?|nights?|overnight|\d{1,2}(?::?\d{2})?\s?[ap]?m?\s?[-–~〜]\s?\d{1,2}(?::?\d{2})?\s?[ap]?m?)(?![\p{L}\p{N}])|午前|午後|日勤|夜勤|準夜|深夜|当直|日直/giu;

/** A part of a shift, which is nobody else's. */
const PART =
  /(?<![\p{L}\p{N}])(?:(?:until|till?|from|after|before|since)\s*(?:\d{1,2}(?::?\d{2})?\s?(?:[ap]\.?m\.?|h)?|noon|midnight)|(?:1st|2nd|first|second)\s+half)(?![\p{L}\p{N}])|前半|後半|\d{1,2}(?:時|:\d{2})半?(?:から|より|まで)/iu;
