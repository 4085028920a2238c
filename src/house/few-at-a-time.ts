/** Does some work for each, a few at a time; the results in the order given. The first failure is the caller's. */
export async function fewAtATime<One, Result>(
  limit: number,
  all: readonly One[],
  work: (one: One) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = all.entries();
  const worker = async () => {
    for (const [place, one] of left) results[place] = await work(one);
  };
  await Promise.all(Array.from({ length: Math.min(limit, all.length) }, worker));
  return results;
}

/** Lets that many pieces of work run at the same time; the others wait, in the order they came. */
export function atMost(limit: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running === limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever is next takes over the place, so that nobody who comes just now slips in.
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
