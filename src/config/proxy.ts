import type { Environment } from "../ports/platform-description.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** A proxy, and the variable that names it. Its address may have a password: `shownProxy` leaves that out. */
export interface Proxy {
  readonly variable: string;
  readonly address: URL;
}

const NAMES = ["HTTPS_PROXY", "HTTP_PROXY"] as const;
type Name = (typeof NAMES)[number];

/** This machine itself, and where an Azure machine asks for its identity. No proxy leads there. */
const NEVER = ["localhost", "127.0.0.1", "::1", "[::1]", "169.254.169.254"];

/** Small letters count before capitals, as for curl and Node. */
const valueOf = (name: Name | "NO_PROXY", env: Variables): string | undefined => {
  const value = env[name.toLowerCase()]?.trim() || env[name]?.trim();
  return value === "" ? undefined : value;
};

const isProxy = (text: string): boolean =>
  URL.canParse(text) && /^https?:$/u.test(new URL(text).protocol) && new URL(text).hostname !== "";

/** Tells each variable that names no proxy of a kind that Attune can go through. Repeats no value: it may have a password. */
export function checkProxies(env: Variables, wrong: Environment["wrong"]): void {
  for (const name of NAMES) {
    const value = valueOf(name, env);
    if (value !== undefined && !isProxy(value))
      wrong(
        name,
        "expected the address of an HTTP proxy",
        "write one such as http://proxy.example:8080, with user:password@ before the host where it asks for them",
      );
  }
}

/** The proxies that the environment names. */
export const proxiesOf = (env: Variables): readonly Proxy[] =>
  NAMES.flatMap((variable) => {
    const value = valueOf(variable, env);
    return value !== undefined && isProxy(value) ? [{ variable, address: new URL(value) }] : [];
  });

/** The proxy by which an address is asked; undefined where the way is direct. */
export function proxyFor(url: URL, env: Variables): Proxy | undefined {
  const name: Name = url.protocol === "http:" || url.protocol === "ws:" ? "HTTP_PROXY" : "HTTPS_PROXY";
  const proxy = proxiesOf(env).find(({ variable }) => variable === name);
  return proxy === undefined || exceptions(env).some((one) => isMeant(one, url)) ? undefined : proxy;
}

/** What Node's clients are to go by: our exceptions are theirs, too. Undefined where no proxy is named. */
export function proxyVariables(env: Variables): Record<string, string> | undefined {
  const proxies = proxiesOf(env);
  if (proxies.length === 0) return undefined;
  const named = proxies.map(({ variable, address }) => [variable, address.href]);
  const all = exceptions(env);
  // Node's `fetch` takes a.example for all that is below it, too, and its `https` does not: each is told both.
  const listed = all.includes("*") ? ["*"] : all.flatMap((one) => (IP.test(one) ? [one] : [one, `.${one}`]));
  return { ...Object.fromEntries(named), NO_PROXY: listed.join(",") };
}

const IP = /^[\d.]+(?::\d+)?$|^\[|::/u;

/** Without user and password. */
export const shownProxy = ({ address }: Proxy): string => `${address.protocol}//${address.host}`;

/** Each without what may stand before it: .a.example and *.a.example are a.example. */
const exceptions = (env: Variables): readonly string[] => [
  ...(valueOf("NO_PROXY", env) ?? "")
    .toLowerCase()
    .split(/[\s,]+/u)
    .map((one) => one.replace(/^\*?\./u, ""))
    .filter((one) => one !== ""),
  ...NEVER,
];

/** An exception is *, or a host with all that is below it, each also with a port: as curl takes them. */
function isMeant(exception: string, { hostname, port, protocol }: URL): boolean {
  if (exception === "*") return true;
  const [, host = exception, only] = /^(?<host>[^:]+|\[.+\]):(?<port>\d+)$/u.exec(exception) ?? [];
  const own = port === "" ? (/^(?:https|wss):$/u.test(protocol) ? "443" : "80") : port;
  return (only === undefined || only === own) && (hostname === host || hostname.endsWith(`.${host}`));
}
