import type { Environment } from "#src/ports/platform-description.ts";

/** How Attune joins a hospital's Teams. */
export interface TeamsSettings {
  readonly appId: string;
  /** Absent for a managed identity, which needs none. */
  readonly appPassword?: string;
  /** The one tenant that is served. */
  readonly tenantId: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
  /** Another cloud than Microsoft's public one; a test brings its own key server. */
  readonly cloud?: Readonly<Partial<Record<CloudSetting, string>>>;
  /** Services beside Teams' own that may be given our token, as hosts ("example.org") or HTTP origins. */
  readonly services?: readonly string[];
}

export type CloudSetting =
  | "ToChannelFromBotLoginUrl"
  | "ToChannelFromBotOAuthScope"
  | "ToBotFromChannelTokenIssuer"
  | "OAuthUrl"
  | "ToBotFromChannelOpenIdMetadataUrl"
  | "ToBotFromEmulatorOpenIdMetadataUrl";

const APP_TYPES = ["SingleTenant", "UserAssignedMSI"] as const;

/** Reads what the Azure portal calls these. */
export function teamsSettings({ text, secret, wrong }: Environment): TeamsSettings | undefined {
  const appId = text("MicrosoftAppId");
  const password = secret("MicrosoftAppPassword");
  const tenant = text("MicrosoftAppTenantId");
  const type = text("MicrosoftAppType");
  if (appId === undefined) {
    // Without an id botbuilder would believe everybody who asks.
    if ([password, tenant, type].some((one) => one !== undefined))
      wrong("MicrosoftAppId", "it is empty", "copy it from the Azure bot's configuration");
    return undefined;
  }
  const appType = APP_TYPES.find((one) => one.toLowerCase() === (type ?? "SingleTenant").toLowerCase());
  if (tenant === undefined)
    wrong("MicrosoftAppTenantId", "it is missing", "copy the App Tenant ID from the Azure bot");
  if (appType === undefined)
    wrong(
      "MicrosoftAppType",
      "expected a kind of bot that Azure still makes",
      "write SingleTenant or UserAssignedMSI",
    );
  if (appType === "SingleTenant" && password === undefined)
    wrong("MicrosoftAppPassword", "it is missing", "copy a client secret's value from the app registration");
  if (appType === "UserAssignedMSI" && password !== undefined)
    wrong("MicrosoftAppPassword", "a managed identity has none", "leave it empty");
  if (tenant === undefined || appType === undefined) return undefined;
  return { appId, ...(password === undefined ? {} : { appPassword: password }), tenantId: tenant, appType };
}
