import { setTimeout } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { AttuneError } from "#src/errors.ts";
import { batching } from "../statements/batching.ts";
import { isContended, isLost, isSilent, postgresFailure } from "./failure.ts";
import { inOneGo } from "./pipeline.ts";
import { performing } from "./steps.ts";
import { LOCK, lockKeys } from "./advisory-locks.ts";
import type { Runner, Steps } from "../statements/steps.ts";

/** How often a transaction is tried that collides with another one. */
const ATTEMPTS = 50;
/** How often a connection is replaced that turns out to be lost before the commit. */
const CONNECTIONS = 3;

const READ = "begin isolation level repeatable read read only";
const WRITE = "begin isolation level read committed";

/**
 * Runs the steps of one program's store on PostgreSQL.
 *
 * `lockedTransaction` takes advisory locks. Serializable transactions would do without them, but of people who answer at
 * the same moment all but one had to begin again, because they shared a page of an index.
 *
 * When two transactions wait for each other, the server makes one of them fail. It begins again from its first step, so
 * it reads everything anew.
 *
 * Statements that do not need each other's answers are sent at once: the pool's connections are opened with `pipeline`.
 */
export const postgresRunner = (pool: Pool, program: string): Runner => {
  const perform = performing(pool, program);

  const once = <Result>(
    begin: string,
    steps: () => Steps<Result>,
    keys: readonly number[] = [],
  ): Promise<Result> =>
    connected(pool, async (client) => {
      try {
        return await carryOut(client, perform, { begin, keys }, steps);
      } catch (thrown) {
        // On a lost connection this fails; the server then rolls back by itself.
        if (!(thrown instanceof Final)) await client.query("rollback").catch(() => undefined);
        throw thrown;
      }
    });

  return {
    read: (steps) => again(() => once(READ, steps)),
    transaction: (steps) => again(() => once(WRITE, steps)),
    lockedTransaction: (locks, steps) => again(() => once(WRITE, steps, lockKeys(program, locks))),
    write: (statement, values) =>
      again(() =>
        connected(
          pool,
          (client) =>
            perform(client, { ask: "changes", statement, each: [values] }).catch(final) as Promise<number>,
        ),
      ),
    batched: <Act>(steps: (acts: readonly Act[]) => Steps<readonly boolean[]>) => {
      const doAll = (acts: readonly Act[]) => again(() => once(WRITE, () => steps(acts)));
      return batching<Act>(
        (acts) => doAll(acts).catch(noneDone),
        async (act) => (await doAll([act]))[0] === true,
      );
    },
  };
};

/** How a transaction begins, and the advisory locks that it takes. */
interface Beginning {
  readonly begin: string;
  readonly keys: readonly number[];
}

type Performing = ReturnType<typeof performing>;

/** Runs one transaction and resolves to its result once it is committed. */
async function carryOut<Result>(
  client: PoolClient,
  perform: Performing,
  { begin, keys }: Beginning,
  start: () => Steps<Result>,
): Promise<Result> {
  const steps = start();
  let before = [
    () => client.query(begin),
    ...(keys.length > 0 ? [() => client.query({ ...LOCK, values: [keys] })] : []),
  ];
  for (let turn = steps.next(); ;) {
    if (turn.done === true) {
      await inOneGo(client, [...before, () => commit(client)], isFinal);
      return turn.value;
    }
    const { value: step } = turn;
    const commits = "commits" in step && step.commits;
    // A single statement is a transaction by itself: it needs neither "begin" nor "commit".
    const isWhole = commits && step.ask === "changed-each" && before.length === 1;
    const answers = await inOneGo(
      client,
      isWhole
        ? [() => perform(client, step).catch(final)]
        : [...before, () => perform(client, step), ...(commits ? [() => commit(client)] : [])],
      isFinal,
    );
    const answer = answers.at(commits && !isWhole ? -2 : -1);
    before = [];
    turn = steps.next(answer);
    if (commits) return ended(turn);
  }
}

/** Lends a connection to `work`. A connection that was lost meanwhile is not used again. */
async function connected<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((thrown: unknown) => {
    throw new Final(thrown);
  });
  let lost: Error | undefined;
  try {
    return await work(client);
  } catch (thrown) {
    const cause = thrown instanceof Final ? thrown.cause : thrown;
    if (isLost(cause)) lost = cause as Error;
    throw thrown;
  } finally {
    client.release(lost);
  }
}

/** Tries again what collided with another transaction, or lost its connection before the commit. */
async function again<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof Final) throw postgresFailure(thrown.cause);
      const limit = isContended(thrown) ? ATTEMPTS : isLost(thrown) && !isSilent(thrown) ? CONNECTIONS : 0;
      if (attempt >= limit) throw postgresFailure(thrown);
      await setTimeout(Math.random() * Math.min(2 ** attempt, 100));
    }
  }
}

/** A failure after which nothing is tried again: there is no connection, or the commit may have happened. */
class Final extends Error {
  constructor(cause: unknown) {
    super("final", { cause });
  }
}

/** For a commit. If the server refused it, nothing was changed. If its answer was lost, it may have happened. */
const final = (thrown: unknown): never => {
  throw isLost(thrown) ? new Final(thrown) : thrown;
};

/** Of several failures this one is thrown: it says that the commit may have happened. */
const isFinal = (failure: unknown): boolean => failure instanceof Final;

/** A batch that failed: none of its acts was done, so each may be tried alone. Unless the commit may have happened. */
const noneDone = (failure: unknown): readonly boolean[] => {
  if (isLost(failure instanceof AttuneError ? failure.cause : failure)) throw failure;
  return [];
};

const commit = (client: PoolClient): Promise<unknown> => client.query("commit").catch(final);

const ended = <Result>(turn: IteratorResult<unknown, Result>): Result => {
  if (turn.done !== true) throw new Error("A step came after the last one.");
  return turn.value;
};
