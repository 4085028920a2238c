import { cleanLine, hiddenIn } from "../domain/text.ts";
import type { RosterEntry } from "./reader.ts";
import { remembered } from "./remembered.ts";

/** In letters: more than any shift is called, and as much as a card and an index of a database bear. */
const LONGEST_LABEL = 200;

/** The farthest moment from 1970 that a date can say, in milliseconds (ECMA-262, 21.4.1.1). */
const FARTHEST = 8.64e15;

/**
 * What a store can keep of what a roster says, and what not: labels are cleaned and cut, and an entry of nobody that can
 * be written down, or at no moment of any calendar, is refused. One such entry never costs the others.
 */
export function keepable(read: readonly RosterEntry[]): {
  readonly entries: readonly RosterEntry[];
  readonly refused: readonly RosterEntry[];
} {
  const labelOf = remembered(shortLabel);
  const isNamed = remembered((person) => person !== "" && hiddenIn(person) === undefined);
  const entries: RosterEntry[] = [];
  const refused: RosterEntry[] = [];
  for (const entry of read) {
    if (!isNamed(entry.person) || !isMoment(entry.start) || !isMoment(entry.end)) {
      refused.push(entry);
      continue;
    }
    const label = labelOf(entry.label);
    entries.push(label === entry.label ? entry : { ...entry, label });
  }
  return { entries, refused };
}

const isMoment = (at: number): boolean => Number.isInteger(at) && Math.abs(at) <= FARTHEST;

function shortLabel(text: string): string {
  const label = cleanLine(text);
  if (label.length <= LONGEST_LABEL) return label;
  const letters = [...label];
  return letters.length <= LONGEST_LABEL ? label : `${letters.slice(0, LONGEST_LABEL - 1).join("")}…`;
}
