import { proxyVariables } from "#src/config/proxy.ts";

// An import of it would load all that it can lead to, with Node's WebSocket and fetch: longer than most commands run.
const http = process.getBuiltinModule("node:http");

/**
 * From here on every client of this process goes through the proxy that the environment names: Slack's and Microsoft's libraries
 * use Node's own `fetch`, `https` and WebSocket with what is set here. Feeds choose for themselves, since they guard whom
 * they ask (adapters/feed/request.ts). A Node without this leaves them without a proxy, which `attune doctor` tells.
 *
 * @returns takes it back
 */
export function useProxy(env: Readonly<Record<string, string | undefined>>): () => void {
  const variables = proxyVariables(env);
  return variables !== undefined && canUseProxy() ? http.setGlobalProxyFromEnv(variables) : () => undefined;
}

/** Node 24.14 and 25.4 are the first. */
export const canUseProxy = (): boolean => "setGlobalProxyFromEnv" in http;
