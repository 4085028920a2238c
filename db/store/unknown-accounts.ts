import { eq } from "drizzle-orm";
import { UNKNOWN_ACCOUNTS } from "#src/domain/unknown-accounts.ts";
import type { UnknownAccountsStore } from "#src/ports/unknown-accounts.ts";
import { run } from "../statements/steps.ts";
import { shownOfKind } from "./nudge-change.ts";
import { placeholder } from "./placeholders.ts";
import { noteSteps, renewal } from "./shared-work.ts";
import type { StoreContext } from "./store-context.ts";

/** Accounts that are nobody's: the note is sealed as every note is, and answers hold a hash that only the master key makes. */
export const unknownAccounts = (context: StoreContext): UnknownAccountsStore => {
  const { program, tables, masterKey } = context;
  const { change } = noteSteps(context);
  const renewed = renewal(context, "wishes");
  const subject = eq(tables.nudge.subject, placeholder("subject"));
  const shownAnew = shownOfKind(context, "whose-account", subject);
  return {
    accountMark: async ({ platform, account }) =>
      masterKey.mac(JSON.stringify(["unknown account", program, platform, account])),
    keepUnknownAccounts: (before, after, now, over = []) =>
      context.transaction(function* () {
        if (!(yield* change(UNKNOWN_ACCOUNTS, before, after))) return false;
        yield* renewed();
        for (const id of over) yield* run(shownAnew, { now, subject: `${id}` });
        return true;
      }),
  };
};
