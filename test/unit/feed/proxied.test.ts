import type { RequestListener } from "node:http";
import { get } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { httpFeed } from "#adapters/feed/feed.ts";
import { failure } from "#adapters/teams/errors.ts";
import { createHost } from "#adapters/teams/host.ts";
import { slackClient } from "#adapters/slack/calls.ts";
import { slackError } from "#adapters/slack/errors.ts";
import { proxyFor, proxyVariables } from "#src/config/proxy.ts";
import { useProxy } from "#src/runtime/use-proxy.ts";
import { behindProxy } from "#test/support/behind-proxy.ts";
import { serving } from "#test/support/feeds/server.ts";

const trusted = getCACertificates("default");
let undo = (): void => undefined;
afterEach(() => {
  undo();
  setDefaultCACertificates(trusted);
});

/** A feed as this process asks for it, by a proxy. */
const look = (address: string, proxy: string) =>
  httpFeed({ timeout: 30_000, proxyOf: (url) => proxyFor(url, { HTTPS_PROXY: proxy }) })
    .fetch({ kind: "pages", addresses: [address] })
    .then(
      (found) => (found.kind === "fresh" ? Buffer.from(found.pages[0]!.bytes).toString() : found.kind),
      ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
    );

const sentTo = (location: string): Readonly<Record<string, RequestListener>> => ({
  "roster.example": (_, response) => void response.writeHead(302, { location }).end(),
  "elsewhere.example": serving("moved"),
});

describe("a feed by a proxy", () => {
  it("is sent on to the internet, whose names only the proxy knows", async () => {
    await using outside = await behindProxy(sentTo("https://elsewhere.example/new.ics"));
    setDefaultCACertificates([outside.authority]);

    expect(await look("https://roster.example/ed.ics", outside.proxy)).toBe("moved");
    expect(outside.tunnels).toEqual(["roster.example:443", "elsewhere.example:443"]);
  });

  it.each(["https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/latest", "https://localhost/"])(
    "is not sent on to %s",
    async (location) => {
      await using outside = await behindProxy(sentTo(location));
      setDefaultCACertificates([outside.authority]);

      expect(await look("https://roster.example/ed.ics", outside.proxy)).toBe(
        "rejected: the server sends us on to an address of a private network",
      );
      expect(outside.tunnels).toEqual(["roster.example:443"]);
    },
  );

  it("is told when the proxy refuses the way, without the address", async () => {
    await using outside = await behindProxy(sentTo("https://elsewhere.example/"), {
      blocked: ["roster.example"],
    });

    expect(await look("https://roster.example/ed.ics", outside.proxy)).toBe(
      "unavailable: the proxy refuses the way to the server (403)",
    );
  });
});

describe("what a proxy refuses was not sent", () => {
  it("to Slack, nor to Teams: both may be tried again, and nothing is unsure", async () => {
    await using outside = await behindProxy({}, { blocked: ["slack.com", "smba.trafficmanager.net"] });
    undo = useProxy({ HTTPS_PROXY: outside.proxy });
    const slack = slackClient({ botToken: "xoxb-1", way: { mode: "http", signingSecret: "s" } });

    const [toSlack, toTeams] = await Promise.all([
      slack.auth.test().catch((error: unknown) => slackError(error, "auth.test")),
      fetch("https://smba.trafficmanager.net/emea/").catch((error: unknown) => failure(error, "send")),
    ]);

    expect(toSlack).toMatchObject({
      code: "unavailable",
      message: "The proxy refused the way to Slack (403) for auth.test.",
    });
    expect(toTeams).toMatchObject({
      code: "unavailable",
      message: "The proxy refused the way to Teams (403) for a send.",
    });
  });

  it("the keys that prove Microsoft's requests come by it, too", async () => {
    await using outside = await behindProxy({}, { blocked: ["login.botframework.com"] });
    undo = useProxy({ https_proxy: outside.proxy });
    const host = createHost(
      { appId: "an-id", appPassword: "x", tenantId: "t", appType: "SingleTenant" },
      { debug() {} },
    );
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256", kid: "k" })}.${part({ iss: "https://api.botframework.com", aud: "an-id" })}.x`;

    const { status } = await host.receive(
      `Bearer ${token}`,
      { type: "message", channelId: "msteams", serviceUrl: "https://smba.trafficmanager.net/emea/" },
      async () => undefined,
    );

    expect(status).toBe(503);
    expect(outside.tunnels).toContain("login.botframework.com:443");
  });
});

describe("whom the proxy is for", () => {
  const proxy = "http://127.0.0.1:3128";
  it.each([
    ["", "https://a.example/", true],
    ["*", "https://a.example/", false],
    ["a.example", "https://a.example/", false],
    ["a.example", "https://b.a.example/", false],
    [".a.example", "https://b.a.example/", false],
    ["*.a.example", "https://b.a.example/", false],
    [".a.example", "https://a.example/", false],
    ["a.example", "https://ba.example/", true],
    ["b.example, a.example", "https://a.example/", false],
    ["A.Example", "https://a.example/", false],
    ["a.example:443", "https://a.example/", false],
    ["a.example:8443", "https://a.example/", true],
    ["10.1.2.3", "https://10.1.2.3/", false],
  ])(
    "NO_PROXY=%j, %s: %s, for feeds and for Node's own clients alike",
    async (exceptions, address, isProxied) => {
      await using outside = await behindProxy({});
      const env = { HTTPS_PROXY: outside.proxy, no_proxy: exceptions };
      undo = useProxy(env);

      expect(proxyFor(new URL(address), env) !== undefined).toBe(isProxied);
      await fetch(address, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      expect(outside.tunnels.length).toBe(isProxied ? 1 : 0);
      await new Promise((resolve) => get(address, resolve).once("error", resolve));
      expect(outside.tunnels.length).toBe(isProxied ? 2 : 0);
    },
  );

  it.each(["http://localhost:1/", "https://127.0.0.1/", "https://[::1]/", "http://169.254.169.254/metadata"])(
    "never this machine, nor where it asks who it is: %s",
    (address) => {
      expect(proxyFor(new URL(address), { HTTPS_PROXY: proxy, HTTP_PROXY: proxy })).toBeUndefined();
    },
  );

  it("counts small letters before capitals, and sets nothing where no proxy is named", () => {
    const env = { https_proxy: "http://small.example:1", HTTPS_PROXY: proxy };

    expect(proxyFor(new URL("https://a.example"), env)?.address.hostname).toBe("small.example");
    expect(proxyVariables({ NO_PROXY: "a.example" })).toBeUndefined();
  });
});
