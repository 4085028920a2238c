/**
 * Acts that become ready while one turn of the event loop is handled are done together; one that comes alone is done
 * at once. Who is refused in company, or was in company that failed, is done alone: `together` resolves to the list
 * of who was done, which may be empty, and rejects with what is to be told to all.
 */
export const batching = <Act>(
  together: (acts: readonly Act[]) => Promise<readonly boolean[]>,
  alone: (act: Act) => Promise<boolean>,
): ((act: Act) => Promise<boolean>) => {
  let waiting: Waiting<Act>[] = [];

  const doWaiting = async (): Promise<void> => {
    const company = waiting;
    waiting = [];
    try {
      const done = company.length === 1 ? [] : await together(company.map(({ act }) => act));
      for (const [i, { act, resolve }] of company.entries()) resolve(done[i] === true || alone(act));
    } catch (failure) {
      for (const { reject } of company) reject(failure);
    }
  };

  return (act) =>
    new Promise((resolve, reject) => {
      // Runs once all that has arrived was looked at.
      if (waiting.length === 0) setImmediate(() => void doWaiting());
      waiting.push({ act, resolve, reject });
    });
};

interface Waiting<Act> {
  readonly act: Act;
  resolve(done: boolean | Promise<boolean>): void;
  reject(failure: unknown): void;
}
