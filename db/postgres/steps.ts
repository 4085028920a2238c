import { drizzle } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";
import { preparedChanges, preparedInserts, type PreparedForMany } from "./many.ts";
import { inOneGo, portions } from "./pipeline.ts";
import { prepared, type Prepared } from "./statements.ts";
import type { QueryBuilder, RowChange, RowInsert, Statement, Values } from "../statements/statement.ts";
import type { Step } from "../statements/steps.ts";

/** Returns a function that carries out the steps of a program's store on a given connection. */
export const performing = (
  pool: Pool,
  program: string,
): ((client: PoolClient, step: Step) => Promise<unknown>) => {
  // The only cast: statements have the type of SQLite's builder. PostgreSQL's has the same methods.
  const db = drizzle(pool) as unknown as QueryBuilder;
  const forOne = new WeakMap<Statement, Prepared>();
  const forMany = new WeakMap<Statement, PreparedForMany>();

  const statementOf = (statement: Statement): Prepared => {
    let ready = forOne.get(statement);
    if (ready === undefined) forOne.set(statement, (ready = prepared(db, program, statement)));
    return ready;
  };
  const manyOf = (step: { readonly statement: RowChange | RowInsert }): PreparedForMany => {
    const { statement } = step;
    let ready = forMany.get(statement);
    if (ready === undefined) {
      ready =
        "table" in statement
          ? preparedChanges(db, program, statement)
          : preparedInserts(db, program, statement);
      forMany.set(statement, ready);
    }
    return ready;
  };

  const perform = async (client: PoolClient, step: Step): Promise<unknown> => {
    switch (step.ask) {
      case "together":
        return inOneGo(
          client,
          step.steps.map((one) => () => perform(client, one)),
        );
      case "rows":
        return (await statementOf(step.statement).run(client, step.values)).rows;
      case "changes":
        return changed(client, statementOf(step.statement), step.each);
      case "inserts":
        return step.each.length > 1
          ? (await manyOf(step).run(client, step.each)).changes
          : changed(client, statementOf(step.statement), step.each);
      case "changed-each":
        // A single change waits for a locked row. Many in one statement skip locked rows.
        return step.each.length > 1
          ? (await manyOf(step).run(client, step.each)).changedEach
          : [(await changed(client, statementOf(step.statement), step.each)) === 1];
      default:
        return step satisfies never;
    }
  };
  return perform;
};

/** Runs a statement for each of `each`. Returns how many rows were changed. */
async function changed(client: PoolClient, statement: Prepared, each: Iterable<Values>): Promise<number> {
  let changes = 0;
  for (const portion of portions(each)) {
    const done = await inOneGo(
      client,
      portion.map((values) => () => statement.run(client, values)),
    );
    for (const one of done) changes += one.changes;
  }
  return changes;
}
