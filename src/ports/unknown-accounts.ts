import type { Account } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";

/** What is kept of accounts that are nobody's of a program. Part of the Store. */
export interface UnknownAccountsStore {
  /** A keyed hash of an account, the same each time: what is kept of one that is asked about no more. It is another one after `rekey`. */
  accountMark(account: Account): Promise<string>;
  /**
   * Sets the note of unknown accounts if it still is `before`, and marks messages about the questions `over` for an edit. It
   * counts as a change of wishes, so that every process plans by it. False, and nothing is changed, if another process was first.
   */
  keepUnknownAccounts(
    before: string | undefined,
    after: string,
    now: Instant,
    over?: readonly number[],
  ): Promise<boolean>;
}
