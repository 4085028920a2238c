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
