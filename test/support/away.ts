import { AttuneError } from "#src/errors.ts";
import type { Store } from "#src/ports/store.ts";

/** Whether the database is away just now. */
export interface Trouble {
  isAway: boolean;
}

/** A store whose every method rejects while its database is away. */
export const goingAway = (store: Store, trouble: Trouble): Store =>
  new Proxy(store, {
    get: (kept, name: keyof Store) => {
      const method: (...args: never[]) => Promise<unknown> = kept[name];
      return (...args: never[]) =>
        trouble.isAway
          ? Promise.reject(new AttuneError("store", "Not saved: the database cannot be reached."))
          : method(...args);
    },
  });
