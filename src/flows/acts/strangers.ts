import type { Account } from "#src/domain/person.ts";
import { asking, readUnknown, UNKNOWN_ACCOUNTS } from "#src/domain/unknown-accounts.ts";
import { isBeforeStart, type Context } from "../context.ts";
import { isSomebodys } from "../conversations/whose-account.ts";

/**
 * Has the coordinators asked whose an account is that wrote and is nobody's, once. `again`: they are asked already. Undefined where nobody is
 * asked: the program waits for its start, no coordinator who takes part has an account on that platform, it was nobody's, or too many
 * are asked about. What was written is no part of it.
 */
export async function askWhose(
  context: Context,
  { platform, account }: Account,
): Promise<"asked" | "again" | undefined> {
  const { store, now, files } = context;
  const stranger = { platform, account };
  if (files === undefined || isBeforeStart(context) || !(await isCoordinatedOn(context, platform)))
    return undefined;
  if (await isSomebodys(context, stranger)) return undefined;
  const mark = await store.accountMark(stranger);
  for (;;) {
    const before = await store.note(UNKNOWN_ACCOUNTS);
    const next = asking(readUnknown(before), stranger, mark, now);
    if (next === undefined || next === "again") return next;
    if (await store.keepUnknownAccounts(before, JSON.stringify(next), now)) return "asked";
  }
}

/** Whether a coordinator who takes part can be reached on this platform. */
async function isCoordinatedOn({ program, store, roster }: Context, platform: string): Promise<boolean> {
  const { wishes } = roster.outlook.input;
  for (const { id, roles, accounts } of program.people) {
    const wish = wishes.get(id);
    if (!roles.includes("coordinator") || wish?.agreed !== true || wish.out) continue;
    if (accounts[platform] !== undefined) return true;
    if ((await store.identities(id)).some((one) => one.platform === platform)) return true;
  }
  return false;
}
