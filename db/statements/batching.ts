/**
 * Collects acts that arrive in one turn of the event loop and does them together. An act that comes alone is done with
 * `alone`. So is one that was not done together with the others: another act may have been the reason.
 *
 * @param together resolves to whether each act was done, or to an empty list if none was; rejects with what every caller
 * of the batch is told
 */
export const batching = <Act>(
  together: (acts: readonly Act[]) => Promise<readonly boolean[]>,
  alone: (act: Act) => Promise<boolean>,
): ((act: Act) => Promise<boolean>) => {
  let waiting: Waiting<Act>[] = [];

  const doWaiting = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    try {
      const done = batch.length === 1 ? [] : await together(batch.map(({ act }) => act));
      for (const [i, { act, resolve }] of batch.entries()) resolve(done[i] === true || alone(act));
    } catch (failure) {
      for (const { reject } of batch) reject(failure);
    }
  };

  return (act) =>
    new Promise((resolve, reject) => {
      // Runs after this turn of the event loop.
      if (waiting.length === 0) setImmediate(() => void doWaiting());
      waiting.push({ act, resolve, reject });
    });
};

interface Waiting<Act> {
  readonly act: Act;
  resolve(done: boolean | Promise<boolean>): void;
  reject(failure: unknown): void;
}
