import { and, asc, eq, isNotNull, lte, notInArray, sql } from "drizzle-orm";
import { IN_HAND } from "#src/domain/nudge-life.ts";
import { MINUTE } from "#src/domain/time.ts";
import type { Refresh } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import {
  command,
  query,
  rows,
  run,
  forUpdateSkipLocked,
  changedEach,
  type Values,
} from "../statements/statement.ts";
import { placeholder, placeholderValue, hidden, is, limitPlaceholder } from "./placeholders.ts";
import { nudgeChange } from "./nudge-change.ts";
import { nudgeColumns, nudgeOf } from "./nudges.ts";
import { sealedTexts } from "./person-keys.ts";

/** Milliseconds after which an edit is tried again that was begun and not reported. */
const EDIT_LEASE = MINUTE;

/** Nudges that are marked for an edit: their messages show an old card. */
export const refreshes = (
  context: StoreContext,
): Pick<Store, "claimRefreshes" | "refreshed" | "refreshLater"> => {
  const { program, tables } = context;
  const { nudge: t, message } = tables;
  const that = and(is(t.program, program), eq(t.id, placeholder("id")));
  // A message that is being sent was rendered already: its edit waits until it is sent.
  const waiting = query({ ...nudgeColumns(tables), version: t.refreshVersion }, (select) =>
    select
      .from(t)
      .where(
        and(
          is(t.program, program),
          lte(t.tendAt, placeholder("now")),
          lte(t.refreshAt, placeholder("now")),
          notInArray(t.state, [...IN_HAND]).inlineParams(),
        ),
      )
      .orderBy(asc(t.refreshAt), asc(t.id))
      .limit(limitPlaceholder("limit")),
  );
  const taken = forUpdateSkipLocked(waiting);
  const messages = query({ platform: message.platform, ref: message.ref, at: message.at }, (select) =>
    select.from(message).where(eq(message.nudge, hidden("nudge"))),
  );
  const { ref: refs } = sealedTexts(context);
  const oldestFirst = (
    found: readonly { readonly platform: string; readonly ref: string; readonly at: number }[],
  ) =>
    found
      .map(({ platform, ref, at }) => ({ at, shown: { platform, message: refs.open(ref) } }))
      .toSorted((a, b) => a.at - b.at || (a.shown.message < b.shown.message ? -1 : 1))
      .map(({ shown }) => shown);
  const wait = command((db) =>
    db
      .update(t)
      .set({ refreshAt: placeholderValue("at") })
      .where(and(that, isNotNull(t.refreshAt))),
  );
  const done = nudgeChange(
    t,
    {
      refreshedVersion: placeholderValue("version"),
      // Marked again during the edit: it is due at once.
      refreshAt: sql`case when ${t.refreshVersion} > ${placeholder("version")} then 0 end`,
    },
    and(that, lte(t.refreshedVersion, placeholder("version"))),
  );
  const refreshed = context.batched<Values>((edits) => changedEach(done, edits, true));

  return {
    claimRefreshes: async (now, limit) => {
      if ((await context.read(() => rows(waiting, { now, limit }))).length === 0) return [];
      return context.transaction(function* () {
        const claimed: Refresh[] = [];
        for (const { version, ...nudge } of yield* rows(taken, { now, limit })) {
          const shown = oldestFirst(yield* rows(messages, { nudge: nudge.id }));
          yield* run(wait, { id: nudge.id, at: shown.length === 0 ? null : now + EDIT_LEASE });
          if (shown.length > 0) claimed.push({ nudge: nudgeOf(nudge), messages: shown, version });
        }
        return claimed;
      });
    },
    refreshed: async (id, version) => {
      await refreshed({ id, version });
    },
    refreshLater: async (id, notBefore) => {
      await context.write(wait, { id, at: notBefore });
    },
  };
};
