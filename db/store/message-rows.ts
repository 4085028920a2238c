import type { Kept } from "./store-context.ts";
import { rowInsert, type RowInsert } from "../statements/statement.ts";
import { excluded, given } from "./placeholders.ts";

/** Writes down that the message `ref`, sealed, shows the nudge `id` from `now` on, whatever it showed before. */
export const standingMessage = ({ program, tables: { message } }: Kept): RowInsert =>
  rowInsert((db) =>
    db
      .insert(message)
      .values({
        program,
        platform: given("platform"),
        ref: given("ref"),
        nudge: given("id"),
        at: given("now"),
      })
      .onConflictDoUpdate({
        target: [message.program, message.platform, message.ref],
        set: { nudge: excluded(message.nudge), at: excluded(message.at) },
      }),
  );
