import Client from "better-sqlite3";
import { expect, it, vi } from "vitest";
import { livedDemo } from "#test/support/lived.ts";
import { folder } from "../../config/folder.ts";

/** What a statement asks of its rows, without the parameters that stand in a subquery (db/store/placeholders.ts). */
const conditions = (sql: string): string => sql.slice(sql.indexOf(" where ")).replaceAll("(select ?)", "");

it("no query that sorts compares a column with a parameter: SQLite would plan it anew at every run", async () => {
  using files = folder({});
  const prepare = vi.spyOn(Client.prototype, "prepare");

  await livedDemo(files.path("attune.db"), files.path("key"), { seed: 1, days: 2 });

  const sorting = prepare.mock.calls.map(([sql]) => sql).filter((sql) => /\border by\b/u.test(sql));
  expect(sorting.length).toBeGreaterThan(10);
  expect([...new Set(sorting)].filter((sql) => / = \?/u.test(conditions(sql)))).toEqual([]);
}, 60_000);
