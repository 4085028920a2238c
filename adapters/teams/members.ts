import { AttuneError } from "#src/errors.ts";
import type { Directory } from "#src/ports/messenger.ts";
import type { Arrived, TeamsActivity } from "./activity.ts";
import type { Connector } from "./connector.ts";

/** Who people are: asks the connector about a person while their chat is known. */
export interface Members extends Directory {
  /**
   * The activity with its sender's Entra object id, from the roster of the conversation where it came without. Undefined for a
   * sender who has none, or none of this tenant.
   * @throws AttuneError when the roster cannot be had just now
   */
  identified(activity: Arrived): Promise<TeamsActivity | undefined>;
  /** Remembers a person's chat and service from an activity. */
  saw(activity: TeamsActivity): void;
  /** The newest service address of a chat since the start. */
  serviceOf(conversation: string): string | undefined;
  /** Whether Attune was removed from a chat since the start: nothing is edited there. */
  isLeft(conversation: string): boolean;
}

/** How many people are remembered: enough for a hospital. Beyond that the oldest is forgotten and asked for again. */
const KEPT = 5_000;

/** Milliseconds for which somebody's e-mails are believed. Who has none is asked about at each act. */
const BELIEVED = 60 * 60_000;

/** @param now milliseconds on a monotonic clock */
export function createMembers(
  connector: Connector,
  tenant: string,
  now: () => number = () => performance.now(),
): Members {
  const seen = new Map<string, TeamsActivity>();
  const services = new Map<string, string>();
  const removed = new Map<string, true>();
  const emails = new Map<string, { readonly are: readonly string[]; readonly at: number }>();
  /** Object ids by conversation and id in it. */
  const objects = new Map<string, string>();
  const placeOf = ({ conversation, user }: Arrived): string => `${conversation} ${user.id}`;
  return {
    async identified(activity) {
      const { id, object = objects.get(placeOf(activity)) } = activity.user;
      const found = object ?? objectIn(await memberOf(connector, activity), tenant);
      return found === undefined ? undefined : { ...activity, user: { id, object: found } };
    },
    saw(activity) {
      if (activity.what.type === "removed") keep(removed, activity.conversation, true);
      else removed.delete(activity.conversation);
      keep(objects, placeOf(activity), activity.user.object);
      keep(seen, activity.user.object, activity);
      keep(services, activity.conversation, activity.service);
    },
    isLeft: (conversation) => removed.has(conversation),
    serviceOf: (conversation) => services.get(conversation),

    /** A person who has not written since the start has no known chat, so nothing can be asked. */
    accountOf: async () => undefined,

    async emailsOf(account) {
      const last = seen.get(account);
      if (last === undefined) return [];
      const known = emails.get(account);
      if (known !== undefined && now() - known.at < BELIEVED) return known.are;
      const are = emailsIn(await memberOf(connector, last), account, tenant);
      if (are.length > 0) keep(emails, account, { are, at: now() });
      return are;
    },
  };
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > KEPT) for (const [oldest] of map) return void map.delete(oldest);
}

/** Undefined if the connector knows no such member. If it cannot answer at the moment, this is an error. */
async function memberOf(connector: Connector, { service, conversation, user }: Arrived): Promise<unknown> {
  try {
    return await connector.member(service, conversation, user.id);
  } catch (error) {
    const isFinal = error instanceof AttuneError && ["rejected", "unreachable"].includes(error.code);
    if (isFinal) return undefined;
    throw error;
  }
}

/** A member's object id, which the roster has under one name or the other. Only in this tenant. */
function objectIn(member: unknown, tenant: string): string | undefined {
  if (typeof member !== "object" || member === null || !isOfTenant(member, tenant)) return undefined;
  const { aadObjectId, objectId } = member as Record<string, unknown>;
  const found = [aadObjectId, objectId].find((one) => typeof one === "string" && one !== "");
  return typeof found === "string" ? found.toLowerCase() : undefined;
}

const isOfTenant = (member: object, tenant: string): boolean => {
  const { tenantId } = member as Record<string, unknown>;
  return tenantId === undefined || tenantId === null || lower(tenantId) === tenant.toLowerCase();
};

/** A member's e-mail and user principal name. Only of the person who was asked about, in this tenant. */
function emailsIn(member: unknown, object: string, tenant: string): readonly string[] {
  if (typeof member !== "object" || member === null) return [];
  const { aadObjectId, objectId, email, userPrincipalName } = member as Record<string, unknown>;
  const isThey = [aadObjectId, objectId].every(
    (one) => one === undefined || one === null || lower(one) === object,
  );
  if (!isThey || !isOfTenant(member, tenant)) return [];
  return [email, userPrincipalName].filter(
    (one): one is string => typeof one === "string" && one.includes("@"),
  );
}

const lower = (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value);
