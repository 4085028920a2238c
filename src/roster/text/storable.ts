import type { PersonId } from "#src/domain/person.ts";
import { cleanLine, hiddenIn } from "#src/domain/text.ts";
import { remembered } from "./remembered.ts";
import type { Instant } from "#src/domain/time.ts";

/** A shift or an absence. */
interface Entry {
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly id?: string;
  readonly label?: string;
}

/** The longest label of a shift, in letters. A card can still show it. */
const LONGEST_LABEL = 200;

/** The last moment that a JavaScript date can express, in milliseconds from 1970 (ECMA-262, 21.4.1.1). */
const FARTHEST = 8.64e15;

/**
 * Separates entries of a roster that a database can store from those that it cannot. Labels are cleaned and cut. An entry is
 * refused if its id has characters that cannot be stored, or if its time is no valid moment. The others are not affected.
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
  const isName = remembered(canBeName);
  for (const one of read) {
    if (
      !isName(one.person) ||
      (one.id !== undefined && !canBeName(one.id)) ||
      !isMoment(one.start) ||
      !isMoment(one.end)
    )
      refused.push(one);
    else if (one.label === undefined || labelOf(one.label) === one.label) entries.push(one);
    else entries.push({ ...one, label: labelOf(one.label) });
  }
  return { entries, refused };
}

const canBeName = (id: string): boolean => id !== "" && hiddenIn(id) === undefined;

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
