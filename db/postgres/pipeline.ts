import type { PoolClient } from "pg";

/**
 * Sends all at once (one call of the system, whatever their number) and waits for all, whatever fails: nothing of a
 * transaction is then still on its way when it is rolled back. Of several failures `first` goes before the others.
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

/** Writes that go out in one go: enough to hide the way, few enough to bound what waits. */
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
