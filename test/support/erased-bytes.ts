import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Client from "better-sqlite3";
import pg from "pg";
import type { Database } from "#db/store/database.ts";
import { instant } from "#src/domain/time.ts";
import { ANNA, at, BEN, heardFrom, planned, sentNow, tap } from "../contract/store/case.ts";

/** Both have said something in words, corrected it, and have an account and something in their chat. */
export async function spoken(db: Database): Promise<void> {
  const store = db.store("p");
  for (const person of [ANNA, BEN]) {
    await heardFrom(store, person);
    await planned(store, { person, subject: `the subject of ${person}` });
    const ask = await sentNow(store);
    for (const [i, value] of [`first of ${person}`, `better of ${person}`].entries()) {
      const replies = [
        { occasion: `occasion-of-${person}`, item: "line", value, text: true },
        { occasion: `occasion-of-${person}`, item: "help", value: `chosen-by-${person}-${i}`, text: false },
      ] as const;
      await store.record(tap(ask, { event: `e-${person}-${i}`, now: at(i + 1), replies }));
    }
    const said = { person, from: "person", at: instant(1), text: "hello" } as const;
    await db.chat("p").append(said, `key-of-${person}` as never);
  }
}

/** Where a person's bytes are looked for. */
export interface Bytes {
  /** How many of a person's seven traces stand in the database's files: key, four answers, address, chat. */
  found(person: string): number;
}

/** What stands in the database's own rows of somebody: their wrapped key, sealed answers, address and chat. */
const TRACES = `select wrapped_key as trace from person where id = $1
  union all select words from reply where person = $1 and words is not null
  union all select address from identity where person = $1
  union all select body from chat where person = $1`;

/** The traces that Anna and Ben have just now, looked for in a SQLite file and what stands beside it. */
export function bytesInSqlite(file: string): Bytes {
  const reader = new Client(file, { readonly: true });
  const statement = reader.prepare<[{ who: string }], Buffer>(TRACES.replaceAll("$1", ":who")).pluck();
  const traces = new Map([ANNA, BEN].map((who) => [who as string, statement.all({ who })]));
  reader.close();
  return looking(traces, join(file, ".."));
}

/** The same in a PostgreSQL database's tables and indexes. What it has in memory is there after a checkpoint. */
export async function bytesInPostgres(client: pg.Client): Promise<Bytes> {
  const traces = new Map<string, readonly Buffer[]>();
  for (const who of [ANNA, BEN]) {
    const { rows } = await client.query<{ trace: Buffer }>(TRACES, [who]);
    traces.set(
      who,
      rows.map(({ trace }) => trace),
    );
  }
  const { rows } = await client.query<{ folder: string; id: number }>(
    "select current_setting('data_directory') as folder, oid as id from pg_database where datname = current_database()",
  );
  return looking(traces, join(rows[0]!.folder, "base", String(rows[0]!.id)));
}

/** A connection of somebody else's. */
export const connected = async (url: string) => {
  const client = new pg.Client(url);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
};

const looking = (traces: ReadonlyMap<string, readonly Buffer[]>, folder: string): Bytes => ({
  found(person) {
    const theirs = traces.get(person)!;
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    return theirs.filter((trace) => files.some((file) => file.includes(trace))).length;
  },
});
