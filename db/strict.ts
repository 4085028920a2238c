import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Run after drizzle-kit (`npm run db:generate`), which can write neither word. STRICT: else SQLite keeps a
// text in an integer column without complaint. WITHOUT ROWID, where several columns are the key: one tree
// to write at each commit, and not two.
const folder = fileURLToPath(new URL("migrations/sqlite/", import.meta.url));
for (const name of readdirSync(folder).filter((file) => file.endsWith(".sql"))) {
  const sql = readFileSync(folder + name, "utf8").replaceAll(
    /^(CREATE TABLE [\s\S]*?\n\));/gm,
    (_, table: string) => `${table} ${table.includes("PRIMARY KEY(") ? "STRICT, WITHOUT ROWID" : "STRICT"};`,
  );
  writeFileSync(folder + name, sql);
}
