import { is } from "./placeholders.ts";
import type { StoreContext } from "./store-context.ts";
import { command } from "../statements/statement.ts";
import { run } from "../statements/steps.ts";
import { auditAnchor } from "./audit-anchor.ts";
import { scrubbing } from "./shared-work.ts";

/** Empties one program: everybody's replies and keys, the roster, the nudges, the notes and the chats. */
export const clearing = (context: StoreContext): (() => Promise<void>) => {
  const { program, tables } = context;
  // Messages refer to nudges, so they are deleted first.
  const all = [
    tables.message,
    tables.reply,
    tables.nudge,
    tables.chat,
    tables.inbox,
    tables.identity,
    tables.assignment,
    tables.absence,
    tables.checkInPair,
    tables.checkInWeek,
    tables.fileVersion,
    tables.note,
    tables.lease,
    tables.person,
    tables.audit,
  ];
  const statements = all.map((table) => command((db) => db.delete(table).where(is(table.program, program))));
  const { owe, settle } = scrubbing(context);
  const anchor = auditAnchor(context);
  return async () => {
    await context.transaction(function* () {
      for (const statement of statements) yield* run(statement);
      yield* anchor.forget();
      yield* owe();
    });
    await settle();
  };
};
