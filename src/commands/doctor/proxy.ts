import { readFileSync } from "node:fs";
import { getCACertificates } from "node:tls";
import { authoritiesFile, proxiesHere, proxyHere } from "#src/config.ts";
import { shownProxy, type Proxy } from "#src/config/proxy.ts";
import { canUseProxy } from "#src/runtime/use-proxy.ts";
import type { Check, Finding } from "./check.ts";

/** Milliseconds for one way through the proxy. */
const PATIENCE = 8_000;

/** The proxy of the environment: whether it is there, and leads to what the platforms need. And certificates of the hospital's own. */
export const proxyCheck: Check = async ({ platforms }) => {
  const proxies = proxiesHere();
  const found: Finding[] = certificates(authoritiesFile());
  if (proxies.length === 0) return found;
  if (!canUseProxy())
    return [
      ...found,
      say(
        "fix",
        `${proxies[0]!.variable} is set, and Node ${process.versions.node} cannot go by it`,
        "run `npm install` for the Node that Attune brings along, or install Node 24.14 or newer",
      ),
    ];
  const needed = platforms.flatMap(({ platform, settings }) => platform.hosts(settings));
  const ways = needed.map((host) => ({ host, proxy: proxyHere(new URL(`https://${host}`)) }));
  for (const proxy of proxies) {
    const through = ways.filter((way) => way.proxy?.variable === proxy.variable).map(({ host }) => host);
    found.push(...(await led(proxy, through)));
  }
  const direct = ways.filter((way) => way.proxy === undefined).map(({ host }) => host);
  if (direct.length > 0) found.push(say("ok", `asked directly, without a proxy: ${direct.join(", ")}`));
  return found;
};

const say = (level: Finding["level"], what: string, todo?: string): Finding => ({
  level,
  about: "proxy",
  what,
  ...(todo === undefined ? {} : { todo }),
});

/** What comes of asking a proxy for the way to each host. */
async function led(proxy: Proxy, hosts: readonly string[]): Promise<readonly Finding[]> {
  const name = `${proxy.variable}, ${shownProxy(proxy)}`;
  if (hosts.length === 0) return [say("ok", `${name}, is there for feeds`)];
  const answers = await Promise.all(hosts.map((host) => answerOf(proxy, host)));
  const failure = answers.find((one) => typeof one === "string");
  if (failure !== undefined)
    return [
      say(
        "fix",
        `${name}, cannot be reached (${failure})`,
        "mend the variable, or let this machine reach the proxy",
      ),
    ];
  if (answers.includes(407))
    return [
      say(
        "fix",
        `${name}, does not accept ${proxy.address.username === "" ? "us without a user and a password" : "its user with its password"} (407)`,
        "write http://user:password@proxy:port, with %-codes for signs such as @ : / in them",
      ),
    ];
  const refused = hosts.flatMap((host, at) => (answers[at] === 200 ? [] : [`${host} (${answers[at]})`]));
  if (refused.length > 0)
    return [
      say(
        "fix",
        `${name}, does not lead to ${refused.join(", ")}`,
        "let whoever runs the proxy allow them (docs/install.md says where all are listed), or name them in NO_PROXY",
      ),
    ];
  return [say("ok", `${name}, leads to ${hosts.join(", ")}`)];
}

/** The status with which the proxy answers a request for a tunnel; a word where there is no answer. */
async function answerOf({ address }: Proxy, host: string): Promise<number | string> {
  const { request } = await (address.protocol === "https:" ? import("node:https") : import("node:http"));
  const { username, password } = address;
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return new Promise((resolve) => {
    request({
      host: address.hostname.replace(/^\[|\]$/gu, ""),
      port: address.port === "" ? (address.protocol === "https:" ? 443 : 80) : Number(address.port),
      method: "CONNECT",
      path: `${host}:443`,
      agent: false,
      headers: {
        host: `${host}:443`,
        ...(username === ""
          ? {}
          : { "proxy-authorization": `Basic ${Buffer.from(user).toString("base64")}` }),
      },
      signal: AbortSignal.timeout(PATIENCE),
    })
      .once("connect", ({ statusCode = 0 }, socket) => {
        socket.destroy();
        resolve(statusCode);
      })
      // Some answer a CONNECT that they refuse like any other request.
      .once("response", (answer) => {
        answer.destroy();
        resolve(answer.statusCode ?? 0);
      })
      .once("error", (error: NodeJS.ErrnoException) =>
        resolve(
          error.name === "AbortError"
            ? `no answer within ${PATIENCE / 1_000} s`
            : (error.code ?? error.message),
        ),
      )
      .end();
  });
}

/** Node goes on without a file of certificates that it cannot read, and says so once, on stderr. */
function certificates(file: string | undefined): Finding[] {
  if (file === undefined) return [];
  const about = "certificates";
  try {
    readFileSync(file);
  } catch (error) {
    const { code = "error" } = error as NodeJS.ErrnoException;
    return [
      {
        level: "fix",
        about,
        what: `NODE_EXTRA_CA_CERTS names ${file}, which cannot be read (${code})`,
        todo: "write the path of a PEM file that Attune's user may read, and start anew",
      },
    ];
  }
  const count = getCACertificates("extra").length;
  return count > 0
    ? [{ level: "ok", about, what: `${count} of your own are trusted, from ${file}` }]
    : [
        {
          level: "fix",
          about,
          what: `NODE_EXTRA_CA_CERTS names ${file}, in which there is no certificate`,
          todo: "put the authority's certificate into it, in PEM (-----BEGIN CERTIFICATE-----)",
        },
      ];
}
