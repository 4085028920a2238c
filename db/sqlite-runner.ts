import type { Database as Client, RunResult } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { storeFailure } from "./failure.ts";
import type { Runner, Statement, Step, Steps } from "./statement.ts";

/**
 * Runs a store's steps on better-sqlite3. Transactions are immediate: with SQLite's default, two
 * processes that read and then write make each other fail.
 */
export const sqliteRunner = (client: Client): Runner => {
  const db = drizzle(client);
  const prepared = new WeakMap<Statement, ReturnType<ReturnType<Statement["build"]>["prepare"]>>();

  const prepare = (statement: Statement) => {
    let ready = prepared.get(statement);
    if (ready === undefined) prepared.set(statement, (ready = statement.build(db).prepare()));
    return ready;
  };

  const perform = (step: Step): unknown => {
    const statement = prepare(step.statement);
    if (step.ask === "rows") return statement.all(step.values);
    let changes = 0;
    for (const values of step.each) changes += (statement.run(values) as RunResult).changes;
    return changes;
  };

  const carryOut = <Result>(start: () => Steps<Result>): Result => {
    const steps = start();
    let turn = steps.next();
    while (turn.done !== true) turn = steps.next(perform(turn.value));
    return turn.value;
  };

  const inTransaction = client.transaction(carryOut);

  const answering = async <Result>(act: () => Result): Promise<Result> => {
    try {
      return act();
    } catch (thrown) {
      throw storeFailure(thrown);
    }
  };

  return {
    reading: (steps) => answering(() => carryOut(steps)),
    consistently: <Result>(steps: () => Steps<Result>) =>
      answering(() => inTransaction.deferred(steps) as Result),
    atomically: <Result>(steps: () => Steps<Result>) =>
      answering(() => inTransaction.immediate(steps) as Result),
  };
};
