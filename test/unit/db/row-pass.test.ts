import Client from "better-sqlite3";
import { like, not } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as tables from "#db/schema/sqlite.ts";
import { migrate } from "#db/sqlite/migrate.ts";
import { sqliteRunner } from "#db/sqlite/runner.ts";
import type { Values } from "#db/statements/statement.ts";
import { rowPass, type Pass } from "#db/store/row-pass.ts";

const EMPTY = emptyDatabase();

/** The bytes of a database without rows: to migrate each anew would take longer than the test. */
function emptyDatabase(): Buffer {
  const client = new Client(":memory:");
  migrate(client);
  return client.serialize();
}

/** Notes in a database in memory, by program, key and value. */
function notes(rows: readonly (readonly [program: string, key: string, value: string])[]) {
  const client = new Client(EMPTY);
  const insert = client.prepare("insert into note (program, key, value) values (?, ?, ?)");
  for (const row of rows) insert.run(row);
  const runner = sqliteRunner(client, 0);
  return {
    all: () => inOrder(client.prepare("select program, key, value from note").raw().all() as string[][]),
    /** Goes through the pass to its end; gives up at so many portions. How many there were. */
    through(pass: Pass, most: number): number {
      let portions = 0;
      for (
        let after: Values | undefined = pass.start;
        after !== undefined && portions <= most;
        portions += 1
      ) {
        const place: Values = after;
        after = runner.transactionSync(() => pass.portion(place));
      }
      return portions;
    },
  };
}

const inOrder = (all: readonly (readonly string[])[]) =>
  all.map((row) => JSON.stringify(row)).toSorted((a, b) => (a < b ? -1 : 1));

const text = fc.stringMatching(/^[a-c あ%]{1,3}$/u);
const rows = fc.uniqueArray(fc.tuple(text, text, text), {
  selector: ([program, key]) => `${program}/${key}`,
  maxLength: 40,
});

describe("A pass over the rows of a table", () => {
  it("comes to each row once, in portions of any size, and ends", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 9 }), (some, size) => {
        const db = notes(some);
        const pass = rowPass(
          tables,
          { table: "note", column: "value", from: [], where: undefined },
          ({ stored }) => `${stored}!`,
          size,
        );

        const portions = db.through(pass, some.length + 1);

        // The last one finds nothing.
        expect(portions).toBe(Math.ceil(some.length / size) + 1);
        expect(db.all()).toEqual(inOrder(some.map(([program, key, value]) => [program, key, `${value}!`])));
      }),
    );
  });

  it("ends where the column that it sets is part of the key", () => {
    fc.assert(
      fc.property(
        rows,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("", "b", "~"),
        (some, size, first) => {
          const db = notes(some);
          const { key } = tables.note;
          const pass = rowPass(
            tables,
            { table: "note", column: "key", from: [], where: not(like(key, "%!")) },
            ({ stored }) => `${first}${stored}!`,
            size,
          );

          expect(db.through(pass, some.length + 1)).toBeLessThanOrEqual(some.length + 1);
          expect(db.all()).toEqual(
            inOrder(some.map(([program, name, value]) => [program, `${first}${name}!`, value])),
          );
        },
      ),
    );
  });
});
