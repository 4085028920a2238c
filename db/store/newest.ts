import { and, sql } from "drizzle-orm";
import { OUT } from "#src/domain/nudge-life.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Store } from "#src/ports/store.ts";
import { is, isIn } from "./placeholders.ts";
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
      return newestOf([(yield* first(sent))?.at, (yield* first(told))?.at]);
    });
};

/** The same of one program by its indexes: of what is answered, and of messages that are open. */
export const newestOpen = ({
  program,
  tables: { nudge, reply },
  read,
}: StoreContext): Pick<Store, "newestOpen"> => {
  const sent = query({ at: sql<Instant | null>`max(${nudge.sentAt})` }, (select) =>
    select.from(nudge).where(and(is(nudge.program, program), isIn(nudge.state, OUT))),
  );
  const told = query({ at: sql<Instant | null>`max(${reply.at})` }, (select) =>
    select.from(reply).where(is(reply.program, program)),
  );
  return {
    newestOpen: () =>
      read(function* () {
        return newestOf([(yield* first(sent))?.at, (yield* first(told))?.at]);
      }),
  };
};

const newestOf = (moments: readonly (Instant | null | undefined)[]): Instant | undefined =>
  moments.reduce<Instant | undefined>(
    (newest, at) => (at == null || (newest !== undefined && newest >= at) ? newest : at),
    undefined,
  );
