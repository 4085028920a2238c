/** Installation out each text once: a roster says the same few things thousands of times. */
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
