import { and, asc, eq, isNotNull, lte, notInArray, sql } from "drizzle-orm";
import { IN_HAND, NUDGE_LIFE, OUT } from "#src/domain/nudge-life.ts";
import { isAskKind } from "#src/domain/nudge.ts";
import { MINUTE } from "#src/domain/time.ts";
import type { PendingEdit } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import { command, forUpdateSkipLocked, query, type Values } from "../statements/statement.ts";
import { changedEach, rows, rowsOfEach, run, runAll, runEach } from "../statements/steps.ts";
import { actWrites, nudgeChange } from "./nudge-change.ts";
import { nudgeLife } from "./nudge-life.ts";
import { nudgeColumns, nudgeOf } from "./nudges.ts";
import { sealedTexts } from "./people.ts";
import { hidden, is, isIn, limitPlaceholder, placeholder, placeholderValue } from "./placeholders.ts";
import type { StoreContext } from "./store-context.ts";

/** What every beat tends of nudges that stand in chats: it closes those whose time is over, and edits what is out of date. */
export const expiryAndEdits = (
  context: StoreContext,
): Pick<Store, "expire" | "markForEdit" | "claimEdits" | "edited" | "editLater"> => ({
  ...expiry(context),
  ...marking(context),
  ...edits(context),
});

/** How many nudges one transaction closes. */
const PORTION = 500;

const BEGUN = NUDGE_LIFE.expire.from.filter((state) => state !== "planned");

/** Closes nudges whose time is over. One whose send was interrupted is left until it is known what became of it. */
function expiry(context: StoreContext): Pick<Store, "expire"> {
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
          const asked = isAskKind(nudge.kind) && OUT.includes(nudge.state);
          const shown = isAskKind(nudge.kind) && (asked || nudge.touchedAt !== null);
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
}

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

function marking(context: StoreContext): Pick<Store, "markForEdit"> {
  const { edit } = actWrites(context);
  return {
    markForEdit: async (nudges, now) => {
      if (nudges.length === 0) return;
      await context.transaction(() =>
        runEach(
          edit,
          nudges.map((id) => ({ id, now })),
        ),
      );
    },
  };
}

/** Milliseconds after which an edit is tried again that was begun and not reported. */
const EDIT_LEASE = MINUTE;

/** Nudges that are marked for an edit: their messages show an old card. */
function edits(context: StoreContext): Pick<Store, "claimEdits" | "edited" | "editLater"> {
  const { waiting, messages, wait, done } = editing(context);
  const taken = forUpdateSkipLocked(waiting);
  const edited = context.batched<Values>((edits) => changedEach(done, edits, true));
  const { ref: refs } = sealedTexts(context);
  const oldestFirst = (
    found: readonly { readonly platform: string; readonly ref: string; readonly at: number }[],
  ) =>
    found
      .map(({ platform, ref, at }) => ({ at, shown: { platform, message: refs.open(ref) } }))
      .toSorted((a, b) => a.at - b.at || (a.shown.message < b.shown.message ? -1 : 1))
      .map(({ shown }) => shown);

  return {
    claimEdits: async (now, limit) => {
      if ((await context.read(() => rows(waiting, { now, limit }))).length === 0) return [];
      return context.transaction(function* () {
        const claimed: PendingEdit[] = [];
        for (const { version, edited, ...nudge } of yield* rows(taken, { now, limit })) {
          const shown = oldestFirst(yield* rows(messages, { nudge: nudge.id }));
          yield* run(wait, { id: nudge.id, at: shown.length === 0 ? null : now + EDIT_LEASE });
          if (shown.length > 0) claimed.push({ nudge: nudgeOf(nudge), messages: shown, version, edited });
        }
        return claimed;
      });
    },
    edited: async (id, version) => {
      await edited({ id, version });
    },
    editLater: async (id, notBefore) => {
      await context.write(wait, { id, at: notBefore });
    },
  };
}

/** The messages to edit, and what is written of an edit. */
function editing({ program, tables }: StoreContext) {
  const { nudge: t, message } = tables;
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  // A message that is being sent was rendered already: its edit waits until it is sent.
  const waiting = query(
    { ...nudgeColumns(tables), version: t.editVersion, edited: t.editedVersion },
    (select) =>
      select
        .from(t)
        .where(
          and(
            is(t.program, program),
            lte(t.tendAt, placeholder("now")),
            lte(t.editAt, placeholder("now")),
            notInArray(t.state, [...IN_HAND]).inlineParams(),
          ),
        )
        .orderBy(asc(t.editAt), asc(t.id))
        .limit(limitPlaceholder("limit")),
  );
  const messages = query({ platform: message.platform, ref: message.ref, at: message.at }, (select) =>
    select.from(message).where(eq(message.nudge, hidden("nudge"))),
  );
  const wait = command((db) =>
    db
      .update(t)
      .set({ editAt: placeholderValue("at") })
      .where(and(that, isNotNull(t.editAt))),
  );
  const done = nudgeChange(
    t,
    {
      editedVersion: placeholderValue("version"),
      // Marked again during the edit: it is due at once.
      editAt: sql`case when ${t.editVersion} > ${placeholder("version")} then 0 end`,
    },
    and(that, lte(t.editedVersion, placeholder("version"))),
  );
  return { waiting, messages, wait, done };
}
