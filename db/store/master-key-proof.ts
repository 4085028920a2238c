import { and } from "drizzle-orm";
import { AttuneError } from "#src/errors.ts";
import type { Key, Place } from "../keys/keys.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, run, type Steps } from "../statements/steps.ts";
import { loggedPrograms } from "./audit-anchor.ts";
import { placeholder, placeholderValue, is } from "./placeholders.ts";
import { DATABASE } from "./shared-work.ts";

const PROOF: Place = { table: "note", row: "master-key", column: "value" };

/** The word that earlier versions encrypted. After the upgrade another word is encrypted. */
const EARLIER = "attune";
const WORD = "attune, all sealed";

/** Proves which key a database was made with: an encrypted word. */
export const masterKeyProof = ({ tables }: Pick<StoreContext, "tables">, key: Key) => {
  const { note: t } = tables;
  const stored = query({ value: t.value }, (select) =>
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
    const proof = yield* first(stored);
    if (proof === undefined) return "none";
    try {
      return key.open(Buffer.from(proof.value, "base64"), PROOF).toString() === EARLIER ? "earlier" : "kept";
    } catch (cause) {
      throw new WrongKey(cause);
    }
  }

  return {
    /** Whether an earlier version wrote it. @throws AttuneError `store` if it was encrypted with another key */
    read,
    *write(): Steps<void> {
      yield* run(keep, { value: key.seal(WORD, PROOF).toString("base64") });
    },
    /**
     * Writes the encrypted word into a new database, and decrypts it in an existing one. So a wrong key is noticed at the start, and
     * not at the first text.
     */
    *prove(): Steps<void> {
      if ((yield* read()) !== "none") return;
      yield* run(keep, { value: key.seal(WORD, PROOF).toString("base64") });
      yield* logged.write(key, []);
    },
  };
};

/** Whether an error says that the database has another key. */
export const isWrongKey = (thrown: unknown): boolean =>
  thrown instanceof WrongKey ||
  (thrown instanceof Error && thrown.cause !== undefined && isWrongKey(thrown.cause));

/** The error for a database with another key. */
class WrongKey extends AttuneError {
  constructor(cause: unknown) {
    super("store", "This is not the key that the database was made with. Put its own key file back.", {
      cause,
    });
  }
}
