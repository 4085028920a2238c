import type { PersonId } from "./person.ts";
import { cleanLine, hiddenIn } from "./text.ts";
import type { Instant } from "./time.ts";

/** A shift or an absence, as a roster says it or a store is given it. */
interface Entry {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly id?: string;
  readonly label?: string;
}

/** In letters: more than any shift is called, and as much as a card bears. */
const LONGEST_LABEL = 200;

/** The farthest moment from 1970 that a date can say, in milliseconds (ECMA-262, 21.4.1.1). */
const FARTHEST = 8.64e15;

/**
 * What a store can keep of what a roster says, and what not: labels are cleaned and cut; an entry of nobody who can be
 * written down, or at no moment of any calendar, is refused. One such entry never costs the others.
 */
export function storable<One extends Entry>(
  read: readonly One[],
): { readonly entries: readonly One[]; readonly refused: readonly One[] } {
  const labels = new Map<string, string>();
  const labelOf = (text: string): string => {
    const known = labels.get(text) ?? shortLabel(text);
    labels.set(text, known);
    return known;
  };
  const entries: One[] = [];
  const refused: One[] = [];
  for (const one of read) {
    if (!isName(one.person) || !isName(one.id ?? "-") || !isMoment(one.start) || !isMoment(one.end))
      refused.push(one);
    else if (one.label === undefined || labelOf(one.label) === one.label) entries.push(one);
    else entries.push({ ...one, label: labelOf(one.label) });
  }
  return { entries, refused };
}

const isName = (id: string): boolean => id !== "" && hiddenIn(id) === undefined;

const isMoment = (at: number): boolean => Number.isInteger(at) && Math.abs(at) <= FARTHEST;

function shortLabel(text: string): string {
  const label = cleanLine(text);
  if (label.length <= LONGEST_LABEL) return label;
  const letters = [...label];
  return letters.length <= LONGEST_LABEL
    ? label
    : `${letters
        .slice(0, LONGEST_LABEL - 1)
        .join("")
        .trim()}…`;
}
