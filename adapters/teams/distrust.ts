import type { Distrust } from "#src/ports/callers.ts";

/** The User-Agent of `attune doctor`. It calls us without a token to test that we refuse it, so it is not counted. */
export const DOCTOR = "attune-doctor";

/** What an operator should check if requests are rejected for this reason. */
export const mendToken = (why: Distrust): string =>
  why === "unsigned"
    ? "let the proxy in front of Attune hand on the header Authorization"
    : why === "tenant"
      ? "set MicrosoftAppTenantId to the Directory (tenant) ID of the people who write, then restart Attune"
      : "compare MicrosoftAppId with the Azure bot's Microsoft App ID, and this machine's clock with the true time, then restart Attune; GCC High and DoD are not supported";
