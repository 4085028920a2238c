import { setTimeout } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import { AttuneError } from "#src/errors.ts";
import { batching } from "../statements/batching.ts";
import { isContended, isLost, isSilent, postgresFailure } from "./failure.ts";
import { inOneGo } from "./pipeline.ts";
import { performing } from "./steps.ts";
import { TURN, turnKeys } from "./turns.ts";
import type { Runner, Steps } from "../statements/statement.ts";

/** Transactions that came in each other's way begin again, at most this often. */
const ATTEMPTS = 50;
/** A connection that turns out to be lost before anything was to be kept is replaced, at most this often. */
const CONNECTIONS = 3;

const READ = "begin isolation level repeatable read read only";
const WRITE = "begin isolation level read committed";

/**
 * Runs the steps of one program's store on PostgreSQL. Turns are advisory locks: serializable
 * transactions would do without, but of people who answer at the same moment all but one had to begin again, for
 * pages of an index that they shared. Of two transactions that wait for each other the server lets one begin again;
 * the steps ask the same questions again, so nothing that was read before is written. Statements that do not wait for each other's answers
 * go out in one go: the pool's connections are opened with `pipeline`.
 */
export const postgresRunner = (pool: Pool, program: string): Runner => {
  const perform = performing(pool, program);

  /** The result, once it is committed. */
  const carryOut = async <Result>(
    client: PoolClient,
    begin: string,
    keys: readonly number[],
    start: () => Steps<Result>,
  ): Promise<Result> => {
    const steps = start();
    let before = [
      () => client.query(begin),
      ...(keys.length > 0 ? [() => client.query({ ...TURN, values: [keys] })] : []),
    ];
    for (let turn = steps.next(); ;) {
      if (turn.done === true) {
        await inOneGo(client, [...before, () => commit(client)], isFinal);
        return turn.value;
      }
      const { value: step } = turn;
      const isLast = "isLast" in step && step.isLast;
      // One statement, before which nothing came but "begin", is a transaction by itself.
      const isAll = isLast && step.ask === "which" && before.length === 1;
      const answers = await inOneGo(
        client,
        isAll
          ? [() => perform(client, step).catch(final)]
          : [...before, () => perform(client, step), ...(isLast ? [() => commit(client)] : [])],
        isFinal,
      );
      const answer = answers.at(isLast && !isAll ? -2 : -1);
      before = [];
      turn = steps.next(answer);
      if (isLast) return ended(turn);
    }
  };

  /** Gives a connection to `work`, which says what is left of it. */
  const connected = async <Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> => {
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
  };

  const once = <Result>(
    begin: string,
    steps: () => Steps<Result>,
    keys: readonly number[] = [],
  ): Promise<Result> =>
    connected(async (client) => {
      try {
        return await carryOut(client, begin, keys, steps);
      } catch (thrown) {
        // A connection that is lost cannot roll back: the server does, by itself.
        if (!(thrown instanceof Final)) await client.query("rollback").catch(() => undefined);
        throw thrown;
      }
    });

  const again = async <Result>(work: () => Promise<Result>): Promise<Result> => {
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
  };

  return {
    reading: (steps) => again(() => once(READ, steps)),
    guarded: (steps) => again(() => once(WRITE, steps)),
    inTurn: (names, steps) => again(() => once(WRITE, steps, turnKeys(program, names))),
    singly: (statement, values) =>
      again(() =>
        connected(
          (client) =>
            perform(client, { ask: "changes", statement, each: [values] }).catch(final) as Promise<number>,
        ),
      ),
    batching: <Act>(steps: (acts: readonly Act[]) => Steps<readonly boolean[]>) => {
      const doAll = (acts: readonly Act[]) => again(() => once(WRITE, () => steps(acts)));
      return batching<Act>(
        (acts) => doAll(acts).catch(noneDone),
        async (act) => (await doAll([act]))[0] === true,
      );
    },
  };
};

/** What is not tried again: there is no connection, or only the database knows whether it kept what it was given. */
class Final extends Error {
  constructor(cause: unknown) {
    super("final", { cause });
  }
}

/** A commit that the server refused has changed nothing; one whose answer is lost may have. */
const final = (thrown: unknown): never => {
  throw isLost(thrown) ? new Final(thrown) : thrown;
};

/** What only a lost commit says goes before what else went wrong. */
const isFinal = (failure: unknown): boolean => failure instanceof Final;

/** What the server refused has changed nothing, for whichever of them. What it may have kept is not tried again. */
const noneDone = (failure: unknown): readonly boolean[] => {
  if (isLost(failure instanceof AttuneError ? failure.cause : failure)) throw failure;
  return [];
};

const commit = (client: PoolClient): Promise<unknown> => client.query("commit").catch(final);

const ended = <Result>(turn: IteratorResult<unknown, Result>): Result => {
  if (turn.done !== true) throw new Error("A step came after the last one.");
  return turn.value;
};
