import { and, eq } from "drizzle-orm";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { rows, run } from "../statements/steps.ts";
import { personLock, sealedTexts } from "./people.ts";
import { excluded, hidden, is, placeholder, placeholderValue } from "./placeholders.ts";

/**
 * Posting anew what is gone. That it was begun is written to the row of a message that is gone, that it was done to the row
 * of the new one: whoever looks later, in whatever process, finds one of the two.
 */
export const reposts = (
  context: StoreContext,
): Pick<Store, "claimRepost" | "reposted" | "repostLater" | "messageRemoved"> => {
  const { of, begin, forget, insert, release } = writes(context);
  const { ref: refs } = sealedTexts(context);

  return {
    claimRepost: ({ id: nudge, person }, now, length) =>
      context.lockedTransaction([personLock(person)], function* () {
        const known = (yield* rows(of, { nudge })).toSorted((a, b) => b.at - a.at);
        const begun = known.find(({ repost }) => repost === "sending");
        const gone = begun ?? known[0];
        if (gone === undefined || known.some(({ repost }) => repost === "stands")) return "done";
        // A clock may step back.
        if (begun !== undefined && Math.abs(now - begun.at) < length) return "busy";
        yield* run(begin, { platform: gone.platform, ref: gone.ref, now });
        return begun === undefined ? "first" : "interrupted";
      }),
    reposted: ({ id: nudge, person }, gone, { platform, message }, now) =>
      context.lockedTransaction([personLock(person)], function* () {
        const known = yield* rows(of, { nudge });
        // Erased meanwhile, or another caller was faster.
        if (!known.some(({ repost }) => repost === "sending")) return false;
        yield* run(release, { nudge });
        for (const old of gone)
          yield* run(forget, { platform: old.platform, ref: refs.seal(old.message), nudge });
        yield* run(insert, { platform, ref: refs.seal(message), nudge, now });
        return true;
      }),
    messageRemoved: async (nudge, { platform, message }) => {
      await context.write(forget, { platform, ref: refs.seal(message), nudge });
    },
    repostLater: async ({ id }) => {
      await context.write(release, { nudge: id });
    },
  };
};

function writes({ program, tables: { message: t } }: StoreContext) {
  const ours = is(t.program, program);
  const ofNudge = and(ours, eq(t.nudge, placeholder("nudge")));
  const that = and(ours, eq(t.platform, placeholder("platform")), eq(t.ref, placeholder("ref")));
  return {
    of: query({ platform: t.platform, ref: t.ref, at: t.at, repost: t.repost }, (select) =>
      select.from(t).where(and(ours, eq(t.nudge, hidden("nudge")))),
    ),
    begin: command((db) =>
      db
        .update(t)
        .set({ repost: "sending", at: placeholderValue("now") })
        .where(that),
    ),
    release: command((db) =>
      db
        .update(t)
        .set({ repost: null })
        .where(and(ofNudge, is(t.repost, "sending"))),
    ),
    forget: command((db) => db.delete(t).where(and(that, eq(t.nudge, placeholder("nudge"))))),
    insert: command((db) =>
      db
        .insert(t)
        .values({
          program,
          platform: placeholder("platform"),
          ref: placeholder("ref"),
          nudge: placeholder("nudge"),
          at: placeholder("now"),
          repost: "stands",
        })
        .onConflictDoUpdate({
          target: [t.program, t.platform, t.ref],
          set: { nudge: excluded(t.nudge), at: excluded(t.at), repost: excluded(t.repost) },
        }),
    ),
  };
}
