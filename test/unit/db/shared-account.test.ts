import Client from "better-sqlite3";
import { expect, it } from "vitest";
import { passingKey } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { account, ANNA, at, BEN, heardFrom } from "#test/contract/store/case.ts";
import { folder } from "../config/folder.ts";

it.each([
  [ANNA, BEN],
  [BEN, ANNA],
])(
  "an account that an earlier version left with two people is whose it was last: %s before %s",
  async (first, last) => {
    using place = folder({});
    const file = place.path("attune.db");
    const keys = passingKey();
    {
      await using db = openSqlite({ file, keys });
      await heardFrom(db.store("p"), first, account(first, "slack"), at(0));
      await heardFrom(db.store("p"), last, account(last, "slack"), at(1));
    }
    const raw = new Client(file);
    raw
      .prepare("update identity set sealed_account = (select sealed_account from identity where person = ?)")
      .run(last);
    raw.close();

    await using db = openSqlite({ file, keys });

    expect(await db.store("p").knownBy("slack", last)).toBe(last);
  },
);
