import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { teamsPlatform } from "#adapters/teams/platform.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { loadPrograms } from "#src/config/load-programs.ts";
import { readSettings } from "#src/config.ts";
import { startAttune } from "#src/composition/start.ts";
import { SILENT } from "#test/support/attune.ts";
import { APP, TENANT } from "#test/support/teams/office.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "attune-teams-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const deps = { log: SILENT, receive: async () => ({ kind: "none" }) as const };

describe("the server with Teams", () => {
  it("starts also while Entra is out of reach, says so, and takes nothing without a token", async () => {
    const attune = await startAttune(
      readSettings(
        {
          PORT: "0",
          ATTUNE_DB: join(folder, "attune.db"),
          ATTUNE_LOG_LEVEL: "silent",
          MicrosoftAppId: APP,
          MicrosoftAppPassword: "hush",
          MicrosoftAppTenantId: TENANT,
        },
        PLATFORMS,
      ),
      loadPrograms(["program/program.yaml"], PLATFORMS),
    );
    try {
      const health = (await (await fetch(`${attune.url}/healthz`)).json()) as object;
      const metrics = await (await fetch(`${attune.url}/metrics`)).text();
      const forged = await fetch(`${attune.url}/api/messages`, { method: "POST", body: "{}" });
      const privacy = await fetch(`${attune.url}/teams/privacy`);
      const playground = await fetch(attune.url);

      expect(health).toMatchObject({ platforms: { teams: "failing" } });
      expect(metrics).toContain('attune_platform_trouble{platform="teams",trouble="no-token"} 1\n');
      expect([forged.status, privacy.status, playground.status]).toEqual([401, 200, 404]);
    } finally {
      await attune.stop();
    }
  });

  it("does not start with an empty app id, which would let everybody in", () => {
    const settings = { appId: "", tenantId: TENANT, appType: "SingleTenant" } as const;

    expect(() => teamsPlatform(settings, deps)).toThrow("MicrosoftAppId is empty");
  });

  it("knows a managed identity, which has no secret", async () => {
    const platform = teamsPlatform({ appId: APP, tenantId: TENANT, appType: "UserAssignedMSI" }, deps, {
      token: async () => "token",
    });
    await platform.start();
    const messages = platform.routes.find(({ method }) => method === "POST")!;

    const answer = await messages.handle(
      new Request("http://127.0.0.1/api/messages", { method: "POST", body: `{"type":"message"}` }),
    );
    await platform.stop();

    expect(answer.status).toBe(401);
  });
});
