import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";
import { isContended, isLost, postgresFailure } from "./postgres-failure.ts";
import { prepared, type Prepared } from "./postgres-statements.ts";
import type { Database, Runner, Statement, Step, Steps } from "./statement.ts";

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
  // The one cast: statements are typed on SQLite's builder, and PostgreSQL's has the same words.
  const db = drizzle(pool) as unknown as Database;
  const statements = new WeakMap<Statement, Prepared>();

  const statementOf = (statement: Statement): Prepared => {
    let ready = statements.get(statement);
    if (ready === undefined) statements.set(statement, (ready = prepared(db, program, statement)));
    return ready;
  };

  const perform = async (client: PoolClient, step: Step): Promise<unknown> => {
    if (step.ask === "together")
      return inOneGo(
        client,
        step.steps.map((one) => () => perform(client, one)),
      );
    const statement = statementOf(step.statement);
    if (step.ask === "rows") return (await statement.run(client, step.values)).rows;
    let changes = 0;
    for (const portion of portions(step.each)) {
      const done = await inOneGo(
        client,
        portion.map((values) => () => statement.run(client, values)),
      );
      for (const one of done) changes += one.changes;
    }
    return changes;
  };

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
        await inOneGo(client, [...before, () => commit(client)]);
        return turn.value;
      }
      const { value: step } = turn;
      const isLast = step.ask === "together" && step.isLast === true;
      const [answer] = await inOneGo(client, [
        ...before,
        () => perform(client, step),
        ...(isLast ? [() => commit(client)] : []),
      ]).then((answers) => answers.slice(before.length));
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
        const limit = isContended(thrown) ? ATTEMPTS : isLost(thrown) ? CONNECTIONS : 0;
        if (attempt >= limit) throw postgresFailure(thrown);
        await setTimeout(Math.random() * Math.min(2 ** attempt, 100));
      }
    }
  };

  return {
    reading: (steps) => again(() => once(READ, steps)),
    guarded: (steps) => again(() => once(WRITE, steps)),
    inTurn: (names, steps) => {
      const keys = [...new Set(names.map((name) => keyOf(program, name)))].toSorted((a, b) => a - b);
      return again(() => once(WRITE, steps, keys));
    },
    singly: (statement, values) =>
      again(() =>
        connected(async (client) => (await statementOf(statement).run(client, values).catch(final)).changes),
      ),
  };
};

/** Takes turns, in one order for everybody, so that nobody waits in a ring. */
const TURN = {
  name: "turn",
  text: "select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as keys(key)",
};

/** A turn's name as the server wants it: a number, of 52 bits. Two names that share one only wait for each other. */
const keyOf = (program: string, name: string): number =>
  Number(
    createHash("sha256")
      .update(JSON.stringify([program, name]))
      .digest()
      .readBigUInt64BE() >> 12n,
  );

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

const commit = (client: PoolClient): Promise<unknown> => client.query("commit").catch(final);

const ended = <Result>(turn: IteratorResult<unknown, Result>): Result => {
  if (turn.done !== true) throw new Error("A step came after the last one.");
  return turn.value;
};

/**
 * Sends all at once (one call of the system, whatever their number) and waits for all, whatever fails: nothing of a
 * transaction is then still on its way when it is rolled back. What only a lost commit says is said first.
 */
const inOneGo = async <Result>(
  client: PoolClient,
  sends: readonly (() => Promise<Result>)[],
): Promise<readonly Result[]> => {
  const { stream } = client.connection;
  stream.cork();
  const sent = sends.map((send) => send());
  stream.uncork();
  const results = await Promise.allSettled(sent);
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  if (failures.length > 0) throw failures.find((one) => one instanceof Final) ?? failures[0];
  return results.map((result) => (result as PromiseFulfilledResult<Result>).value);
};

/** Writes that go out in one go: enough to hide the way, few enough to bound what waits. */
const PORTION = 500;

function* portions<One>(all: Iterable<One>): Generator<readonly One[]> {
  let portion: One[] = [];
  for (const one of all) {
    portion.push(one);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
