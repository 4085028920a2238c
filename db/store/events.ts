import { and, eq } from "drizzle-orm";
import type { PersonId } from "#src/domain/person.ts";
import type { Instant } from "#src/domain/time.ts";
import type { StoreContext } from "./store-context.ts";
import { command, query } from "../statements/statement.ts";
import { first, run, type Steps } from "../statements/steps.ts";
import { placeholder, is } from "./placeholders.ts";
import { sealedTexts } from "./person-keys.ts";

export interface Inbox {
  /** Stores the event's id. False if it was stored before. */
  keep(event: string, person: PersonId, now: Instant): Steps<boolean>;
  has(event: string): Steps<boolean>;
  /** Who did it and when. */
  find(event: string): Steps<{ readonly person: PersonId; readonly at: Instant } | undefined>;
}

/** The ids of handled events. An event that is delivered again changes nothing. */
export const inboxOf = (context: StoreContext): Inbox => {
  const {
    program,
    tables: { inbox: t },
  } = context;
  const { event: sealed } = sealedTexts(context);
  const insert = command((db) =>
    db
      .insert(t)
      .values({ program, event: placeholder("event"), person: placeholder("person"), at: placeholder("now") })
      .onConflictDoNothing(),
  );
  const find = query({ person: t.person, at: t.at }, (select) =>
    select.from(t).where(and(is(t.program, program), eq(t.event, placeholder("event")))),
  );
  return {
    *keep(event, person, now) {
      return (yield* run(insert, { event: sealed.seal(event), person, now })) === 1;
    },
    *has(event) {
      return (yield* first(find, { event: sealed.seal(event) })) !== undefined;
    },
    find: (event) => first(find, { event: sealed.seal(event) }),
  };
};
