import { distance } from "fastest-levenshtein";

/** The candidate that `word` was probably meant to be, for "did you mean". */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const close = candidates
    .map((candidate) => ({ candidate, steps: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, steps }) => steps <= Math.ceil(candidate.length / 3))
    .toSorted((a, b) => a.steps - b.steps);
  return close[0]?.candidate;
}
