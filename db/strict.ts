import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Run after drizzle-kit (`npm run db:generate`), which cannot write STRICT: without it SQLite would
// keep a text in an integer column without a word.
const folder = fileURLToPath(new URL("migrations/sqlite/", import.meta.url));
for (const name of readdirSync(folder).filter((file) => file.endsWith(".sql"))) {
  const sql = readFileSync(folder + name, "utf8");
  writeFileSync(folder + name, sql.replaceAll(/^(CREATE TABLE [\s\S]*?\n\));/gm, "$1 STRICT;"));
}
