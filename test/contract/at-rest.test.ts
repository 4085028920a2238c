import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/store/database.ts";
import { passingKey } from "#db/keys/keys.ts";
import { rosterPart } from "#src/domain/files.ts";
import { databases, found, SECRETS } from "#test/support/at-rest.ts";
import { handsOn } from "#test/support/dumped.ts";
import { postgresServer, type PostgresServer } from "#test/support/postgres.ts";
import { folder } from "../unit/config/folder.ts";
import { ANNA, claimed, heardFrom, messageRef, NOON, planned, tap } from "./store/case.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await postgresServer();
}, 120_000);
afterAll(() => server[Symbol.asyncDispose](), 120_000);

async function lived(db: Database): Promise<void> {
  const store = db.store("p");
  await heardFrom(store, ANNA, {
    platform: "slack",
    account: SECRETS.account,
    address: SECRETS.address as never,
  });
  await planned(store);
  const claim = await claimed(store);
  await store.intend(claim, NOON);
  const at1 = { platform: "slack", account: SECRETS.account, address: SECRETS.address as never };
  await store.sent(claim, at1, messageRef(SECRETS.message), NOON);
  const answers = [
    { occasion: "o", item: "help", value: SECRETS.choice, text: false },
    { occasion: "o", item: "line", value: SECRETS.words, text: true },
    { occasion: "o", item: "safety", value: null, text: false },
  ] as const;
  await store.record(tap(claim.nudge, { event: SECRETS.event, replies: answers }));
  await store.setNote("figures", SECRETS.note);
  const about = { name: SECRETS.file, fingerprint: "f" };
  await store.keepFile(
    {
      part: rosterPart("roster.csv"),
      at: NOON,
      by: ANNA,
      why: "upload",
      about,
      bytes: Buffer.from(SECRETS.file),
    },
    0,
  );
}

describe("at rest", () => {
  it("no answer, account, address, message, event, note or file stands in clear", async () => {
    using place = folder({});
    for (const { open, bytes } of await databases(place, server)) {
      await using db = await open(passingKey());

      await lived(db);

      expect(found(await bytes())).toEqual([]);
      const store = db.store("p");
      expect(await store.knownBy("slack", SECRETS.account)).toBe(ANNA);
      expect(await store.knownBy("teams", SECRETS.account)).toBeUndefined();
      expect((await store.replies("o")).map(({ value }) => value)).toEqual([
        SECRETS.choice,
        SECRETS.words,
        null,
      ]);
      expect(await store.note("figures")).toBe(SECRETS.note);
      expect(await store.changeNote("figures", SECRETS.note, "1")).toBe(true);
    }
  });

  it("the length of a sealed answer does not tell one choice from another", async () => {
    using place = folder({});
    for (const { name, open } of await databases(place, server)) {
      await using db = await open(passingKey());
      const nudge = await planned(db.store("p"));
      const values = ["1", "moment", "after the case", null, "x".repeat(32), "ひとこと"];

      await db.store("p").record(
        tap(nudge, {
          replies: values.map((value, i) => ({ occasion: `o${i}`, item: "feedback", value, text: false })),
        }),
      );

      const raise = name.startsWith("postgres:")
        ? handsOn(name).run(
            "do $$ begin if (select count(distinct length(words)) from reply) <> 1 then raise 'lengths differ'; end if; end $$",
          )
        : handsOn(name).run(
            "create temp table one (n integer check (n = 1)) strict; insert into one select count(distinct length(words)) from reply",
          );
      await raise;
      const kept = await Promise.all(values.map((_, i) => db.store("p").replies(`o${i}`)));
      expect(kept.map(([reply]) => reply?.value)).toEqual(values);
    }
  });
});
