import type { Person } from "../domain/person.ts";

/** What is left of a summary once the name that it was found by is taken out: "ED - Day - Sato" → "ED - Day". */
export function labelWithout(person: Person | undefined, summary: string): string {
  if (person === undefined) return summary;
  const parts = person.name.split(/[\s,]+/u).filter((part) => part !== "");
  const spellings = [person.name, parts.join(""), parts.toReversed().join(", "), person.id, ...parts];
  const found = spellings.find((spelling) => pattern(spelling).test(summary));
  if (found === undefined) return summary;
  const rest = summary.replace(pattern(found), " ").replaceAll(/\s+/gu, " ");
  const bare = rest
    .replaceAll(/\(\s*\)|（\s*）/gu, "")
    .replaceAll(/^[\s,;:|/・、–—-]+|[\s,;:|/・、–—-]+$/gu, "");
  return bare === "" ? summary : bare;
}

const SYNTAX = /[\\^$.*+?()[\]{}|/]/gu;

/** A name that is not part of a longer word, with the title that may follow it. */
function pattern(spelling: string): RegExp {
  const plain = spelling.replaceAll(SYNTAX, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${plain}(?:先生|医師)?(?![\p{L}\p{N}])`, "iu");
}
