import type { Beginning } from "#src/domain/outlook.ts";
import type { BeginningStore } from "#src/ports/beginning.ts";
import { query } from "../statements/statement.ts";
import { first, run, type Steps } from "../statements/steps.ts";
import { appending, AUDIT_LOCK } from "./audit.ts";
import { shownOfKind } from "./nudge-change.ts";
import { is, limitPlaceholder } from "./placeholders.ts";
import { noteSteps, renewal, ROSTER_LOCK } from "./shared-work.ts";
import type { StoreContext } from "./store-context.ts";

const KEY = "beginning";

/** Whether the program has started, in a note of its own. */
export const beginning = (context: StoreContext): BeginningStore => {
  const { program } = context;
  const { nudge: t } = context.tables;
  const { read, write } = kept(context);
  const audited = appending(context);
  const renewed = renewal(context, "roster");
  const greetAnew = shownOfKind(context, "greeting");
  const hasMessages = query({ id: t.id }, (select) =>
    select.from(t).where(is(t.program, program)).limit(limitPlaceholder("limit")),
  );

  return {
    beginning: () => context.read(read),
    beginSettingUp: (now) =>
      context.lockedTransaction([ROSTER_LOCK], function* () {
        const there = yield* read();
        if (there !== undefined) return there;
        const isOlder = (yield* first(hasMessages, { limit: 1 })) !== undefined;
        const begun: Beginning = { since: now, ...(isOlder ? { started: {} } : {}) };
        yield* write(begun);
        return begun;
      }),
    start: (by, now) =>
      context.lockedTransaction([ROSTER_LOCK, AUDIT_LOCK], function* () {
        const before = yield* read();
        if (before?.started !== undefined) return { isFirst: false, started: before.started };
        const started = { at: now, ...(by === undefined ? {} : { by }) };
        yield* write({ since: before?.since ?? now, started });
        yield* audited({
          program,
          at: now,
          actor: by ?? "operator",
          what: "program-started",
          subject: program,
        });
        yield* renewed();
        yield* run(greetAnew, { now });
        return { isFirst: true, started };
      }),
    greetAnew: async (now) => {
      await context.write(greetAnew, { now });
    },
  };
};

/** The note, read and written in the current transaction. */
function kept(context: StoreContext) {
  const note = noteSteps(context);
  return {
    *read(): Steps<Beginning | undefined> {
      const value = yield* note.read(KEY);
      return value === undefined ? undefined : (JSON.parse(value) as Beginning);
    },
    write: (value: Beginning): Steps<void> => note.write(KEY, JSON.stringify(value)),
  };
}
