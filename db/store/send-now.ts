import type { Store } from "#src/ports/store.ts";
import { run } from "../statements/steps.ts";
import { appending, AUDIT_LOCK } from "./audit.ts";
import { actWrites } from "./nudge-change.ts";
import type { StoreContext } from "./store-context.ts";

/** A coordinator has a planned message go out before its time. The audit log has who, in the same commit. */
export const sendNow = (context: StoreContext): Pick<Store, "sendNow"> => {
  const { program } = context;
  const { hasten } = actWrites(context);
  const audited = appending(context);
  return {
    sendNow: (id, by, now) =>
      context.lockedTransaction([AUDIT_LOCK, `nudge ${id}`], function* () {
        if ((yield* run(hasten, { id, dueAt: now })) !== 1) return false;
        yield* audited({ program, at: now, actor: by, what: "sent-now", subject: String(id) });
        return true;
      }),
  };
};
