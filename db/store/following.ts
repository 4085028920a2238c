import { and, eq } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { RosterEffects } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, runEach, type Steps } from "../statements/statement.ts";
import { placeholder, is, isIn } from "./placeholders.ts";
import { RECALLED } from "./plan-differences.ts";
import { refreshRequested } from "./refreshes.ts";

/** Steps that make asks which were sent follow a change of the roster, within that change's own commit. */
export const following = ({ program, tables }: StoreContext) => {
  const t = tables.nudge;
  const sentAsk = and(
    is(t.program, program),
    eq(t.id, placeholder("id")),
    isIn(t.state, ["sent", "uncertain"]),
  );
  const recall = command((db) =>
    db
      .update(t)
      .set({
        state: "withdrawn",
        reason: RECALLED,
        remindAt: null,
        snoozedUntil: null,
        ...refreshRequested(tables),
      })
      .where(sentAsk),
  );
  const show = command((db) => db.update(t).set(refreshRequested(tables)).where(sentAsk));

  return function* ({ recalled, changed }: RosterEffects, now: Instant): Steps<void> {
    yield* runEach(
      recall,
      recalled.map((id) => ({ id, now })),
    );
    yield* runEach(
      show,
      changed.map((id) => ({ id, now })),
    );
  };
};
