import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/store/database.ts";
import { passingKey, type Key } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { handsOn } from "#test/support/dumped.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { ANNA, at } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** Runs on each database: three entries of one program and one of another, then what hands do, then what the log says. */
async function onEach(
  work: (db: Database, by: (sql: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  using place = folder({});
  const file = place.path("attune.db");
  const url = await server.database();
  const ways: readonly [string, (keys: Key) => Database | Promise<Database>][] = [
    [file, (keys) => openSqlite({ file, keys })],
    [url, (keys) => openPostgres({ url, keys })],
  ];
  for (const [name, open] of ways) {
    await using db = await open(passingKey());
    for (const what of ["export", "erase", "read"]) await db.store("p").audit("chat", what, "anna", at(1));
    await db.store("other").audit("chat", "export", "ben", at(1));
    await work(db, handsOn(name).run);
  }
}

const LAST = "(select max(id) from audit where program = 'p')";
const FIRST = "(select min(id) from audit where program = 'p')";

describe("an audit log", () => {
  it("that nobody touched holds, also after an erasing, from several processes and in every program", async () => {
    await onEach(async (db) => {
      await Promise.all([
        db.store("p").erase(ANNA, at(2), "chat"),
        db.store("p").audit("chat", "export", "ben", at(2)),
        db.store("new").audit("chat", "export", "ben", at(2)),
        db.store("newer").audit("chat", "export", "ben", at(2)),
      ]);

      for (const program of ["p", "other", "new", "newer", "without"])
        expect(await db.store(program).auditTrouble()).toBeUndefined();
    });
  });

  it.each([
    ["its newest entry is gone", `delete from audit where id = ${LAST}`, "cut"],
    ["its oldest entry is gone", `delete from audit where id = ${FIRST}`, "cut"],
    ["one in its middle is gone", `delete from audit where program = 'p' and what = 'erase'`, "cut"],
    ["an entry says something else", `update audit set subject = 'ben' where id = ${FIRST}`, "rewritten"],
    [
      "its newest entry says something else",
      `update audit set what = 'read!' where id = ${LAST}`,
      "rewritten",
    ],
    [
      "two entries are exchanged",
      `update audit set what = case what when 'erase' then 'read' else 'erase' end where program = 'p' and what <> 'export'`,
      "rewritten",
    ],
    [
      "somebody without the key wrote an entry",
      `insert into audit (program, at, actor, what, subject, mac) select program, at, actor, what, subject, mac from audit where id = ${LAST}`,
      "rewritten",
    ],
    [
      "one entry was exchanged for another program's",
      `update audit set program = 'p' where program = 'other'`,
      "rewritten",
    ],
    ["all entries are gone", "delete from audit where program = 'p'", "missing"],
    ["its anchor is gone", "delete from note where program = 'p' and key = 'audit anchor'", "missing"],
    [
      "its anchor is another program's",
      "update note set value = (select value from note where program = 'other' and key = 'audit anchor') where program = 'p' and key = 'audit anchor'",
      "missing",
    ],
    [
      "its entries and its anchor are gone",
      "delete from audit where program = 'p'; delete from note where program = 'p'",
      "missing",
    ],
    [
      "all logs, their anchors and what the database knows of them are gone",
      "delete from audit; delete from note where key like 'audit%'",
      "missing",
    ],
  ])("is found out when %s, and goes on being found out after another entry", async (_, sql, trouble) => {
    await onEach(async (db, by) => {
      await by(sql);

      const told = await db.store("p").auditTrouble();
      await db.store("p").audit("chat", "export", "ben", at(3));
      const later = await db.store("p").auditTrouble();

      expect(told).toBe(trouble);
      expect(later).toBeDefined();
    });
  });

  it("cannot be forged by whoever knows how it is hashed, and has no key", async () => {
    await onEach(async (db, by) => {
      const hash = createHash("sha256")
        .update(JSON.stringify(["", "p", at(1), "chat", "read", "anna"]))
        .digest("hex");
      await by(
        `delete from audit where program = 'p' and what <> 'export';
         update audit set what = 'read', mac = '${hash}' where program = 'p'`,
      );

      expect(await db.store("p").auditTrouble()).toBeDefined();
    });
  });

  it("of a program that was emptied begins anew", async () => {
    await onEach(async (db) => {
      await db.clear("p");
      const empty = await db.store("p").auditTrouble();
      await db.store("p").audit("chat", "export", "anna", at(4));

      expect(empty).toBeUndefined();
      expect(await db.store("p").auditTrouble()).toBeUndefined();
      expect(await db.store("other").auditTrouble()).toBeUndefined();
    });
  });
});
