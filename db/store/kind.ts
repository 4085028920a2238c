import { eq, isNotNull, ne, or } from "drizzle-orm";
import type { StoreContext } from "./store-context.ts";
import { query } from "../statements/statement.ts";
import { first, rows } from "../statements/steps.ts";
import { notes } from "./shared-work.ts";

/** The kind of a database: real people on a platform, or the playground. */
export type DatabaseKind = "playground" | "real";

/** Signs of the kind of a database without a mark, in the rows of all programs. */
export interface Traces {
  /** The playground has a clock, chat messages or accounts there. */
  readonly playground: boolean;
  /** There are accounts or messages of a real platform. */
  readonly platforms: boolean;
  /** A person has answered something, on any platform. */
  readonly told: boolean;
}

/** The mark of a database's kind. It is written once and never changes. */
export interface KindMark {
  /** The mark; undefined before the first start. */
  kind(): Promise<DatabaseKind | undefined>;
  /** Writes the mark if there is none, and returns the mark. If several processes write at once, the first one counts. */
  mark(kind: DatabaseKind): Promise<DatabaseKind>;
  traces(): Promise<Traces>;
}

const MARK = "kind";
/** The playground's name as a platform (adapters/web/address.ts), and its note of the time (src/runtime/stage-time.ts). */
const PLAYGROUND = "playground";
const MOVED_CLOCK = "stage.now";

/** @param context of the database itself, and of no program */
export function kindMark(context: StoreContext): KindMark {
  const { note, changeNote } = notes(context);
  const { identity, message, chat, note: noted, person, reply } = context.tables;
  const accounts = query({ platform: identity.platform }, (select) =>
    select.from(identity).groupBy(identity.platform),
  );
  const messages = query({ platform: message.platform }, (select) =>
    select.from(message).groupBy(message.platform),
  );
  const anyChat = query({ one: chat.person }, (select) => select.from(chat).limit(1));
  const anyMove = query({ one: noted.key }, (select) =>
    select.from(noted).where(eq(noted.key, MOVED_CLOCK).inlineParams()).limit(1),
  );
  const anyConsent = query({ one: person.id }, (select) =>
    select
      .from(person)
      .where(or(ne(person.consent, "unasked").inlineParams(), isNotNull(person.wrappedKey)))
      .limit(1),
  );
  const anyReply = query({ one: reply.person }, (select) => select.from(reply).limit(1));
  const kind = async () => (await note(MARK)) as DatabaseKind | undefined;
  return {
    kind,
    async mark(wanted) {
      await changeNote(MARK, undefined, wanted);
      return (await kind()) ?? wanted;
    },
    traces: () =>
      context.read(function* () {
        const found = [...(yield* rows(accounts)), ...(yield* rows(messages))];
        const outside = found.filter(({ platform }) => platform !== PLAYGROUND);
        const hasChat = (yield* first(anyChat)) !== undefined;
        const hasMoved = (yield* first(anyMove)) !== undefined;
        const hasConsent = (yield* first(anyConsent)) !== undefined;
        const hasReply = (yield* first(anyReply)) !== undefined;
        return {
          playground: hasChat || hasMoved || found.length > outside.length,
          platforms: outside.length > 0,
          told: hasConsent || hasReply,
        };
      }),
  };
}
