import { and, asc, eq, gte, or } from "drizzle-orm";
import type { CheckInWeek } from "#src/domain/check-in-week.ts";
import { weekFromLabel, weekLabel } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { command, query, rowInsert, type Statement } from "../statements/statement.ts";
import { insertEach, rows, run, type Steps } from "../statements/steps.ts";
import { is, placeholder } from "./placeholders.ts";
import { renewal } from "./shared-work.ts";
import type { StoreContext } from "./store-context.ts";

/** Whom each week's check-ins are about. */
export const checkIns = (context: StoreContext): Pick<Store, "keepCheckIns" | "checkInWeeks"> => {
  const { keep, add } = writes(context);
  const { weeksFrom, pairsFrom } = readings(context);
  const renewed = renewal(context, "wishes");

  function* found(firstWeek: string): Steps<readonly CheckInWeek[]> {
    const weeks = yield* rows(weeksFrom, { firstWeek });
    const pairs = Map.groupBy(yield* rows(pairsFrom, { firstWeek }), ({ week }) => week);
    return weeks.map(({ week, message }) => ({
      // Only labels of weeks are stored there.
      week: weekFromLabel(week)!,
      message,
      pairs: (pairs.get(week) ?? []).map(({ resident, attending }) => ({ resident, attending })),
    }));
  }

  return {
    keepCheckIns: (chosen, now) =>
      context.transaction(function* () {
        const week = weekLabel(chosen.week);
        if ((yield* run(keep, { week, message: chosen.message, now })) === 0) return false;
        yield* insertEach(
          add,
          chosen.pairs.map(({ resident, attending }, rank) => ({ week, resident, attending, rank })),
        );
        yield* renewed();
        return true;
      }),
    checkInWeeks: (from) => context.read(() => found(weekLabel(from))),
  };
};

function writes({ program, tables: { checkInWeek: t, checkInPair: pair } }: StoreContext) {
  const keep = command((db) =>
    db
      .insert(t)
      .values({ program, week: placeholder("week"), message: placeholder("message"), at: placeholder("now") })
      .onConflictDoNothing(),
  );
  const add = rowInsert((db) =>
    db
      .insert(pair)
      .values({
        program,
        week: placeholder("week"),
        resident: placeholder("resident"),
        attending: placeholder("attending"),
        place: placeholder("rank"),
      })
      .onConflictDoNothing(),
  );
  return { keep, add };
}

function readings({ program, tables: { checkInWeek: t, checkInPair: pair } }: StoreContext) {
  const weeksFrom = query({ week: t.week, message: t.message }, (select) =>
    select
      .from(t)
      .where(and(is(t.program, program), gte(t.week, placeholder("firstWeek"))))
      .orderBy(asc(t.week)),
  );
  const pairsFrom = query({ week: pair.week, resident: pair.resident, attending: pair.attending }, (select) =>
    select
      .from(pair)
      .where(and(is(pair.program, program), gte(pair.week, placeholder("firstWeek"))))
      .orderBy(asc(pair.week), asc(pair.place)),
  );
  return { weeksFrom, pairsFrom };
}

/** Takes a person's pairs out of all weeks: then their partners are not asked about them either. */
export const pairsForgotten = ({ program, tables: { checkInPair: t } }: StoreContext): Statement =>
  command((db) =>
    db
      .delete(t)
      .where(
        and(
          is(t.program, program),
          or(eq(t.resident, placeholder("person")), eq(t.attending, placeholder("person"))),
        ),
      ),
  );
