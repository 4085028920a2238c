import Database from "better-sqlite3";

/** What moves by itself: the stage's clock, when somebody was last heard of, and how a message looks just now. */
const RESTLESS: Readonly<Record<string, readonly string[]>> = {
  note: ["value"],
  lease: ["until"],
  identity: ["used_at"],
  chat: ["body", "edited_at"],
};

/** Every row of a database as one line, table by table: what is stored, for a comparison of before and after. */
export function ledgerOf(file: string): readonly string[] {
  const database = new Database(file, { readonly: true });
  try {
    const tables = database
      .prepare(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by name",
      )
      .pluck()
      .all() as string[];
    return tables.flatMap((table) =>
      (database.prepare(`select * from "${table}"`).all() as Record<string, unknown>[]).map((row) => {
        const kept = Object.entries(row).filter(([column]) => RESTLESS[table]?.includes(column) !== true);
        return `${table} ${JSON.stringify(kept)}`;
      }),
    );
  } finally {
    database.close();
  }
}
