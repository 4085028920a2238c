import { and, eq } from "drizzle-orm";
import { ITEMS } from "#src/domain/forms.ts";
import { NO_NUDGE, nudgeId } from "#src/domain/nudge.ts";
import { researchOccasion } from "#src/domain/research.ts";
import type { Store } from "#src/ports/store.ts";
import { query } from "../statements/statement.ts";
import { rows, run } from "../statements/steps.ts";
import { inboxOf } from "./recording.ts";
import { actWrites } from "./nudge-change.ts";
import { personLock } from "./people.ts";
import { is, placeholder } from "./placeholders.ts";
import { replyWriter } from "./replies.ts";
import type { StoreContext } from "./store-context.ts";

/** What people say about a study: answers of theirs, encrypted as all are, that no nudge has asked for. */
export const research = (context: StoreContext): Pick<Store, "recordResearch"> => {
  const { program, tables } = context;
  const { nudge: t } = tables;
  const inbox = inboxOf(context);
  const write = replyWriter(context);
  const { edit } = actWrites(context);
  const asked = query({ id: t.id }, (select) =>
    select
      .from(t)
      .where(
        and(
          is(t.program, program),
          eq(t.person, placeholder("person")),
          is(t.kind, "research"),
          eq(t.subject, placeholder("subject")),
        ),
      ),
  );
  const answer = (item: "research" | "research-trust", occasion: string, isYes: boolean) => ({
    item: ITEMS[item].id,
    occasion,
    value: isYes ? "yes" : "no",
    text: false,
  });
  return {
    recordResearch: ({ event, person, now, version, takesPart, withTrust, tapped }) =>
      context.lockedTransaction([personLock(person)], function* () {
        if (!(yield* inbox.keep(event, person, now))) return "again";
        const occasion = researchOccasion(version, person);
        const replies = [
          ...(takesPart === undefined ? [] : [answer("research", occasion, takesPart)]),
          answer("research-trust", occasion, withTrust),
        ];
        yield* write({ person, now, nudge: NO_NUDGE, replies }, false);
        for (const { id } of yield* rows(asked, { person, subject: version }))
          if (nudgeId(id) !== tapped) yield* run(edit, { id, now });
        return "recorded";
      }),
  };
};
