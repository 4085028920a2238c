/** Computes each text once: a roster repeats the same few texts thousands of times. */
export function remembered<Result>(of: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as Result;
    const found = of(text);
    known.set(text, found);
    return found;
  };
}
