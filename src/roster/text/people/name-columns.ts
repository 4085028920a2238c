import type { WhoIsWho } from "./who.ts";

/** A cell that may hold a name, or a part of one, in its column. */
export interface NameCell {
  readonly place: number;
  readonly text: string;
}

/**
 * "Carter" in one column and "Emily" in another are one name, and "Carter" beside "Olivia" is somebody else's. Which columns
 * these are shows wherever both together are a whole name of people.csv; undefined where a name stands in one column.
 */
export function columnsOfName(
  rows: Iterable<readonly [NameCell, ...NameCell[]]>,
  who: WhoIsWho,
): readonly [number, number] | undefined {
  for (const [name, ...others] of rows) {
    if (!PART.test(name.text) || who.isWhole(name.text)) continue;
    const rest = others.find(({ text }) => PART.test(text) && who.isWhole(`${name.text} ${text}`));
    if (rest !== undefined) return [name.place, rest.place];
  }
  return undefined;
}

const PART = /^\p{L}[\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]+){0,3}$/u;
