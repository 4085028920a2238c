import { byWeight } from "#src/domain/gap.ts";
import type { Mismatch } from "#src/domain/mismatch.ts";
import type { Words } from "#src/words/words.ts";
import { gapLabel, settledOn } from "./in-words.ts";

/** What is settled, and on what, in a line; nothing where nothing is. */
export function settledIn(words: Words, mismatches: readonly Mismatch[]): readonly string[] {
  const settled = mismatches.filter((one) => one.state === "settled").toSorted(byWeight);
  const named = settled.map(({ item, settlement }) => {
    const label = gapLabel(words, item);
    const on = settlement && settledOn(words, settlement);
    return on === undefined ? label : words.say.labelled(label, on);
  });
  return named.length === 0 ? [] : [words.say.digest.settled(words.format.list(named))];
}

/** What is open, by item; the weightiest first. */
export function openIn(words: Words, mismatches: readonly Mismatch[]): string {
  const open = mismatches.filter((one) => one.state === "open").toSorted(byWeight);
  return words.format.list(open.map((one) => gapLabel(words, one.item)));
}
