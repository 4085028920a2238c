import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Check } from "#src/ports/check.ts";
import { DOCTOR } from "./distrust.ts";
import { refusalOf } from "./entra.ts";
import { createHost, PUBLIC_CLOUD } from "./host.ts";
import { manifestIn } from "./package/package.ts";
import { MESSAGES_PATH } from "./paths.ts";
import type { TeamsSettings } from "./settings.ts";

/** Milliseconds for each request to another server. */
const PATIENCE = 8_000;

export interface TeamsDoctorWish {
  /** The app package as `teams:package` wrote it. */
  readonly packageFile: string;
  /** Replaces the token of the credentials, in tests. */
  token?(): Promise<string>;
}

/** Checks the Teams installation: credentials, app package and endpoint. Sends no messages. */
export async function checkTeams(settings: TeamsSettings, wish: TeamsDoctorWish): Promise<readonly Check[]> {
  const { check, url } = packageCheck(settings, wish.packageFile);
  const [credentials, cloud] = await Promise.all([
    tokenCheck(wish.token ?? (() => createHost(settings, { debug() {} }).token())),
    cloudCheck(settings),
  ]);
  return [credentials, cloud, check, ...(url === undefined ? [] : [await endpointCheck(url)])];
}

async function tokenCheck(token: () => Promise<string>): Promise<Check> {
  const name = "Teams: credentials";
  try {
    const answer = await Promise.race([token(), sleep(PATIENCE)]);
    if (answer !== undefined)
      return { name, state: "ok", message: "Microsoft Entra gives the bot its token." };
  } catch (error) {
    const said = refusalOf(error);
    if (said !== undefined)
      return {
        name,
        state: "failing",
        message: `Microsoft Entra refuses MicrosoftAppId with MicrosoftAppPassword (${said}).`,
        todo: "copy the app id and tenant id anew, and make a new client secret: its value, not its id",
      };
  }
  return {
    name,
    state: "failing",
    message: "Microsoft Entra does not answer.",
    todo: "let this machine reach https://login.microsoftonline.com, by a proxy if need be",
  };
}

/** Microsoft's names of the national clouds in a tenant's public metadata. */
const UNSUPPORTED: ReadonlyMap<unknown, string> = new Map([
  ["DODCON", "GCC High"],
  ["DOD", "DoD"],
]);

/** In which of Microsoft's clouds the tenant is, by what Entra says of it to everybody. */
async function cloudCheck({ tenantId, cloud }: TeamsSettings): Promise<Check> {
  const name = "Teams: cloud";
  const { origin } = new URL(cloud?.ToChannelFromBotLoginUrl ?? PUBLIC_CLOUD.ToChannelFromBotLoginUrl);
  const address = `${origin}/${encodeURIComponent(tenantId)}/v2.0/.well-known/openid-configuration`;
  const known = "Teams' public cloud and GCC are supported, GCC High and DoD are not";
  let metadata: unknown;
  try {
    metadata = await (await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })).json();
  } catch {
    return { name, state: "warning", message: `Entra does not tell in which cloud the tenant is. ${known}.` };
  }
  const { tenant_region_sub_scope: scope, error } = Object(metadata) as Record<string, unknown>;
  if (error !== undefined)
    return {
      name,
      state: "failing",
      message: "Entra's public cloud knows no tenant of this MicrosoftAppTenantId.",
      todo: `copy the Directory (tenant) ID anew; ${known}`,
    };
  const national = UNSUPPORTED.get(scope);
  return national === undefined
    ? { name, state: "ok", message: `The tenant is in ${scope === "GCC" ? "GCC" : "the public cloud"}.` }
    : {
        name,
        state: "failing",
        message: `The tenant is in ${national}, which Attune does not support: its services and tokens are others.`,
        todo: "connect Slack instead, or a tenant of the public cloud or GCC",
      };
}

function packageCheck(settings: TeamsSettings, file: string): { check: Check; url?: string } {
  const name = "Teams: app package";
  const todo = "run: npm run teams:package -- --url https://where-attune-is-reached";
  if (!existsSync(file)) return { check: { name, state: "warning", message: `There is no ${file}.`, todo } };
  const manifest = manifestIn(readFileSync(file));
  if (manifest === undefined)
    return { check: { name, state: "failing", message: `${file} is no app package.`, todo } };
  if (manifest.id?.toLowerCase() !== settings.appId.toLowerCase())
    return { check: { name, state: "failing", message: `${file} is not for MicrosoftAppId.`, todo } };
  const url = manifest.developer?.websiteUrl;
  const check: Check = { name, state: "ok", message: `${file} is for this bot.` };
  return url === undefined ? { check } : { check, url };
}

/** Sends a request without a token to our public address. If our refusal comes back, requests of Teams arrive as well. */
async function endpointCheck(url: string): Promise<Check> {
  const name = "Teams: endpoint";
  const address = new URL(MESSAGES_PATH, url).href;
  const todo = `start Attune, and let ${address} lead to it; it is the Azure bot's messaging endpoint`;
  try {
    const { status } = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": DOCTOR },
      body: "{}",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    return status === 401
      ? { name, state: "ok", message: `${address} is Attune, and takes nothing without a token.` }
      : { name, state: "failing", message: `${address} answers ${status}, and not as Attune would.`, todo };
  } catch {
    return { name, state: "warning", message: `${address} cannot be reached from here.`, todo };
  }
}
