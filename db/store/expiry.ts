import { and, eq, lte, sql } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query, rowsOfEach, runAll, forUpdateSkipLocked } from "../statements/statement.ts";
import { placeholder, is, isIn, limitPlaceholder } from "./placeholders.ts";
import { NUDGES } from "#src/domain/nudge.ts";
import { isOneOf, NUDGE_LIFE, OUT } from "#src/domain/nudge-life.ts";
import { nudgeLife } from "./nudge-life.ts";

/** How many nudges one transaction closes. */
const PORTION = 500;

const BEGUN = NUDGE_LIFE.expire.from.filter((state) => state !== "planned");

/** Closes nudges whose time is over. One whose send was interrupted is left until it is known what became of it. */
export const expiry = (context: StoreContext): Pick<Store, "expire"> => {
  const { end, endShown, unanswered } = endings(context);
  const looking = overdue(context);
  const takings = looking.map(forUpdateSkipLocked);

  const portion = async (now: number): Promise<number> => {
    const values = { now, limit: PORTION };
    const waiting = await context.read(() => rowsOfEach(looking, values));
    if (waiting.flat().length === 0) return 0;
    return context.transaction(function* () {
      const found = (yield* rowsOfEach(takings, values)).flat();
      yield* runAll(
        found.flatMap((nudge) => {
          const asked = NUDGES[nudge.kind].asks && isOneOf(OUT, nudge.state);
          const shown = NUDGES[nudge.kind].asks && (asked || nudge.touchedAt !== null);
          const ended = { statement: shown ? endShown : end, values: { id: nudge.id, now } };
          // A partly answered ask does not count as unanswered.
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

/** Nudges past their time, unsent and begun. */
function overdue({ program, tables: { nudge: t } }: StoreContext) {
  const ours = is(t.program, program);
  const over = lte(t.expiresAt, placeholder("now"));
  const columns = { id: t.id, kind: t.kind, person: t.person, state: t.state, touchedAt: t.touchedAt };
  // A nudge is due before it expires, so unsent nudges that have expired are among the due ones.
  const unsent = query(columns, (select) =>
    select
      .from(t)
      .where(and(ours, is(t.state, "planned"), lte(t.dueAt, placeholder("now")), over))
      .limit(limitPlaceholder("limit")),
  );
  const begun = query(columns, (select) =>
    select
      .from(t)
      .where(and(ours, isIn(t.state, BEGUN), lte(t.tendAt, placeholder("now")), over))
      .limit(limitPlaceholder("limit")),
  );
  return [unsent, begun];
}

function endings({ program, tables }: StoreContext) {
  const { nudge: t, person } = tables;
  const life = nudgeLife(tables);
  const that = eq(t.id, placeholder("id"));
  const end = life.expire.of(that);
  const endShown = life.expireShown.of(that);
  const unanswered = command((db) =>
    db
      .insert(person)
      .values({ program, id: placeholder("person"), unansweredInARow: 1 })
      .onConflictDoUpdate({
        target: [person.program, person.id],
        set: { unansweredInARow: sql`${person.unansweredInARow} + 1` },
      }),
  );

  return { end, endShown, unanswered };
}
