import { AttuneError } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { Directory } from "#src/ports/messenger.ts";
import type { Calls } from "./calls.ts";
import { saidBy } from "./errors.ts";
import { isOfUs, type Home, type MemberHome } from "./origin.ts";

/** What we read of a member's profile. Not its time zone and language: those of the program are used. */
export interface Member extends MemberHome {
  readonly id?: string | undefined;
  readonly deleted?: boolean | undefined;
  readonly is_bot?: boolean | undefined;
  /** A person of another workspace, in a shared channel. */
  readonly is_stranger?: boolean | undefined;
  readonly is_email_confirmed?: boolean | undefined;
  readonly real_name?: string | undefined;
  readonly profile?:
    | {
        readonly email?: string | undefined;
        readonly display_name?: string | undefined;
        readonly real_name?: string | undefined;
      }
    | undefined;
}

export interface SlackDirectory extends Directory {
  /** Whether this account may be written to. */
  isMember(account: string): Promise<boolean>;
  /** What others read where a member is mentioned. Undefined where Slack does not say. */
  nameOf(account: string): Promise<string | undefined>;
  /** A profile has changed or was deactivated. */
  noticed(member: Member): void;
}

/** For how long Slack's answers are cached. Slack reports changes of members, but not new members. */
const BELIEVED = 60 * 60_000;
const ABSENCE_BELIEVED = 10 * 60_000;
const PATIENCE = 1_500;
const KEPT = 20_000;

/** What Slack said last, and when. */
interface Said {
  readonly is: string | undefined;
  readonly at: number;
}

/** Finds members by e-mail, one request each. Attune never reads the whole member list. */
export function slackDirectory(
  calls: Calls,
  log: Log,
  home: () => Home | undefined,
  now: () => number = () => performance.now(),
): SlackDirectory {
  const accounts = new Map<string, Said>();
  const emails = new Map<string, Said>();

  const remember = (member: Member): void => {
    const { id } = member;
    if (id === undefined) return;
    if (emails.size > KEPT) emails.clear();
    if (accounts.size > KEPT) accounts.clear();
    const email = emailIn(member, home());
    const before = emails.get(id)?.is;
    if (before !== undefined && before !== email) accounts.delete(before);
    emails.set(id, { is: email, at: now() });
    if (email !== undefined) accounts.set(email, { is: id, at: now() });
  };

  return {
    async accountOf(address, how) {
      const email = address.toLowerCase();
      const known = accounts.get(email);
      const believed = known?.is === undefined ? ABSENCE_BELIEVED : BELIEVED;
      if (how !== "anew" && known !== undefined && now() - known.at < believed) return known.is;
      const member = await memberWith(calls, email);
      if (member !== undefined) remember(member);
      const account = member === undefined || emailIn(member, home()) !== email ? undefined : member.id;
      accounts.set(email, { is: account, at: now() });
      return account;
    },

    async emailsOf(account) {
      const known = emails.get(account);
      if (known !== undefined && now() - known.at < BELIEVED) return listOf(known.is);
      const member = await memberOf(calls, account);
      if (member === undefined) emails.set(account, { is: undefined, at: now() });
      else remember(member);
      return listOf(emails.get(account)?.is);
    },

    async isMember(account) {
      const member = await memberOf(calls, account);
      return member !== undefined && isPerson(member, home());
    },

    nameOf: async (account) => shownName(await memberOf(calls, account).catch(() => undefined)),

    noticed(member) {
      const before = member.id === undefined ? undefined : emails.get(member.id)?.is;
      remember(member);
      if (member.deleted === true) log.info({ user: member.id }, "a Slack account was deactivated");
      else if (before !== undefined && before !== emailIn(member, home()))
        log.info({ user: member.id }, "the e-mail of a Slack account has changed");
    },
  };
}

/** Whether a member may be written to: of this workspace or its organisation, active and no bot. */
const isPerson = (member: Member, home: Home | undefined): boolean =>
  member.deleted !== true && member.is_bot !== true && member.is_stranger !== true && isOfUs(member, home);

/** The e-mail of a member who may be written to. */
const emailIn = (member: Member, home: Home | undefined): string | undefined =>
  isPerson(member, home) && member.is_email_confirmed !== false
    ? member.profile?.email?.toLowerCase()
    : undefined;

const shownName = ({ profile, real_name: name }: Member = {}): string | undefined =>
  [profile?.display_name, profile?.real_name, name].find((one) => one !== undefined && one !== "");

const listOf = (email: string | undefined): readonly string[] => (email === undefined ? [] : [email]);

const memberOf = async (calls: Calls, account: string): Promise<Member | undefined> =>
  ask("users.info", calls, (client) => client.users.info({ user: account }));

const memberWith = async (calls: Calls, email: string): Promise<Member | undefined> =>
  ask("users.lookupByEmail", calls, (client) => client.users.lookupByEmail({ email }));

/** Undefined if Slack knows no such member. After any other error nothing was sent, so it may be tried again. */
async function ask(
  method: string,
  calls: Calls,
  call: (client: Parameters<Parameters<Calls>[2]>[0]) => Promise<{ user?: Member }>,
): Promise<Member | undefined> {
  try {
    return await calls(method, { rate: "people", patience: PATIENCE }, async (client) => {
      try {
        return (await call(client)).user;
      } catch (error) {
        if (isNobody(error)) return undefined;
        throw error;
      }
    });
  } catch (error) {
    if (error instanceof AttuneError && error.code === "rate-limited") throw error;
    throw new AttuneError("unavailable", "Slack could not say who somebody is.", { cause: error });
  }
}

const isNobody = (error: unknown): boolean =>
  ["users_not_found", "user_not_found", "user_not_visible"].includes(saidBy(error) ?? "");
