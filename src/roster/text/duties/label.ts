import type { Person } from "#src/domain/person.ts";

/** What is left of a summary once the name that it was found by is taken out: "ED - Day - Sato" → "ED - Day". */
export function labelWithout(person: Person | undefined, summary: string): string {
  if (person === undefined) return summary;
  const found = spellingsOf(person).find((spelling) => spelling.test(summary));
  if (found === undefined) return summary;
  const rest = summary.replace(found, " ").replaceAll(/\s+/gu, " ");
  const bare = withoutEdges(rest.replaceAll(/\(\s*\)|（\s*）/gu, ""));
  return bare === "" ? summary : bare;
}

const EDGE = /[\s,;:|/・、–—-]/u;

/** From both ends, letter by letter: a pattern that ends in "$" would begin anew at each letter of a long row of dashes. */
function withoutEdges(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && EDGE.test(text[from]!)) from += 1;
  while (to > from && EDGE.test(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

const known = new WeakMap<Person, readonly RegExp[]>();

/** Kept by person: a feed names the same people thousands of times. */
function spellingsOf(person: Person): readonly RegExp[] {
  let patterns = known.get(person);
  if (patterns === undefined) {
    const parts = person.name.split(/[\s,]+/u).filter((part) => part !== "");
    const spellings = [person.name, parts.join(""), parts.toReversed().join(", "), person.id, ...parts];
    patterns = [...new Set(spellings)].map(pattern);
    known.set(person, patterns);
  }
  return patterns;
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/gu;

/** A name that is not part of a longer word, with the title that may follow it. */
function pattern(spelling: string): RegExp {
  const plain = spelling.replaceAll(SYNTAX, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${plain}(?:先生|医師)?(?![\p{L}\p{N}])`, "iu");
}
