import Client from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** A line for each thing that a database says of its own tables. */
const SQLITE = `
  with tables as (select name from sqlite_schema where type = 'table' and name not like 'sqlite_%')
  select 'column ' || t.name || '.' || c.name || iif(c."notnull" or c.pk > 0, '', ' or null') || iif(c.hidden > 0, ' generated', '') as line
    from tables t join pragma_table_xinfo(t.name) c
  union all select 'key ' || t.name || '(' || group_concat(c.name order by c.pk) || ')'
    from tables t join pragma_table_info(t.name) c where c.pk > 0 group by t.name
  union all select 'reference ' || t.name || '.' || f."from" || ' ' || f."table" || '.' || f."to" || ' ' || lower(f.on_delete)
    from tables t join pragma_foreign_key_list(t.name) f
  union all select 'index ' || i.name || iif(i."unique", ' unique', '') || iif(i.partial, ' partial', '') || '(' || group_concat(c.name order by c.seqno) || ')'
    from tables t join pragma_index_list(t.name) i join pragma_index_info(i.name) c where i.origin = 'c' group by i.name`;

const POSTGRES = `
  with tables as (
    select oid, relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'attune_schema'
  )
  select 'column ' || t.name || '.' || a.attname || case when a.attnotnull then '' else ' or null' end || case when a.attgenerated <> '' then ' generated' else '' end as line
    from tables t join pg_attribute a on a.attrelid = t.oid where a.attnum > 0 and not a.attisdropped
  union all select 'reference ' || t.name || '.' || a.attname || ' ' || r.relname || '.' || b.attname || ' ' || case c.confdeltype when 'a' then 'no action' when 'c' then 'cascade' else c.confdeltype::text end
    from tables t join pg_constraint c on c.conrelid = t.oid and c.contype = 'f' join pg_class r on r.oid = c.confrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    join pg_attribute b on b.attrelid = c.confrelid and b.attnum = c.confkey[1]
  union all select case when i.indisprimary then 'key ' || t.name else 'index ' || x.relname || case when i.indisunique then ' unique' else '' end || case when i.indpred is null then '' else ' partial' end end
      || '(' || string_agg(a.attname, ',' order by k.place) || ')'
    from tables t join pg_index i on i.indrelid = t.oid join pg_class x on x.oid = i.indexrelid
    cross join unnest(i.indkey) with ordinality k(column_number, place)
    join pg_attribute a on a.attrelid = t.oid and a.attnum = k.column_number
    group by t.name, x.relname, i.indisprimary, i.indisunique, i.indpred`;

it("both databases have the same columns, keys, references and indexes once they are migrated", async () => {
  using place = folder({});
  const file = place.path("attune.db");
  await openSqlite({ file, keys: passingKey() }).close();
  const sqlite = new Client(file, { readonly: true });
  const lines = sqlite.prepare<[], string>(SQLITE).pluck().all();
  sqlite.close();
  const url = await server.database();
  await (await openPostgres({ url, keys: passingKey() })).close();
  const postgres = new pg.Client(url);
  await postgres.connect();
  const { rows } = await postgres.query<{ line: string }>(POSTGRES);
  await postgres.end();

  expect(rows.map(({ line }) => line).toSorted()).toEqual(lines.toSorted());
  for (const kind of ["column", "key", "reference", "index"])
    expect(lines.some((line) => line.startsWith(`${kind} `))).toBe(true);
});
