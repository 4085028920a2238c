import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkTeams } from "#adapters/teams/doctor.ts";
import type { TeamsSettings } from "#adapters/teams/settings.ts";
import { packageOf } from "#adapters/teams/package/package.ts";
import { listening, type Listening } from "#test/support/teams/listening.ts";
import { APP, TENANT } from "#test/support/teams/office.ts";

const SETTINGS = { appId: APP, appPassword: "hush", tenantId: TENANT, appType: "SingleTenant" } as const;

let folder: string;
let packageFile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-teams-"));
  packageFile = join(folder, "attune-teams.zip");
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (appId: string) =>
  writeFileSync(
    packageFile,
    packageOf({ appId, url: "https://attune.invalid", developer: "Hospital", version: "1.0.0" }),
  );
/** What Entra says of the tenant. */
let entra: Listening;
let metadata: object;
beforeEach(async () => {
  metadata = { tenant_region_scope: "AS", issuer: "https://login.microsoftonline.com" };
  entra = await listening((request, _, answer) =>
    request.url === `/${TENANT}/v2.0/.well-known/openid-configuration`
      ? answer(200, metadata)
      : answer(404, {}),
  );
});
afterEach(() => entra.close());
const settings = (): TeamsSettings => ({
  ...SETTINGS,
  cloud: { ToChannelFromBotLoginUrl: `${entra.url}/botframework.com` },
});

const looked = async (token: () => Promise<string>) =>
  Object.fromEntries(
    (await checkTeams(settings(), { packageFile, token })).map(({ name, state }) => [name, state]),
  );
const good = async () => "token";

it("finds credentials and package as they should be", async () => {
  write(APP);

  expect(await looked(good)).toEqual({
    "Teams: credentials": "ok",
    "Teams: cloud": "ok",
    "Teams: app package": "ok",
    // Nobody has this address.
    "Teams: endpoint": "warning",
  });
});

it("tells a wrong secret from an Entra that is out of reach, and repeats neither", async () => {
  const wrong = await checkTeams(settings(), {
    packageFile,
    token: () => Promise.reject(new Error("AADSTS7000215: Invalid client secret hush")),
  });
  const away = await checkTeams(settings(), {
    packageFile,
    token: () => Promise.reject(new Error("getaddrinfo ENOTFOUND")),
  });

  expect([wrong[0]!.state, away[0]!.state]).toEqual(["failing", "failing"]);
  expect(wrong[0]!.message).toContain("AADSTS7000215");
  expect(JSON.stringify([wrong, away])).not.toContain("hush");
});

it("misses the package, and refuses another bot's", async () => {
  const missing = await looked(good);
  write("99999999-9999-4999-8999-999999999999");
  const other = await looked(good);

  expect(missing["Teams: app package"]).toBe("warning");
  expect(other["Teams: app package"]).toBe("failing");
});

it.each([
  [{ tenant_region_scope: "AS" }, "ok", "the public cloud"],
  [{ tenant_region_scope: "NA", tenant_region_sub_scope: "GCC" }, "ok", "GCC"],
  [{ tenant_region_scope: "USGov", tenant_region_sub_scope: "DODCON" }, "failing", "GCC High"],
  [{ tenant_region_scope: "USGov", tenant_region_sub_scope: "DOD" }, "failing", "DoD"],
  [{ error: "invalid_tenant" }, "failing", "no tenant"],
])("says in which cloud the tenant is: %j", async (told, state, words) => {
  metadata = told;

  const checks = await checkTeams(settings(), { packageFile, token: good });

  const cloud = checks.find(({ name }) => name === "Teams: cloud");
  expect(cloud).toMatchObject({ state, message: expect.stringContaining(words) });
});

it("says what is supported where Entra does not tell the cloud", async () => {
  await entra.close();

  const checks = await checkTeams(settings(), { packageFile, token: good });

  expect(checks.find(({ name }) => name === "Teams: cloud")).toMatchObject({
    state: "warning",
    message: expect.stringMatching(/GCC High and DoD are not/u),
  });
});
