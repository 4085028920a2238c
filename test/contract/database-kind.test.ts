import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/store/database.ts";
import { passingKey } from "#db/keys/keys.ts";
import { openPostgres } from "#db/postgres/open.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { copyDatabase } from "#db/transfer/copy.ts";
import { postgresSource, postgresTarget } from "#db/postgres/copy-side.ts";
import { sqliteSource } from "#db/sqlite/copy-side.ts";
import { copyIntoFile } from "#db/sqlite/copy-into-file.ts";
import { personId, type Address } from "#src/domain/person.ts";
import { claimDatabase, foundKind } from "#src/composition/database-kind.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { local } from "#test/support/programs.ts";

const NOW = local("2026-12-01T08:00");
const ANNA = personId("r1");

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

const rigs = [
  ["SQLite", async () => openSqlite({ file: ":memory:", keys: passingKey() })],
  ["PostgreSQL", async () => openPostgres({ url: await server.database(), keys: passingKey() })],
] as const;

/** Somebody agrees on a platform, as any version of Attune keeps it. */
async function agrees(db: Database, platform: string, program = "er"): Promise<void> {
  const store = db.store(program);
  await store.changeStanding(ANNA, { consent: "given" }, `e-${platform}`, NOW);
  await store.rememberIdentity(ANNA, { platform, account: "r1", address: "r1" as Address }, NOW);
}

const claimed = (db: Database, wanted: "playground" | "real"): Promise<string> =>
  claimDatabase(db, wanted, "this.db").then(
    () => wanted,
    (error: Error) => error.message,
  );

describe.each(rigs)("a database on %s", (_, open) => {
  it("is of the kind that opens it first, and refuses the other from then on, in one line", async () => {
    await using first = await open();
    await using second = await open();

    expect([await claimed(first, "playground"), await claimed(second, "real")]).toEqual([
      "playground",
      "real",
    ]);
    const [refused, refusedToo] = [await claimed(first, "real"), await claimed(second, "playground")];

    expect(refused).toMatch(/^this\.db is the playground's database.*set ATTUNE_DB/);
    expect(refusedToo).toMatch(/^this\.db is a real database, and no platform is configured: set /);
    expect([refused, refusedToo].join("")).not.toContain("\n");
    expect([await first.kind(), await second.kind()]).toEqual(["playground", "real"]);
  });

  it("is of one kind alone when both kinds start on it at the same moment", async () => {
    await using db = await open();

    const all = await Promise.all(
      Array.from({ length: 12 }, (_, i) => claimed(db, i % 2 === 0 ? "real" : "playground")),
    );

    const kind = await db.kind();
    expect(all.filter((one) => one === kind)).toHaveLength(6);
    expect(all.filter((one) => one.startsWith("this.db is"))).toHaveLength(6);
  });

  it.each([
    ["nothing", "unused", async () => {}],
    ["an account in the playground", "playground", (db: Database) => agrees(db, "playground")],
    ["a moved clock", "playground", (db: Database) => db.store("er").setNote("stage.now", "1")],
    [
      "a message in the playground's chat",
      "playground",
      async (db: Database) => {
        const said = { person: ANNA, from: "person", at: NOW, text: "hello" } as const;
        await db.chat("er").append(said, "k" as never);
      },
    ],
    ["an account on Slack", "real", (db: Database) => agrees(db, "slack")],
    ["an account on Teams, in its second program", "real", (db: Database) => agrees(db, "teams", "icu")],
    [
      "a choice of which nobody can tell where it was made",
      "unclear",
      async (db: Database) => {
        await db.store("er").changeStanding(ANNA, { consent: "given" }, "e1", NOW);
      },
    ],
    [
      "accounts here and there",
      "unclear",
      async (db: Database) => {
        await agrees(db, "playground");
        await agrees(db, "slack", "icu");
      },
    ],
    [
      "an account on Slack and a moved clock",
      "unclear",
      async (db: Database) => {
        await agrees(db, "slack");
        await db.store("er").setNote("stage.now", "1");
      },
    ],
  ] as const)("of an earlier version, with %s, is %s", async (_, kind, fill) => {
    await using db = await open();
    await fill(db);

    expect(await foundKind(db)).toBe(kind);
    if (kind !== "unclear") return;
    for (const wanted of ["real", "playground"] as const)
      expect(await claimed(db, wanted)).toMatch(/restore a backup .* or set ATTUNE_DB to a new database/);
    expect(await db.kind()).toBeUndefined();
  });

  it("that is real is never emptied", async () => {
    await using db = await open();
    await agrees(db, "slack");
    await claimDatabase(db, "real", "this.db");

    await expect(db.clear("er")).rejects.toMatchObject({ code: "rejected" });

    expect((await db.store("er").standing(ANNA)).consent).toBe("given");
  });
});

it("keeps its kind when it moves from SQLite to PostgreSQL and back, and in a backup of either", async () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-kind-"));
  const keys = passingKey();
  const file = join(folder, "one.db");
  try {
    const one = openSqlite({ file, keys });
    await agrees(one, "slack");
    await claimDatabase(one, "real", file);
    await one.backup(join(folder, "copy.db"));
    await one.close();
    const url = await server.database();
    const two = await openPostgres({ url, keys });
    {
      await using from = sqliteSource(file);
      await using into = postgresTarget(url);
      await copyDatabase(from, into, {});
    }
    await two.backup(join(folder, "copy-2.db"));
    {
      await using from = postgresSource(url);
      await copyIntoFile(from, join(folder, "back.db"), keys, {});
    }

    const kinds = [await two.kind()];
    await two.close();
    for (const name of ["copy.db", "copy-2.db", "back.db"]) {
      await using db = openSqlite({ file: join(folder, name), keys });
      kinds.push(await db.kind());
    }

    expect(kinds).toEqual(["real", "real", "real", "real"]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
