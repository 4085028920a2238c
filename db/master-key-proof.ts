import type { Database as Client } from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { and, eq } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Key, Place } from "./keys.ts";
import { note } from "./schema/sqlite.ts";

const PROOF: Place = { table: "note", row: "master-key", column: "value" };
const HOUSE = "";

/**
 * Keeps a sealed word in a new database, and opens it in one that is there: a wrong key is noticed at
 * start, and not at the first text that somebody wants to read.
 */
export const proveMasterKey = (client: Client, key: Key): void => {
  const db = drizzle(client);
  db.transaction(
    (tx) => {
      const proof = tx
        .select({ value: note.value })
        .from(note)
        .where(and(eq(note.program, HOUSE), eq(note.key, PROOF.row)))
        .get();
      if (proof === undefined) {
        const value = key.seal("attune", PROOF).toString("base64");
        tx.insert(note).values({ program: HOUSE, key: PROOF.row, value }).run();
        return;
      }
      try {
        key.open(Buffer.from(proof.value, "base64"), PROOF);
      } catch (cause) {
        throw new AttuneError(
          "store",
          "This is not the key that the database was made with. Put its own key file back.",
          { cause },
        );
      }
    },
    { behavior: "immediate" },
  );
};
