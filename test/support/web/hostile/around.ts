import { randomUUID } from "node:crypto";
import { json, tapOf, type Hostile, type Loot } from "./loot.ts";

/** From where and how a request must not come, whatever it asks. */
export function fromElsewhere(loot: Loot, path: string): readonly Hostile[] {
  const wrong: readonly (readonly [string, number, Record<string, string>])[] = [
    ["without a token", 403, { "x-attune-token": "" }],
    ["with a made-up token", 403, { "x-attune-token": "A".repeat(32) }],
    ["from another site", 403, { origin: "https://evil.example" }],
    ["from a page without an origin", 403, { origin: "null" }],
    ["from another port", 403, { origin: "http://127.0.0.1:1" }],
    ["as plain text", 415, { "content-type": "text/plain" }],
    ["as a form", 415, { "content-type": "application/x-www-form-urlencoded" }],
    ["under a foreign name", 403, { host: "evil.example", origin: "http://evil.example" }],
    ["across sites", 403, { "sec-fetch-site": "cross-site" }],
  ];
  return wrong.map(([name, status, headers]) => {
    const request = json(loot, path, rightBody(loot, path));
    return { ...request, name: `${path} ${name}`, status, headers: { ...request.headers, ...headers } };
  });
}

export const wrongMethods = (path: string): readonly Hostile[] =>
  ["GET", "PUT", "PATCH", "DELETE", "OPTIONS"].map((method) => ({
    name: `${method} ${path}`,
    method,
    path,
    status: 405,
  }));

/** Addresses that lead nowhere, names that are not this machine's. */
export function wrongPlaces({ host }: Loot): readonly Hostile[] {
  const paths = [
    "/assets/../../package.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2f..%2fetc%2fpasswd",
    "/assets//etc/passwd",
    "/assets/0000000000000000/api.js",
    "/assets/%00",
    "/assets/__proto__",
    "/.env",
    "/.git/config",
    "/data/attune.db",
    "/attune.key",
    "/src/main.ts",
    "/node_modules/hono/package.json",
    "/press/",
    "/PRESS",
    "//press",
    "/phone?person=../../etc/passwd&seat=1",
    "/phone?person=__proto__&seat=1",
  ];
  const hosts = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "0.0.0.0",
    "127.1",
    "2130706433",
    "",
  ];
  return [
    ...paths.map((path) => ({ name: `GET ${path}`, method: "GET", path, status: 404 })),
    { name: "a phone without a seat", method: "GET", path: "/phone?person=r1", status: 400 },
    { name: "a phone in seat 4", method: "GET", path: "/phone?person=r1&seat=4", status: 400 },
    { name: "a phone in seat NaN", method: "GET", path: "/phone?person=r1&seat=NaN", status: 400 },
    ...["/", "/phone", "/strip", "/events"].flatMap((path) =>
      ["POST", "DELETE", "PUT"].map((method) => ({ name: `${method} ${path}`, method, path, status: 405 })),
    ),
    ...hosts.map((name) => ({
      name: `the page under the name "${name}"`,
      method: "GET",
      path: "/",
      headers: { host: name },
      status: 403,
    })),
    {
      name: "a phone read by another site",
      method: "GET",
      path: "/phone?person=r1&seat=1",
      headers: { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      status: 403,
    },
    {
      name: "a method in a header",
      method: "GET",
      path: "/start-over",
      headers: { host, "x-http-method-override": "POST" },
      status: 405,
    },
  ];
}

/** A right body for each address, so that only what is wrong around it can be the reason. */
function rightBody(loot: Loot, path: string): object {
  const { person } = loot;
  const event = randomUUID();
  switch (path) {
    case "/press":
      return tapOf(loot);
    case "/submit":
      return { ...tapOf(loot), values: {} };
    case "/say":
      return { person, event, text: "erase me for good" };
    case "/open":
      return { person, event };
    case "/jump":
      return { jump: "week" };
    case "/language":
      return { event, locale: "ja" };
    default:
      return {};
  }
}
