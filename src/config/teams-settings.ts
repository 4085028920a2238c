/** The Azure bot that stands for Attune in Teams. */
export interface TeamsSettings {
  readonly appId: string;
  /** Absent for a managed identity. */
  readonly appPassword?: string;
  /** The one tenant that is served. */
  readonly tenantId: string;
  readonly appType: "SingleTenant" | "UserAssignedMSI";
}

const APP_TYPES = ["SingleTenant", "UserAssignedMSI"] as const;

/** Reads what the Azure portal calls these. Undefined when Teams is not configured at all, or not rightly. */
export function teamsSettings(
  given: (name: string) => string | undefined,
  wrong: (field: string, message: string, todo: string) => void,
): TeamsSettings | undefined {
  const appId = given("MicrosoftAppId");
  const password = given("MicrosoftAppPassword");
  const tenant = given("MicrosoftAppTenantId");
  const type = given("MicrosoftAppType");
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
