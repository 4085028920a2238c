import { and } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Key, Place } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command, first, query, run, type Steps } from "../statements/statement.ts";
import { loggedPrograms } from "./audit-anchor.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { DATABASE } from "./notes.ts";

const PROOF: Place = { table: "note", row: "master-key", column: "value" };

/** What earlier versions kept sealed. Once a database is carried over, its key has sealed the other word. */
const EARLIER = "attune";
const WORD = "attune, all sealed";

/** That a database was made with a key, and which one. */
export const masterKeyProof = ({ tables }: Pick<StoreContext, "tables">, key: Key) => {
  const { note: t } = tables;
  const context = query({ value: t.value }, (select) =>
    select.from(t).where(and(is(t.program, DATABASE), is(t.key, PROOF.row))),
  );
  const keep = command((db) =>
    db
      .insert(t)
      .values({ program: DATABASE, key: PROOF.row, value: placeholder("value") })
      .onConflictDoUpdate({ target: [t.program, t.key], set: { value: placeholderValue("value") } }),
  );
  const logged = loggedPrograms({ tables });

  function* read(): Steps<"none" | "earlier" | "kept"> {
    const proof = yield* first(context);
    if (proof === undefined) return "none";
    try {
      return key.open(Buffer.from(proof.value, "base64"), PROOF).toString() === EARLIER ? "earlier" : "kept";
    } catch (cause) {
      throw new WrongKey(cause);
    }
  }

  return {
    /** Whether an earlier version kept it. AttuneError `store` when it was another key. */
    read,
    *write(): Steps<void> {
      yield* run(keep, { value: key.seal(WORD, PROOF).toString("base64") });
    },
    /**
     * Keeps a sealed word in a new database, and opens it in one that is there: a wrong key is noticed at
     * start, and not at the first text that somebody wants to read.
     */
    *prove(): Steps<void> {
      if ((yield* read()) !== "none") return;
      yield* run(keep, { value: key.seal(WORD, PROOF).toString("base64") });
      yield* logged.write(key, []);
    },
  };
};

/** Whether a database was not opened since it was made with another key. */
export const isWrongKey = (thrown: unknown): boolean =>
  thrown instanceof WrongKey ||
  (thrown instanceof Error && thrown.cause !== undefined && isWrongKey(thrown.cause));

/** The database was made with another key. */
class WrongKey extends AttuneError {
  constructor(cause: unknown) {
    super("store", "This is not the key that the database was made with. Put its own key file back.", {
      cause,
    });
  }
}
