import type pg from "pg";
import type { Soundness } from "../statements/soundness.ts";
import { quoted, shapes } from "../transfer/shapes.ts";
import { inTransaction } from "./copy-side.ts";
import { schemaOf, SCHEMA } from "./migrate.ts";

/**
 * Reads all rows of all tables and checks whether a row can be written. If this user may use the extension amcheck, compares
 * every index with its table. Changes nothing.
 * @throws AttuneError `store` that says what is wrong
 */
export async function soundnessOfPostgres(url: string): Promise<Soundness> {
  const found = await inTransaction(url, "begin isolation level repeatable read read only", looked);
  if (!found.isOlder)
    await inTransaction(url, "begin", async (client) => {
      await client.query(`insert into note (program, key, value) values ('', 'doctor', '')`);
      await client.query("rollback");
    });
  return found;
}

async function looked(client: pg.Client): Promise<Soundness> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('attune_schema') is not null as there",
  );
  if (rows[0]?.there !== true) return { looked: "it is empty", isOlder: true };
  const isOlder = (await schemaOf(client)) < SCHEMA;
  // No index: with one the server might skip a damaged page.
  await client.query("set local enable_indexscan = off");
  await client.query("set local enable_indexonlyscan = off");
  await client.query("set local enable_bitmapscan = off");
  const tables = await there(client);
  for (const name of tables) await client.query(`select count(t::text) from ${quoted([name])} t`);
  const indexes = (await hasAmcheck(client))
    ? await compareIndexes(client, tables)
    : "indexes not looked at, since the extension amcheck is not there for this user";
  return { looked: `every row of ${tables.length} tables reads; ${indexes}`, isOlder };
}

/** The tables that exist. An older version has fewer. */
async function there(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and oid in (select to_regclass(quote_ident(n)) from unnest($1::text[]) n)",
    [shapes.map(({ name }) => name)],
  );
  return rows.map(({ name }) => name);
}

async function hasAmcheck(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    `select has_function_privilege(p.oid, 'execute') as may from pg_proc p join pg_depend d on d.objid = p.oid
     join pg_extension e on e.oid = d.refobjid
     where e.extname = 'amcheck' and p.proname = 'bt_index_check' and pg_function_is_visible(p.oid)`,
  );
  return rows.length > 0 && rows.every(({ may }) => may);
}

async function compareIndexes(client: pg.Client, tables: readonly string[]): Promise<string> {
  const { rowCount } = await client.query(
    `select bt_index_check(i.indexrelid::regclass, true) from pg_index i
     join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
     where i.indisvalid and c.relam = (select oid from pg_am where amname = 'btree')
     and t.oid in (select to_regclass(quote_ident(n)) from unnest($1::text[]) n)`,
    [tables],
  );
  return `${rowCount ?? 0} indexes agree with them (amcheck)`;
}
