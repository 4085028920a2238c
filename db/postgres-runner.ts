import { setTimeout } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";
import { isContended, postgresFailure } from "./postgres-failure.ts";
import { prepared, type Prepared } from "./postgres-statements.ts";
import type { Database, Runner, Statement, Step, Steps } from "./statement.ts";

/** Transactions that came in each other's way begin again, at most this often. */
const ATTEMPTS = 50;

/**
 * Runs a store's steps on PostgreSQL. Transactions are serializable, which is what SQLite's are: of two that
 * cannot both be right, the server lets one begin again. The steps ask the same questions again, so nothing
 * that was read before is written.
 */
export const postgresRunner = (pool: Pool): Runner => {
  // The one cast: statements are typed on SQLite's builder, and PostgreSQL's has the same words.
  const db = drizzle(pool) as unknown as Database;
  const statements = new WeakMap<Statement, Prepared>();

  const statementOf = (statement: Statement): Prepared => {
    let ready = statements.get(statement);
    if (ready === undefined) statements.set(statement, (ready = prepared(db, statement)));
    return ready;
  };

  const perform = async (client: PoolClient, step: Step): Promise<unknown> => {
    const statement = statementOf(step.statement);
    if (step.ask === "rows") return (await statement.run(client, step.values)).rows;
    let changes = 0;
    for (const values of step.each) changes += (await statement.run(client, values)).changes;
    return changes;
  };

  const carryOut = async <Result>(client: PoolClient, start: () => Steps<Result>): Promise<Result> => {
    const steps = start();
    let turn = steps.next();
    while (turn.done !== true) turn = steps.next(await perform(client, turn.value));
    return turn.value;
  };

  const once = async <Result>(begin: string, steps: () => Steps<Result>): Promise<Result> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await carryOut(client, steps);
      await client.query("commit");
      return result;
    } catch (thrown) {
      // A connection that cannot even roll back is not used again; the server rolls back by itself.
      await client.query("rollback").catch((error: Error) => (broken = error));
      throw thrown;
    } finally {
      client.release(broken);
    }
  };

  const again = async <Result>(begin: string, steps: () => Steps<Result>): Promise<Result> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(begin, steps);
      } catch (thrown) {
        if (!isContended(thrown) || attempt === ATTEMPTS) throw postgresFailure(thrown);
        await setTimeout(Math.random() * Math.min(2 ** attempt, 100));
      }
    }
  };

  return {
    reading: (steps) => again("begin isolation level repeatable read read only", steps),
    atomically: (steps) => again("begin isolation level serializable", steps),
  };
};
