import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { checkTeams } from "#adapters/teams/doctor.ts";
import { packageOf } from "#adapters/teams/package/package.ts";
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
const looked = async (token: () => Promise<string>) =>
  Object.fromEntries(
    (await checkTeams(SETTINGS, { packageFile, token })).map(({ name, state }) => [name, state]),
  );
const good = async () => "token";

it("finds credentials and package as they should be", async () => {
  write(APP);

  expect(await looked(good)).toEqual({
    "Teams: credentials": "ok",
    "Teams: app package": "ok",
    // Nobody has this address.
    "Teams: endpoint": "warning",
  });
});

it("tells a wrong secret from an Entra that is out of reach, and repeats neither", async () => {
  const wrong = await checkTeams(SETTINGS, {
    packageFile,
    token: () => Promise.reject(new Error("AADSTS7000215: Invalid client secret hush")),
  });
  const away = await checkTeams(SETTINGS, {
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
