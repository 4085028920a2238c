import Client from "better-sqlite3";
import { storeFailure } from "./failure.ts";
import { FILLED, quoted, selection, shapes, type Row, type Shape } from "../transfer/shapes.ts";
import { portionOf, type Filling, type Snapshot, type Source, type Target } from "../transfer/sides.ts";

/** A database file to copy from. It must have this version's schema. */
export function sqliteSource(file: string): Source {
  const client = new Client(file, { fileMustExist: true, timeout: 5_000 });
  // It writes nothing. It is not opened read-only, because then SQLite could not delete its log file at the end.
  client.pragma("query_only = ON");
  return {
    async snapshot(work) {
      // SQLite's snapshot begins with the first read.
      client.exec("begin; select count(*) from sqlite_schema");
      try {
        return await work(snapshotOf(client));
      } catch (thrown) {
        throw storeFailure(thrown);
      } finally {
        client.exec("commit");
      }
    },
    [Symbol.asyncDispose]: async () => void client.close(),
  };
}

/** A database file to copy into. It must have this version's schema. */
export function sqliteTarget(file: string): Target {
  const client = new Client(file, { timeout: 5_000 });
  client.pragma("synchronous = FULL");
  client.pragma("foreign_keys = ON");
  client.pragma("secure_delete = ON");
  return {
    async fill(work) {
      try {
        client.exec("begin immediate");
        const result = await work(fillingOf(client));
        client.exec("commit");
        return result;
      } catch (thrown) {
        if (client.inTransaction) client.exec("rollback");
        throw storeFailure(thrown);
      }
    },
    [Symbol.asyncDispose]: async () => void client.close(),
  };
}

const snapshotOf = (client: Client.Database): Snapshot => {
  const one = (sql: string, ...values: readonly string[]) =>
    client
      .prepare(sql)
      .pluck()
      .get(...values);
  return {
    count: async ({ name }) => Number(one(`select count(*) from "${name}"`)),
    async *rows(shape) {
      let portion: Row[] = [];
      for (const row of client.prepare<[], Row>(selection(shape)).raw().iterate()) {
        portion.push(row);
        if (portion.length < portionOf(shape)) continue;
        yield portion;
        portion = [];
      }
      if (portion.length > 0) yield portion;
    },
    // Only some tables have a counter of ids.
    lastId: async ({ name }) =>
      Math.max(
        Number(one("select seq from sqlite_sequence where name = ?", name) ?? 0),
        Number(one(`select max(id) from "${name}"`) ?? 0),
      ),
    isFilled: async () => shapes.some(({ name }) => one(FILLED(name)) === 1),
  };
};

const fillingOf = (client: Client.Database): Filling => {
  const inserts = new Map<Shape, Client.Statement>();
  const insertInto = (shape: Shape): Client.Statement => {
    const { name, columns } = shape;
    const sql = () =>
      `insert into "${name}" (${quoted(columns.map((column) => column.name))}) values (${columns.map(() => "?").join(", ")})`;
    const known = inserts.get(shape) ?? client.prepare(sql());
    inserts.set(shape, known);
    return known;
  };
  return {
    ...snapshotOf(client),
    clear: async ({ name }) => void client.exec(`delete from "${name}"`),
    async put(shape, rows) {
      const insert = insertInto(shape);
      for (const row of rows) insert.run(...row);
    },
    async countOn({ name }, lastId) {
      client.prepare("delete from sqlite_sequence where name = ?").run(name);
      client.prepare("insert into sqlite_sequence (name, seq) values (?, ?)").run(name, lastId);
    },
  };
};
