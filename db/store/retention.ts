import { and, asc, gte, inArray, lt } from "drizzle-orm";
import { ERASED_BEFORE } from "#src/domain/retention.ts";
import type { Store } from "#src/ports/store.ts";
import type { StoreContext } from "./store-context.ts";
import { command, type Statement } from "../statements/statement.ts";
import { run } from "../statements/steps.ts";
import { appending, AUDIT_LOCK } from "./audit.ts";
import { is, limitPlaceholder, placeholder } from "./placeholders.ts";
import { noteSteps, scrubbing } from "./shared-work.ts";

/** Rows of a table in one transaction: people who answer meanwhile wait no longer than for each other. */
const PORTION = 500;

/** Erases answers whose time is over: what was answered, what was said in the playground, and which events that were. */
export const retention = (context: StoreContext): Pick<Store, "eraseAnswers"> => {
  const { program } = context;
  const audited = appending(context);
  const { owe } = scrubbing(context);
  const deletions = portions(context);
  const told = noteSteps(context);
  return {
    eraseAnswers: ({ from, to }, before, now) =>
      context.lockedTransaction([AUDIT_LOCK], function* () {
        let erased = 0;
        for (const statement of deletions) erased += yield* run(statement, { from, to, limit: PORTION });
        if (erased === 0) return 0;
        yield* owe();
        if ((yield* told.read(ERASED_BEFORE)) === before) return erased;
        yield* told.write(ERASED_BEFORE, before);
        yield* audited({ program, at: now, actor: "retention", what: "erase-answers", subject: before });
        return erased;
      }),
  };
};

/** A portion of each table, by when it was given. */
function portions({ program, tables: { reply, inbox, chat } }: StoreContext): readonly Statement[] {
  const ofSpan = (t: typeof reply | typeof inbox | typeof chat) =>
    and(is(t.program, program), gte(t.at, placeholder("from")), lt(t.at, placeholder("to")));
  const limit = limitPlaceholder("limit");
  return [
    command((db) => {
      const some = db.select({ id: reply.id }).from(reply).where(ofSpan(reply)).orderBy(asc(reply.at));
      return db.delete(reply).where(inArray(reply.id, some.limit(limit)));
    }),
    command((db) => {
      const some = db.select({ event: inbox.event }).from(inbox).where(ofSpan(inbox)).limit(limit);
      return db.delete(inbox).where(and(is(inbox.program, program), inArray(inbox.event, some)));
    }),
    command((db) => {
      const some = db.select({ id: chat.id }).from(chat).where(ofSpan(chat)).limit(limit);
      return db.delete(chat).where(inArray(chat.id, some));
    }),
  ];
}
