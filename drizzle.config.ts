import { defineConfig } from "drizzle-kit";

/** `npm run db:generate` writes the next migration from the schema. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./db/schema/sqlite.ts",
  out: "./db/migrations/sqlite",
});
