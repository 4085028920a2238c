import { and, eq, lte, sql } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, rowsOfEach, runAll, forUpdateSkipLocked } from "../statements/statement.ts";
import { placeholder, is, isIn, limitPlaceholder } from "./placeholders.ts";
import { NUDGES } from "#src/domain/nudge.ts";
import { refreshRequested } from "./refreshes.ts";

/** Nudges in one transaction. */
const PORTION = 500;

/** Ends what is past its time. A send in the middle is left: first it is found out what became of it. */
export const expiry = (context: StoreContext): Pick<Store, "expire"> => {
  const { program, tables } = context;
  const { nudge: t, person } = tables;
  const ours = is(t.program, program);
  const over = lte(t.expiresAt, placeholder("now"));
  const columns = { id: t.id, kind: t.kind, person: t.person, state: t.state, touchedAt: t.touchedAt };
  // A nudge is due before it expires, so the unsent ones past their time are among those due.
  const unsent = query(columns, (select) =>
    select
      .from(t)
      .where(and(ours, is(t.state, "planned"), lte(t.dueAt, placeholder("now")), over))
      .limit(limitPlaceholder("limit")),
  );
  const begun = query(columns, (select) =>
    select
      .from(t)
      .where(
        and(ours, isIn(t.state, ["claimed", "sent", "uncertain"]), lte(t.tendAt, placeholder("now")), over),
      )
      .limit(limitPlaceholder("limit")),
  );
  const expired = {
    state: "expired" as const,
    // A reminder on its way is still looked after, by its own claim.
    remindAt: sql`case when ${t.reminder} = 'sending' then ${t.remindAt} end`,
    snoozedUntil: null,
    leaseUntil: sql`case when ${t.reminder} = 'sending' then ${t.leaseUntil} end`,
    reminder: sql`case when ${t.reminder} = 'sending' then ${t.reminder} end`,
  };
  const that = eq(t.id, placeholder("id"));
  const end = command((db) => db.update(t).set(expired).where(that));
  const endShown = command((db) =>
    db
      .update(t)
      .set({ ...expired, ...refreshRequested(tables) })
      .where(that),
  );
  const unanswered = command((db) =>
    db
      .insert(person)
      .values({ program, id: placeholder("person"), unansweredInARow: 1 })
      .onConflictDoUpdate({
        target: [person.program, person.id],
        set: { unansweredInARow: sql`${person.unansweredInARow} + 1` },
      }),
  );

  const looking = [unsent, begun];
  const takings = looking.map(forUpdateSkipLocked);

  const portion = async (now: number): Promise<number> => {
    const values = { now, limit: PORTION };
    const waiting = await context.read(() => rowsOfEach(looking, values));
    if (waiting.flat().length === 0) return 0;
    return context.transaction(function* () {
      const found = (yield* rowsOfEach(takings, values)).flat();
      yield* runAll(
        found.flatMap((nudge) => {
          const asked = NUDGES[nudge.kind].asks && (nudge.state === "sent" || nudge.state === "uncertain");
          const shown = NUDGES[nudge.kind].asks && (asked || nudge.touchedAt !== null);
          const ended = { statement: shown ? endShown : end, values: { id: nudge.id, now } };
          // Half an answer is not silence.
          const isSilent = asked && nudge.touchedAt === null;
          return isSilent ? [ended, { statement: unanswered, values: { person: nudge.person } }] : [ended];
        }),
        true,
      );
      return found.length;
    });
  };

  return {
    expire: async (now) => {
      let count = 0;
      for (let more = await portion(now); more > 0; more = await portion(now)) count += more;
      return count;
    },
  };
};
