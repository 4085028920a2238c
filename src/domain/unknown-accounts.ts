import type { Account, PersonId } from "./person.ts";
import { DAY, MINUTE, type Instant } from "./time.ts";

/*
 * Accounts that wrote to Attune and are nobody's of the program, and what its coordinators have said of them. Nothing of what was
 * written is in it, and an account stands in it only while it is asked about.
 */

/** "Whose account is this?", asked of a program's coordinators. */
export interface AccountQuestion extends Account {
  readonly id: number;
  readonly at: Instant;
}

/** What a coordinator has said. The account is in it as a keyed hash alone. */
export interface AccountAnswer {
  readonly id: number;
  readonly at: Instant;
  readonly by: PersonId;
  readonly mark: string;
  /** Whose it is, and the list of people that says so; without it, nobody's. */
  readonly is?: { readonly person: PersonId; readonly file: string };
}

export interface UnknownAccounts {
  /** The id of the next question. None is given twice. */
  readonly next: number;
  readonly open: readonly AccountQuestion[];
  readonly answered: readonly AccountAnswer[];
}

/** The note that has them. */
export const UNKNOWN_ACCOUNTS = "unknown accounts";

/** For how long a question stands, in milliseconds; then the account is forgotten. */
export const ASKED = 14 * DAY;
/** For how long nobody is asked again about an account that is nobody's. */
const REFUSED = 90 * DAY;
/** For how long a list of people that was just changed may not have reached every process. */
const SETTLING = 10 * MINUTE;
/** So many questions a program has at once: strangers cannot flood its coordinators. */
const AT_ONCE = 5;

export const readUnknown = (note: string | undefined): UnknownAccounts =>
  note === undefined ? { next: 1, open: [], answered: [] } : (JSON.parse(note) as UnknownAccounts);

/** Without what is over at this moment. */
export const stillKept = ({ next, open, answered }: UnknownAccounts, now: Instant): UnknownAccounts => ({
  next,
  open: open.filter(({ at }) => now - at < ASKED),
  answered: answered.filter(({ at, is }) => now - at < (is === undefined ? REFUSED : ASKED)),
});

/**
 * A question about this account. `again`: it is asked about already, or was just answered. Undefined where nobody is to be asked: it
 * was nobody's, or too many are asked about.
 */
export function asking(
  unknown: UnknownAccounts,
  { platform, account }: Account,
  mark: string,
  now: Instant,
): UnknownAccounts | "again" | undefined {
  const kept = stillKept(unknown, now);
  const { next, open, answered } = kept;
  if (open.some((one) => one.platform === platform && one.account === account)) return "again";
  const said = answered.filter((one) => one.mark === mark);
  if (said.some(({ is, at }) => is !== undefined && now - at < SETTLING)) return "again";
  if (said.some(({ is }) => is === undefined) || open.length >= AT_ONCE) return undefined;
  return { ...kept, next: next + 1, open: [...open, { id: next, platform, account, at: now }] };
}

/** The same with an answer in place of the question. */
export const withAnswer = (
  { next, open, answered }: UnknownAccounts,
  answer: AccountAnswer,
): UnknownAccounts => ({
  next,
  open: open.filter(({ id }) => id !== answer.id),
  answered: [...answered, answer],
});

/** The same with a question in place of its answer, which came to nothing. */
export const withoutAnswer = (
  { next, open, answered }: UnknownAccounts,
  question: AccountQuestion,
): UnknownAccounts => ({
  next,
  open: [...open, question],
  answered: answered.filter(({ id }) => id !== question.id),
});
