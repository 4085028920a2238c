import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type Activity,
  type TurnContext,
} from "botbuilder";
import type { Distrust } from "#src/ports/callers.ts";
import type { Log } from "#src/ports/log.ts";
import { readActivity, type Arrived } from "./activity.ts";
import { codesOf } from "./errors.ts";
import type { TeamsSettings } from "./settings.ts";
import { aloud, inSilence } from "./silence.ts";

/**
 * The only file that uses botbuilder, whose support has ended. It checks who sent a request and gets our own token. No type of
 * the SDK leaves this file, so that another SDK can replace it here.
 */
export interface Host {
  /**
   * Makes sure that a request comes from Teams, for us and for our tenant, and hands what it says to `turn`.
   * What cannot be trusted is 401 or 403, whatever the SDK makes of it.
   */
  receive(authorization: string, body: unknown, turn: Turn): Promise<HostAnswer>;
  /** Our token for the connector. */
  token(): Promise<string>;
}

/** Handles a trusted activity. Resolves to the answer for an invoke. */
export type Turn = (activity: Arrived) => Promise<unknown>;

export interface HostAnswer {
  readonly status: 200 | 400 | 401 | 403 | 503;
  readonly body?: unknown;
  /** Why the request is rejected: not from Teams, or not for us. */
  readonly why?: Distrust;
}

export const PUBLIC_CLOUD = {
  ToChannelFromBotLoginUrl: "https://login.microsoftonline.com/botframework.com",
  ToChannelFromBotOAuthScope: "https://api.botframework.com",
  ToBotFromChannelTokenIssuer: "https://api.botframework.com",
  OAuthUrl: "https://api.botframework.com",
  ToBotFromChannelOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
  ToBotFromEmulatorOpenIdMetadataUrl:
    "https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration",
  CallerId: "urn:botframework:azure",
} as const;

/** The SDK's authentication, without its part that prints requests to the console. */
class Door extends CloudAdapter {
  verified(authorization: string, activity: Activity, turn: (context: TurnContext) => Promise<void>) {
    return this.processActivity(authorization, activity, turn);
  }

  /** The claims of the token. */
  claims(context: TurnContext): { readonly issuer: unknown; readonly service: unknown } {
    const identity: unknown = context.turnState.get(this.BotIdentityKey);
    const claimOf = (name: string): unknown =>
      (identity as { getClaimValue(name: string): unknown }).getClaimValue(name);
    return { issuer: claimOf("iss"), service: claimOf("serviceurl") };
  }
}

/** @param isOpen only in tests: every request is accepted, and there is no token */
export function createHost(settings: TeamsSettings, log: Pick<Log, "debug">, isOpen = false): Host {
  const cloud = { ...PUBLIC_CLOUD, ...settings.cloud };
  const credentials = new ConfigurationServiceClientCredentialFactory(isOpen ? {} : credentialsIn(settings));
  const door = new Door(
    new ConfigurationBotFrameworkAuthentication({ ...cloud, ValidateAuthority: true }, credentials),
  );

  /** The SDK prints keys, tokens and stacks. We log only its error codes. Anybody can make it print as often as they like. */
  const quietly = <Result>(work: () => Promise<Result>): Promise<Result> =>
    inSilence(
      (said) => log.debug({ codes: said.flatMap(namesOf) }, "the Teams SDK had something to say"),
      work,
    );

  /** Stricter than the SDK: it also accepts tokens that are not the channel's, and compares the service only if both name one. */
  const distrusted = (context: TurnContext): HostAnswer | undefined => {
    if (isOpen) return undefined;
    const { issuer, service } = door.claims(context);
    if (issuer !== cloud.ToBotFromChannelTokenIssuer) return UNTRUSTED;
    return service === context.activity.serviceUrl ? undefined : { status: 403, why: "token" };
  };

  return {
    async receive(authorization, body, turn) {
      if (authorization === "" && !isOpen) return { status: 401, why: "unsigned" };
      if (!isActivity(body)) return { status: 400 };
      let answer: HostAnswer | undefined;
      try {
        await quietly(() =>
          door.verified(authorization, body, async (context) => {
            answer =
              distrusted(context) ?? (await aloud(() => answerTo(context.activity, settings.tenantId, turn)));
          }),
        );
      } catch (error) {
        if (error instanceof TurnFailure) throw error.cause;
        // Thrown before the activity was handled. Unless the key server was out of reach, the request is to blame.
        return isUnreachable(error) ? { status: 503 } : UNTRUSTED;
      }
      return answer ?? UNTRUSTED;
    },

    async token() {
      if (isOpen) return "none";
      return quietly(async () => {
        const own = await credentials.createCredentials(
          settings.appId,
          cloud.ToChannelFromBotOAuthScope,
          cloud.ToChannelFromBotLoginUrl,
          true,
        );
        return (own as unknown as { getToken(): Promise<string> }).getToken();
      });
    },
  };
}

/** The credentials by the names that the SDK has for them. */
const credentialsIn = ({ appId, appType, tenantId, appPassword }: TeamsSettings) => ({
  MicrosoftAppId: appId,
  MicrosoftAppType: appType,
  MicrosoftAppTenantId: tenantId,
  MicrosoftAppPassword: appPassword ?? "",
});

const UNTRUSTED: HostAnswer = { status: 401, why: "token" };

/** Marks an error of ours, so that it differs from the SDK's own errors. */
class TurnFailure extends Error {}

async function answerTo(activity: Activity, tenant: string, turn: Turn): Promise<HostAnswer> {
  const read = readActivity(activity, tenant);
  if (read === "other-tenant") return { status: 403, why: "tenant" };
  if (read === "foreign") return { status: 403 };
  if (read === "broken") return { status: 400 };
  try {
    const body = await turn(read);
    return body === undefined ? { status: 200 } : { status: 200, body };
  } catch (cause) {
    throw new TurnFailure("a turn failed", { cause });
  }
}

const namesOf = (said: unknown): readonly string[] =>
  said instanceof Error ? [said.name, ...codesOf(said)] : [];

const isActivity = (body: unknown): body is Activity =>
  typeof body === "object" && body !== null && "type" in body && typeof body.type === "string";

/** Whether the SDK could not fetch the channel's keys. Without them no request can be checked at the moment. */
function isUnreachable(error: unknown): boolean {
  if (codesOf(error).some((code) => code.startsWith("E"))) return true;
  return error instanceof Error && /^Failed to load (?:Keys|openID config)/u.test(error.message);
}
