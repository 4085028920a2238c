import type { Person } from "#src/domain/person.ts";
import { isNoName } from "./duty-words.ts";
import type { Mentions } from "./mentions.ts";

/* "Okafor covering for Carter": of the people that such a text names not all work, and no phrase says surely who. */

/** Whoever is named right after these is away. */
const AWAY =
  /(?<![\p{L}\p{N}])(?:(?:cover\p{L}*|sub\p{L}*|fill\p{L}*(?:\s+in)?|stand\p{L}*\s+in|step\p{L}*\s+in|working)\s+for|instead\s+of|in\s+place\s+of|replac\p{L}*|relie\p{L}*)(?![\p{L}\p{N}])/giu;
/** Two people with these between them are not both there. */
const FOR = /(?<![\p{L}\p{N}])(?:for|vs|versus|by|to)(?![\p{L}\p{N}])/giu;
const INSTEAD = /代わり|代理|代行|代勤|変更/u;
const EXCHANGE =
  /(?<![\p{L}\p{N}])(?:swap\p{L}*|trad(?:e|ed|es|ing))(?![\p{L}\p{N}])|[→⇒⇔]|[-=]>|交代|交替|交換/iu;

/** The people of a text that says that one works in the place of another; undefined when it does not. */
export function handedOver(
  text: string,
  mentionsIn: (text: string) => Mentions,
): readonly Person[] | undefined {
  const isExchange = EXCHANGE.test(text);
  const away = [...text.matchAll(AWAY)];
  const between = [...text.matchAll(FOR)];
  if (!isExchange && !INSTEAD.test(text) && away.length === 0 && between.length === 0) return undefined;

  const { words, found } = mentionsIn(text);
  const people = [...new Set(found.flatMap((one) => one.people))];
  if (people.length === 0) return undefined;
  const names = (sign: RegExpExecArray) =>
    mentionsIn(text.slice(sign.index + sign[0].length)).found.some(({ from }) => from === 0);
  if (away.some(names)) return people;
  if (people.length > 1) return isExchange || INSTEAD.test(text) || between.some(names) ? people : undefined;
  const isAlone = words.every(
    (one, at) => isNoName(one, words[at - 1], false) || found.some(({ from, to }) => from <= at && at < to),
  );
  return isExchange && !isAlone ? people : undefined;
}
