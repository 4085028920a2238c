import { afterEach, expect, it, vi } from "vitest";
import { proxyCheck } from "#src/commands/doctor/proxy.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { behindProxy } from "#test/support/behind-proxy.ts";
import { folder } from "../config/folder.ts";

const SLACK = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s" };
const PASSWORD = "opensesame";
afterEach(() => vi.unstubAllEnvs());

/** What the doctor says of the proxy where the environment is like this. */
async function said(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const name of ["https_proxy", "http_proxy", "no_proxy", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"])
    vi.stubEnv(name, env[name] ?? "");
  vi.stubEnv("NODE_EXTRA_CA_CERTS", env["NODE_EXTRA_CA_CERTS"] ?? "");
  const found = await proxyCheck(readSettings(SLACK, PLATFORMS));
  expect(JSON.stringify(found)).not.toContain(PASSWORD);
  return found.map(({ level, what }) => `${level} ${what}`);
}

it("says nothing where none is named, and whom it leads to, in small letters or capitals", async () => {
  await using outside = await behindProxy({}, { user: `attune:${PASSWORD}` });
  const address = outside.proxy.replace("//", `//attune:${PASSWORD}@`);

  expect(await said({})).toEqual([]);
  for (const name of ["https_proxy", "HTTPS_PROXY"])
    expect(await said({ [name]: address, no_proxy: "hooks.slack.com,files.slack.com" })).toEqual([
      `ok HTTPS_PROXY, ${outside.proxy}, leads to slack.com`,
      "ok asked directly, without a proxy: hooks.slack.com, files.slack.com",
    ]);
});

it("says what stands in the way: whom it does not know, whom it does not lead to, that it is not there", async () => {
  await using guarded = await behindProxy({}, { user: `attune:${PASSWORD}` });
  await using narrow = await behindProxy({}, { blocked: ["slack.com"] });

  expect(await said({ HTTPS_PROXY: guarded.proxy })).toEqual([
    `fix HTTPS_PROXY, ${guarded.proxy}, does not accept us without a user and a password (407)`,
  ]);
  expect(await said({ HTTPS_PROXY: guarded.proxy.replace("//", `//attune:${PASSWORD}s@`) })).toEqual([
    `fix HTTPS_PROXY, ${guarded.proxy}, does not accept its user with its password (407)`,
  ]);
  expect(await said({ HTTPS_PROXY: narrow.proxy })).toEqual([
    `fix HTTPS_PROXY, ${narrow.proxy}, does not lead to slack.com (403)`,
  ]);
  expect(await said({ HTTPS_PROXY: `http://attune:${PASSWORD}@127.0.0.1:9` })).toEqual([
    "fix HTTPS_PROXY, http://127.0.0.1:9, cannot be reached (ECONNREFUSED)",
  ]);
});

it("says which file of authorities cannot be read, or has none", async () => {
  using files = folder({ "ca.pem": "no certificate\n" });

  expect(await said({ NODE_EXTRA_CA_CERTS: files.path("no.pem") })).toEqual([
    `fix NODE_EXTRA_CA_CERTS names ${files.path("no.pem")}, which cannot be read (ENOENT)`,
  ]);
});

it.each(["socks5://proxy.example:1080", "proxy.example:8080", "http://"])(
  "a setting that names no HTTP proxy starts nothing, and is not repeated: %s",
  (address) => {
    expect(() => readSettings({ ...SLACK, HTTPS_PROXY: address }, PLATFORMS)).toThrow(
      "The settings are not right.\nenvironment: HTTPS_PROXY: expected the address of an HTTP proxy; write one such as http://proxy.example:8080, with user:password@ before the host where it asks for them",
    );
  },
);
