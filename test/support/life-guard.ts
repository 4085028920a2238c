import Client from "better-sqlite3";
import pg from "pg";
import { BORN, STRANGE_NUDGE, STRANGE_REMINDER } from "./nudge-arrows.ts";

const COLUMNS = { state: STRANGE_NUDGE, reminder: STRANGE_REMINDER };

/** From now on this database refuses to change a nudge's state, or its reminder's, as no transition does. */
export function guardLivesInSqlite(file: string): void {
  const client = new Client(file);
  for (const [column, strange] of Object.entries(COLUMNS))
    client.exec(
      `create trigger guard_${column} before update of ${column} on nudge when ${strange}
       begin select raise(abort, 'no transition of a nudge changes its ${column} so'); end`,
    );
  client.exec(
    `create trigger guard_birth before insert on nudge when new.state not in (${BORN})
     begin select raise(abort, 'a nudge begins otherwise'); end`,
  );
  client.close();
}

/** The same on PostgreSQL. */
export async function guardLivesInPostgres(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(
      `create function guard() returns trigger language plpgsql as $$
       begin raise exception 'no transition of a nudge changes it so'; end $$`,
    );
    for (const [column, strange] of Object.entries(COLUMNS))
      await client.query(
        `create trigger guard_${column} before update of ${column} on nudge for each row when (${strange}) execute function guard()`,
      );
    await client.query(
      `create trigger guard_birth before insert on nudge for each row when (new.state not in (${BORN})) execute function guard()`,
    );
  } finally {
    await client.end();
  }
}
