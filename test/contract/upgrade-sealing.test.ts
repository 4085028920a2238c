import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyOf, newSecret, passingKey, type Key } from "#db/keys/keys.ts";
import { databases, found, SECRETS, type Written } from "#test/support/at-rest.ts";
import { handsOn } from "#test/support/dumped.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { ANNA, at, NOON } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

/** A database as the version before sealing has it, written to by hand. */
async function earlier({ name }: Written, key: Key, more = ""): Promise<void> {
  const isServer = name.startsWith("postgres:");
  const schema = ["0000_first", "0001_lease", "0002_due"]
    .map((one) => readFileSync(`db/migrations/${isServer ? "postgres" : "sqlite"}/${one}.sql`, "utf8"))
    .join(";\n")
    .replaceAll("--> statement-breakpoint", "");
  const hex = (bytes: Buffer) => (isServer ? `'\\x${bytes.toString("hex")}'` : `x'${bytes.toString("hex")}'`);
  const secret = newSecret();
  const wrapped = key.seal(secret, { table: "person", row: "p/anna", column: "wrapped_key" });
  const words = keyOf(secret).seal(SECRETS.words, {
    table: "reply",
    row: JSON.stringify(["p", "anna", 1, "o", "line", NOON]),
    column: "words",
  });
  const address = key.seal(SECRETS.address, { table: "identity", row: "p/anna/slack", column: "address" });
  const proof = key.seal("attune", { table: "note", row: "master-key", column: "value" });
  let hash = "";
  const audit = ["export", "erase"].map((what, i) => {
    hash = createHash("sha256")
      .update(JSON.stringify([hash, "p", i, "chat", what, "anna"]))
      .digest("hex");
    return `insert into audit (program, at, actor, what, subject, hash) values ('p', ${i}, 'chat', '${what}', 'anna', '${hash}');`;
  });
  const [yes, no] = isServer ? ["true", "false"] : ["1", "0"];
  await handsOn(name).run(`${schema};
    insert into person (program, id, consent, wrapped_key) values ('p', 'anna', 'given', ${hex(wrapped)});
    insert into identity values ('p', 'anna', 'slack', '${SECRETS.account}', ${hex(address)}, 1);
    insert into nudge (id, program, person, kind, subject, due_at, planned_due, expires_at, state, refresh_at)
      values (1, 'p', 'anna', 'shift-goal', 's', ${NOON}, ${NOON}, ${at(100)}, 'sent', ${NOON});
    insert into message values ('p', 'slack', '${SECRETS.message}', 1, 1);
    insert into inbox values ('p', '${SECRETS.event}', 'anna', 1);
    insert into note values ('p', 'figures', '${SECRETS.note}'), ('p', 'roster version', '7'),
      ('', 'master-key', '${proof.toString("base64")}');
    insert into reply (program, person, nudge, occasion, item, value, words, text, at) values
      ('p', 'anna', 1, 'o', 'help', '${SECRETS.choice}', null, ${no}, ${NOON}),
      ('p', 'anna', 1, 'o', 'line', null, ${hex(words)}, ${yes}, ${NOON}),
      ('p', 'anna', 1, 'o', 'safety', null, null, ${no}, ${NOON}),
      ('p', 'ben', 1, 'o', 'help', '${SECRETS.choice}', null, ${no}, ${NOON});
    ${audit.join("\n")} ${more};
    ${isServer ? "create table attune_schema (version integer not null); insert into attune_schema values (3);" : "pragma application_id = 0x4174746e; pragma user_version = 3;"}`);
}

describe("an upgrade to sealed values", () => {
  it("reads all that was there, and leaves none of it in clear in the files", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const key = passingKey();
      await earlier(database, key);
      const before = found(await database.bytes());

      await using db = await database.open(key);

      const store = db.store("p");
      expect(before).toEqual(["choice", "account", "message", "event", "note"]);
      expect(found(await database.bytes())).toEqual([]);
      expect((await store.replies("o")).map(({ person, value }) => [person, value])).toEqual([
        ["anna", SECRETS.choice],
        ["anna", SECRETS.words],
        ["anna", null],
        ["ben", SECRETS.choice],
      ]);
      expect(await store.knownBy("slack", SECRETS.account)).toBe("anna");
      expect(await store.identities(ANNA)).toMatchObject([
        { account: SECRETS.account, address: SECRETS.address },
      ]);
      expect((await store.claimEdits(NOON, 9))[0]?.messages).toEqual([
        { platform: "slack", message: SECRETS.message },
      ]);
      expect(await store.changeStanding(ANNA, { locale: "ja" }, SECRETS.event, NOON)).toBe("again");
      expect(await store.note("figures")).toBe(SECRETS.note);
      expect((await store.versions()).roster).toBe(7);
      await store.audit("chat", "export", "anna", NOON);
      expect(await store.auditTrouble()).toBeUndefined();
    }
  });

  it("goes on where an interrupted one has ended", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const key = passingKey();
      await earlier(database, key);
      const isServer = database.name.startsWith("postgres:");
      const next = readFileSync(`db/migrations/${isServer ? "postgres" : "sqlite"}/0003_sealing.sql`, "utf8");
      const begun = key.sealAlike(SECRETS.event, { table: "inbox", row: "p", column: "event" });
      await handsOn(database.name).run(`${next.replaceAll("--> statement-breakpoint", "")};
        update inbox set sealed_event = '${begun}';
        ${isServer ? "update attune_schema set version = 4" : "pragma user_version = 4"}`);

      await using db = await database.open(key);

      const store = db.store("p");
      expect(found(await database.bytes())).toEqual([]);
      expect((await store.replies("o")).map(({ value }) => value)).toContain(SECRETS.choice);
      expect(await store.changeStanding(ANNA, { locale: "ja" }, SECRETS.event, NOON)).toBe("again");
      expect(await store.auditTrouble()).toBeUndefined();
    }
  });

  it("goes on telling of an audit log that was changed before it", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const key = passingKey();
      await earlier(database, key, "update audit set what = 'read' where at = 0");

      await using db = await database.open(key);

      await db.store("p").audit("chat", "export", "anna", NOON);
      expect(await db.store("p").auditTrouble()).toBe("rewritten");
    }
  });

  it("an older Attune that still runs is refused by the database, and misreads nothing", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const key = passingKey();
      await earlier(database, key);

      await using db = await database.open(key);

      await db.check();
      for (const sql of [
        "select value from reply",
        "select person from identity where account = 'U'",
        "select ref from message",
        "insert into inbox (program, event, person, at) values ('p', 'e', 'anna', 1)",
        "insert into audit (program, at, actor, what, subject, hash) values ('p', 1, 'a', 'b', 'c', 'd')",
      ])
        await expect(handsOn(database.name).run(sql)).rejects.toThrow(
          /no such column|no column named|does not exist/,
        );
    }
  });

  it("takes another key for another key, and seals nothing with it", async () => {
    using place = folder({});
    for (const database of await databases(place, server)) {
      const key = passingKey();
      await earlier(database, key);

      await expect(database.open(passingKey()).then((db) => db.close())).rejects.toThrow(
        "not the key that the database was made with",
      );

      await using db = await database.open(key);
      expect((await db.store("p").replies("o")).length).toBe(4);
    }
  });
});
