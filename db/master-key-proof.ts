import { AttuneError } from "#src/errors.ts";
import type { Key, Place } from "./keys.ts";
import type { Kept } from "./kept.ts";
import { command, first, query, run, type Steps } from "./statement.ts";
import { given, is } from "./store/given.ts";
import { and } from "drizzle-orm";

const PROOF: Place = { table: "note", row: "master-key", column: "value" };
const HOUSE = "";

/**
 * Keeps a sealed word in a new database, and opens it in one that is there: a wrong key is noticed at
 * start, and not at the first text that somebody wants to read.
 */
export const proveMasterKey = ({ note: t }: Kept["tables"], key: Key): (() => Steps<void>) => {
  const kept = query({ value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, HOUSE), is(t.key, PROOF.row))),
  );
  const keep = command((db) =>
    db
      .insert(t)
      .values({ program: HOUSE, key: PROOF.row, value: given("value") })
      .onConflictDoNothing(),
  );
  return function* () {
    const proof = yield* first(kept);
    if (proof === undefined) {
      yield* run(keep, { value: key.seal("attune", PROOF).toString("base64") });
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
  };
};
