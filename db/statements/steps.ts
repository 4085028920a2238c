import { is, Param, Placeholder, Column } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Columns, Query, RowChange, RowInsert, Statement, Values } from "./statement.ts";

/*
 * How statements are run. A store method is a generator: it yields a step ("run this statement with these values") and
 * gets the answer back. A runner carries the steps out, on SQLite (db/sqlite/runner.ts) or on PostgreSQL
 * (db/postgres/runner.ts). So each method is written once for both databases.
 *
 * Read `Runner` first: it is what a store method is written with. Then the functions that make the steps. At the end is
 * what both runners share: how a statement is given its values, and how its rows are read.
 */

/**
 * One request to the database.
 * - `rows`: runs a query. The answer is its rows.
 * - `changes`: runs a write once for each of `each`. The answer is how many rows changed in all.
 * - `inserts`: the same for inserts.
 * - `changed-each`: runs a write to one row for each of `each`. The answer says for each whether its row changed.
 * - `together`: several steps at once. None needs another's answer, so they cost one round trip to a server. The answer
 *   is the list of their answers.
 *
 * `commits`: it is the transaction's last step, so the commit is sent along with it.
 */
export type Step =
  | { readonly ask: "rows"; readonly statement: Query<unknown>; readonly values: Values }
  | { readonly ask: "changes"; readonly statement: Statement; readonly each: Iterable<Values> }
  | { readonly ask: "inserts"; readonly statement: RowInsert; readonly each: readonly Values[] }
  | {
      readonly ask: "changed-each";
      readonly statement: RowChange;
      readonly each: readonly Values[];
      readonly commits: boolean;
    }
  | { readonly ask: "together"; readonly steps: readonly Step[]; readonly commits: boolean };

/**
 * The steps of one read or one transaction. A generator, and not an async function, for two reasons. Nothing can be
 * awaited in the middle of a transaction by mistake. And better-sqlite3 is synchronous: it cannot hold a transaction over
 * an `await`.
 */
export type Steps<Result> = Generator<Step, Result, unknown>;

/** Carries out the steps of a store on one database. Every failure is an AttuneError `store`. */
export interface Runner {
  /** Reads. All statements see the same state of the database. */
  read<Result>(steps: () => Steps<Result>): Promise<Result>;
  /**
   * One transaction: all or nothing, and on disk when it resolves. Others may write between its steps. So a write either
   * names the state that it expects of its row (`where state = 'sent'`), or a query has locked the row before.
   */
  transaction<Result>(steps: () => Steps<Result>): Promise<Result>;
  /** A transaction that runs alone among all transactions that name one of the same locks. */
  lockedTransaction<Result>(locks: readonly LockName[], steps: () => Steps<Result>): Promise<Result>;
  /** One write, in a transaction of its own. Resolves to how many rows it changed. */
  write(statement: Statement, values: Values): Promise<number>;
  /**
   * Runs acts of one kind, each on a row of its own. Acts that arrive at the same time share one transaction where that
   * is faster. `steps` returns for each act whether it was done. An act that was not done in a batch, or whose batch
   * failed, runs once more alone: another act of the batch may have been the reason. So each caller gets the answer for
   * its own act, once that is on disk.
   */
  batched<Act>(steps: (acts: readonly Act[]) => Steps<readonly boolean[]>): (act: Act) => Promise<boolean>;
}

/** The name of a lock in the runner's program, or in another one. */
export type LockName = string | { readonly program: string; readonly name: string };

const NONE: Values = {};

/** The rows of a query. */
export function* rows<Row>(statement: Query<Row>, values: Values = NONE): Steps<readonly Row[]> {
  return (yield { ask: "rows", statement, values }) as readonly Row[];
}

/** The first row of a query. */
export function* first<Row>(statement: Query<Row>, values: Values = NONE): Steps<Row | undefined> {
  return ((yield { ask: "rows", statement, values }) as readonly Row[])[0];
}

/** Runs a write and says how many rows it changed. */
export function* run(statement: Statement, values: Values = NONE): Steps<number> {
  return (yield { ask: "changes", statement, each: [values] }) as number;
}

/** Runs a write once for each of `each` and says how many rows changed in all. */
export function* runEach(statement: Statement, each: Iterable<Values>): Steps<number> {
  return (yield { ask: "changes", statement, each }) as number;
}

/** Inserts a row for each of `each` and says how many rows changed. */
export function* insertEach(statement: RowInsert, each: readonly Values[]): Steps<number> {
  return (yield { ask: "inserts", statement, each }) as number;
}

/** Runs several steps at once and commits. None of them needs another's answer. */
export function* runAllAndCommit(steps: readonly Step[]): Steps<void> {
  yield { ask: "together", steps, commits: true };
}

/** Runs a write to one row for each of `each` and says for each whether its row changed. `commits`: it is the last step. */
export function* changedEach(
  statement: RowChange,
  each: readonly Values[],
  commits = false,
): Steps<readonly boolean[]> {
  return (yield { ask: "changed-each", statement, each, commits }) as readonly boolean[];
}

/** The rows of several queries, each run with the same values. One list for each query. */
export function* rowsOfEach<Row>(
  statements: readonly Query<Row>[],
  values: Values,
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: false,
    steps: statements.map((statement) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** The rows of one query, run once for each of `each`. One list for each run. */
export function* rowsForEach<Row>(
  statement: Query<Row>,
  each: readonly Values[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: false,
    steps: each.map((values) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** Runs several writes that return rows, and commits. None of them needs another's answer. One list for each write. */
export function* rowsAndCommit<Row>(
  writes: readonly { readonly statement: Query<Row>; readonly values: Values }[],
): Steps<readonly (readonly Row[])[]> {
  return (yield {
    ask: "together",
    commits: true,
    steps: writes.map(({ statement, values }) => ({ ask: "rows", statement, values })),
  }) as readonly (readonly Row[])[];
}

/** A write and the values to run it with. */
export interface Write {
  readonly statement: Statement;
  readonly values: Values;
}

/** Runs several writes in their order and says how many rows each changed. `commits`: it is the last step. */
export function* runAll(writes: readonly Write[], commits = false): Steps<readonly number[]> {
  return (yield {
    ask: "together",
    commits,
    steps: writes.map(({ statement, values }) => ({ ask: "changes", statement, each: [values] })),
  }) as readonly number[];
}

/** Makes the list of a statement's parameters from the values of one run. It is the same list at every call: use it before the next call. */
export const binder = (params: readonly unknown[]): ((values: Values) => unknown[]) => {
  const parameters = params.map(parameterOf);
  const bound: unknown[] = parameters.map(() => null);
  return (values) => {
    for (const [i, parameter] of parameters.entries()) {
      const value = parameter(values);
      bound[i] = typeof value === "string" ? storableText(value) : value;
    }
    return bound;
  };
};

const parameterOf = (param: unknown): ((values: Values) => unknown) => {
  if (is(param, Placeholder)) return valueNamed(param.name);
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder } = param;
  const valueOf = valueNamed(param.value.name);
  return (values) => {
    const value = valueOf(values);
    return value === null || value === undefined ? value : encoder.mapToDriverValue(value);
  };
};

/** A missing value is an error. To the driver it would be null: no row would be found or changed, and nobody would notice. */
const valueNamed =
  (name: string) =>
  (values: Values): unknown => {
    const value = values[name];
    if (value === undefined && !(name in values)) throw new Error(`A statement was not given its ${name}.`);
    return value;
  };

/**
 * Refuses a text that a database would not keep as it is. PostgreSQL refuses U+0000, and both drivers replace half of a
 * surrogate pair by another character. Texts are cleaned where they come in (src/domain/text.ts); this is the second line
 * of defence. A text that is sealed is checked before: afterwards nobody can see what is in it.
 */
export function storableText<Text extends string>(value: Text): Text {
  if (value.includes("\0") || !value.isWellFormed())
    throw new AttuneError(
      "store",
      "Not saved: a text holds what no database keeps (U+0000 or half a letter).",
    );
  return value;
}

/** Turns a driver's row (a list of values) into an object with the names of these columns. */
export const rowMapper = (columns: Columns): ((row: readonly unknown[]) => unknown) => {
  const fields = Object.entries(columns).map(([name, column]) => ({ name, decode: decoderOf(column) }));
  return (row) => {
    const named: Record<string, unknown> = {};
    for (let i = 0; i < fields.length; i += 1) {
      const { name, decode } = fields[i] as (typeof fields)[number];
      const value = row[i];
      named[name] = decode === undefined || value === null ? value : decode(value);
    }
    return named;
  };
};

/** How to convert a column's value; undefined where the driver's value stays as it is. */
const decoderOf = (column: Columns[string]): ((value: unknown) => unknown) | undefined =>
  is(column, Column) && column.mapFromDriverValue !== Column.prototype.mapFromDriverValue
    ? (value) => column.mapFromDriverValue(value)
    : undefined;
