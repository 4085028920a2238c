import type { StoreContext } from "./store-context.ts";
import { rowInsert, type RowInsert } from "../statements/statement.ts";
import { excluded, placeholder } from "./placeholders.ts";

/** Writes down that the message `ref`, sealed, shows the nudge `id` from `now` on, whatever it showed before. */
export const messageRow = ({ program, tables: { message } }: StoreContext): RowInsert =>
  rowInsert((db) =>
    db
      .insert(message)
      .values({
        program,
        platform: placeholder("platform"),
        ref: placeholder("ref"),
        nudge: placeholder("id"),
        at: placeholder("now"),
      })
      .onConflictDoUpdate({
        target: [message.program, message.platform, message.ref],
        set: { nudge: excluded(message.nudge), at: excluded(message.at) },
      }),
  );
