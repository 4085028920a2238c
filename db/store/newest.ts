import { sql } from "drizzle-orm";
import type { Instant } from "#src/domain/time.ts";
import type { StoreContext } from "./store-context.ts";
import { query } from "../statements/statement.ts";
import { first } from "../statements/steps.ts";

/** The newest moment at which anything was sent or answered, in all programs; undefined before the first. Reads every row. */
export const newestMoment = ({
  tables: { nudge, reply },
  read,
}: StoreContext): (() => Promise<Instant | undefined>) => {
  const sent = query({ at: sql<Instant | null>`max(${nudge.sentAt})` }, (select) => select.from(nudge));
  const told = query({ at: sql<Instant | null>`max(${reply.at})` }, (select) => select.from(reply));
  return () =>
    read(function* () {
      const moments = [(yield* first(sent))?.at, (yield* first(told))?.at];
      return moments.reduce<Instant | undefined>(
        (newest, at) => (at == null || (newest !== undefined && newest >= at) ? newest : at),
        undefined,
      );
    });
};
