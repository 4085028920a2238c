import type { PoolClient } from "pg";

/**
 * Sends several statements at once, with one system call, and waits for all of them, even if one fails. So nothing of a
 * transaction is still under way when it is rolled back. If several fail, the error that `first` accepts is thrown.
 */
export const inOneGo = async <Result>(
  client: PoolClient,
  sends: readonly (() => Promise<Result>)[],
  first: (failure: unknown) => boolean = () => false,
): Promise<readonly Result[]> => {
  const { stream } = client.connection;
  stream.cork();
  const sent = sends.map((send) => send());
  stream.uncork();
  const results = await Promise.allSettled(sent);
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  if (failures.length > 0) throw failures.find(first) ?? failures[0];
  return results.map((result) => (result as PromiseFulfilledResult<Result>).value);
};

/** How many writes are sent at once: enough to hide the network's latency, few enough to limit memory. */
const PORTION = 500;

export function* portions<One>(all: Iterable<One>): Generator<readonly One[]> {
  let portion: One[] = [];
  for (const one of all) {
    portion.push(one);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
