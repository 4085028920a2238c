import type { PlannedNudge } from "#src/domain/nudge.ts";
import type { Store } from "#src/ports/store.ts";
import { insertEach } from "../statements/steps.ts";
import { newNudge } from "./plan.ts";
import type { StoreContext } from "./store-context.ts";

/** Writes notices that no plan has, each once. */
export const tell = (context: StoreContext): Pick<Store, "tell"> => {
  const notice = newNudge(context);
  return {
    tell: async (notices) => {
      await context.transaction(() =>
        insertEach(notice, notices as readonly (PlannedNudge & Record<string, unknown>)[]),
      );
    },
  };
};
