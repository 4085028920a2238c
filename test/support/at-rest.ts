import type { Database } from "#db/store/database.ts";
import type { Key } from "#db/keys/keys.ts";
import { openSqlite } from "#db/sqlite/open.ts";
import { openPostgres } from "#db/postgres/open.ts";
import type { Folder } from "../unit/config/folder.ts";
import { postgresBytes, sqliteBytes } from "./dumped.ts";
import type { PostgresServer } from "./postgres.ts";

/** A database of either kind, to be opened, and looked into without a key. */
export interface Written {
  readonly name: string;
  open(keys: Key): Promise<Database>;
  bytes(): Promise<Buffer>;
}

/** One of each kind. */
export async function databases(place: Folder, server: PostgresServer): Promise<readonly Written[]> {
  const file = place.path("attune.db");
  const url = await server.database();
  return [
    { name: file, open: async (keys) => openSqlite({ file, keys }), bytes: async () => sqliteBytes(file) },
    { name: url, open: (keys) => openPostgres({ url, keys }), bytes: () => postgresBytes(url) },
  ];
}

/** Each stands in one place only, so that what is found says where. */
export const SECRETS = {
  choice: "a-choice-in-clear",
  words: "some-words-in-clear",
  account: "U0ACCOUNT",
  address: "slack-address-of-anna",
  message: "D0CHANNEL:1700000000.000100",
  event: "slack:T1:U0ACCOUNTOFEVENT:m:1",
  note: "a-figure-in-clear",
  file: "a-name-in-a-roster",
};

/** Which of them stand in these bytes. */
export const found = (bytes: Buffer): readonly string[] =>
  Object.entries(SECRETS)
    .filter(
      ([, secret]) => bytes.includes(secret) || bytes.includes(Buffer.from(secret).toString("base64url")),
    )
    .map(([name]) => name);
