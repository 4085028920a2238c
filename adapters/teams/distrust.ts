import type { Distrust } from "#src/ports/callers.ts";

/** What Attune's own doctor calls itself at our address: it asks without a token, and is nobody to be told of. */
export const DOCTOR = "attune-doctor";

/** What to look at when Teams' requests are refused for this reason. */
export const mendToken = (why: Distrust): string =>
  why === "unsigned"
    ? "let the proxy in front of Attune hand on the header Authorization"
    : why === "tenant"
      ? "set MicrosoftAppTenantId to the Directory (tenant) ID of the people who write, then restart Attune"
      : "compare MicrosoftAppId with the Azure bot's Microsoft App ID, and this machine's clock with the true time, then restart Attune";
