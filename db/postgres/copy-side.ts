import pg from "pg";
import { AttuneError } from "#src/errors.ts";
import { postgresFailure } from "./failure.ts";
import { FILLED, quoted, selection, shapes, type Row, type Shape, type Value } from "../transfer/shapes.ts";
import { portionOf, type Filling, type Snapshot, type Source, type Target } from "../transfer/sides.ts";

/** A database to copy from. Other processes may go on working. It must have this version's schema. */
export const postgresSource = (url: string): Source => ({
  snapshot: (work) =>
    inTransaction(url, "begin isolation level repeatable read read only", (client) =>
      work(snapshotOf(client)),
    ),
  [Symbol.asyncDispose]: async () => undefined,
});

/** A database to copy into. Other writers wait for the end. It must have this version's schema. */
export const postgresTarget = (url: string): Target => ({
  fill: (work) =>
    inTransaction(url, "begin", async (client) => {
      await client.query(`lock table ${quoted(shapes.map(({ name }) => name))} in exclusive mode`);
      return work(fillingOf(client));
    }),
  [Symbol.asyncDispose]: async () => undefined,
});

/** Whether any process has the database open, as far as this user can see: an open Attune keeps a connection. */
export const isPostgresInUse = (url: string): Promise<boolean> =>
  inTransaction(url, "begin", async (client) => {
    const { rowCount } = await client.query(
      "select from pg_stat_activity where datname = current_database() and application_name = 'attune'",
    );
    return (rowCount ?? 0) > 0;
  });

/**
 * Runs `work` on its own connection, in one transaction without a time limit.
 * @throws AttuneError `store` that says what failed
 */
export async function inTransaction<Result>(
  url: string,
  begin: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  // No time limit for a statement: sorting a large table may take long.
  const client = new pg.Client({
    connectionString: url,
    application_name: "attune copy",
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Ignored: a lost connection also rejects the running statement.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (thrown) {
    const failure = postgresFailure(thrown);
    if (failure === thrown || !(failure instanceof AttuneError)) throw failure;
    const what = failure.message.replace(/^Not saved: /, "");
    throw new AttuneError(failure.code, `PostgreSQL: ${what}`, { cause: thrown });
  } finally {
    // Closing the connection rolls an open transaction back.
    await client.end().catch(() => undefined);
  }
}

const snapshotOf = (client: pg.Client): Snapshot => {
  const one = async (sql: string): Promise<Value | boolean | undefined> => {
    const { rows } = await client.query<[Value | boolean]>({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  };
  return {
    count: async ({ name }) => Number(await one(`select count(*) from "${name}"`)),
    async *rows(shape) {
      await client.query(`declare copied no scroll cursor for ${selection(shape)}`);
      for (;;) {
        const { rows } = await client.query<unknown[]>({
          text: `fetch ${portionOf(shape)} from copied`,
          rowMode: "array",
        });
        if (rows.length === 0) break;
        yield rows.map((row) => row.map((value, i) => asStored(value, shape.columns[i]!.type)));
      }
      await client.query("close copied");
    },
    lastId: async ({ name }) =>
      Number((await one(`select pg_sequence_last_value(pg_get_serial_sequence('${name}', 'id'))`)) ?? 0),
    async isFilled() {
      for (const { name } of shapes) if ((await one(FILLED(name))) === true) return true;
      return false;
    },
  };
};

type Type = Shape["columns"][number]["type"];

/** A value in the form that both databases share. The driver returns a bigint as text and a boolean as boolean. */
const asStored = (value: unknown, type: Type): Value => {
  if (value === null) return null;
  return type === "bigint" || type === "boolean" ? Number(value) : (value as Value);
};

const fillingOf = (client: pg.Client): Filling => ({
  ...snapshotOf(client),
  clear: async ({ name }) => void (await client.query(`delete from "${name}"`)),
  async put({ name, columns }, rows) {
    const names = quoted(columns.map((column) => column.name));
    const lists = columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(", ");
    await client.query({
      name: `fill ${name}`,
      text: `insert into "${name}" (${names}) select * from unnest(${lists})`,
      values: columns.map(({ type }, i) => rows.map((row) => asGiven(row[i]!, type))),
    });
  },
  countOn: async ({ name }, lastId) =>
    void (
      lastId > 0 &&
      (await client.query("select setval(pg_get_serial_sequence($1, 'id'), $2)", [name, lastId]))
    ),
});

const asGiven = (value: Row[number], type: Type): Value | boolean =>
  type === "boolean" && value !== null ? value === 1 : value;
