/** Entra's error code for a wrong app id or secret; undefined if the answer has none. */
export const refusalOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? /AADSTS\d+|invalid_client|unauthorized_client/u.exec(error.message)?.[0]
    : undefined;

/** What Attune asks of Microsoft's public cloud: tokens, keys, and the connector. GCC has a connector of its own. */
export const HOSTS = ["login.microsoftonline.com", "login.botframework.com", "smba.trafficmanager.net"];
