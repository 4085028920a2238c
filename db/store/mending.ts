import { and, gt, isNotNull, sql } from "drizzle-orm";
import { IN_HAND } from "#src/domain/nudge-life.ts";
import { HOUR, type Instant } from "#src/domain/time.ts";
import type { StoreContext } from "./store-context.ts";
import { command, type Statement } from "../statements/statement.ts";
import { runAll } from "../statements/steps.ts";
import { placeholder, placeholderValue, is, isIn } from "./placeholders.ts";

/** Milliseconds. No lease and no retry that a platform asks for is longer. */
const LONGEST = HOUR;

/**
 * Corrects moments that are too far in the future because the clock was wrong. The next beat then finds what is due, and delays it
 * again where necessary.
 */
export const mending = (context: StoreContext): ((at: Instant) => Promise<number>) => {
  const statements = corrections(context);
  return (at) => {
    const values = { now: at, far: at + LONGEST };
    return context.transaction(function* () {
      const changed = yield* runAll(
        statements.map((statement) => ({ statement, values })),
        true,
      );
      return changed.reduce((sum, count) => sum + count, 0);
    });
  };
};

function corrections({ program, tables }: StoreContext): readonly Statement[] {
  const { nudge: t, lease, person, identity } = tables;
  const ours = is(t.program, program);
  const now = placeholderValue("now");
  const far = placeholder("far");
  return [
    command((db) =>
      db
        .update(t)
        .set({ leaseUntil: now })
        .where(and(ours, isIn(t.state, IN_HAND), gt(t.leaseUntil, far))),
    ),
    command((db) =>
      db
        .update(t)
        .set({ leaseUntil: now, remindAt: now })
        .where(and(ours, gt(t.remindAt, far), isNotNull(t.reminder))),
    ),
    // The reminder of an ask that was sent at that time comes as long after now as it would have come after the ask.
    command((db) =>
      db
        .update(t)
        .set({ remindAt: sql`${t.remindAt} - (${t.sentAt} - ${placeholder("now")})` })
        .where(and(ours, gt(t.remindAt, t.sentAt), gt(t.sentAt, far))),
    ),
    command((db) =>
      db
        .update(t)
        .set({ editAt: now })
        .where(and(ours, isNotNull(t.tendAt), gt(t.editAt, far))),
    ),
    // A retry at such a moment: the planned moment counts again.
    command((db) =>
      db
        .update(t)
        .set({ dueAt: sql`${t.plannedDue}` })
        .where(and(ours, is(t.state, "planned"), gt(t.dueAt, far), gt(t.dueAt, t.plannedDue))),
    ),
    command((db) =>
      db
        .update(lease)
        .set({ until: now })
        .where(and(is(lease.program, program), gt(lease.until, far))),
    ),
    command((db) =>
      db
        .update(person)
        .set({ lastAskAt: now })
        .where(and(is(person.program, program), gt(person.lastAskAt, far))),
    ),
    command((db) =>
      db
        .update(identity)
        .set({ usedAt: now })
        .where(and(is(identity.program, program), gt(identity.usedAt, far))),
    ),
  ];
}
