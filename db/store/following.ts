import { and, eq } from "drizzle-orm";
import { OUT } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterEffects } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, runEach, type Steps } from "../statements/statement.ts";
import { placeholder, is, isIn } from "./placeholders.ts";
import { nudgeLife } from "./nudge-life.ts";
import { refreshRequested } from "./nudge-change.ts";

/** Steps that make asks which were sent follow a change of the roster, within that change's own commit. */
export const following = ({ program, tables }: StoreContext) => {
  const t = tables.nudge;
  const life = nudgeLife(tables);
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  const recall = life.recall.of(that);
  const show = command((db) =>
    db
      .update(t)
      .set(refreshRequested(tables))
      .where(and(that, isIn(t.state, OUT))),
  );

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
