import type { Environment } from "#src/ports/platform-description.ts";

/** How Attune connects to a hospital's Teams. */
export interface TeamsSettings {
  readonly appId: string;
  /** The secret. A managed identity needs none. */
  readonly appPassword?: string;
  /** The hospital's tenant. No other is served. */
  readonly tenantId: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
  /** Addresses of a cloud other than Microsoft's public one. Tests have their own key server. */
  readonly cloud?: Readonly<Partial<Record<CloudSetting, string>>>;
  /** More services to which our token may be sent, as hosts ("example.org") or HTTP origins. */
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

/** Reads the variables, which are named as in the Azure portal. */
export function teamsSettings({ text, secret, wrong }: Environment): TeamsSettings | undefined {
  const appId = text("MicrosoftAppId");
  const password = secret("MicrosoftAppPassword");
  const tenant = text("MicrosoftAppTenantId");
  const type = text("MicrosoftAppType");
  if (appId === undefined) {
    // Without an id botbuilder would accept every request.
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
