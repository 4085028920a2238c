import { chmodSync } from "node:fs";
import { expect, it } from "vitest";
import { secretsCheck } from "#src/commands/doctor/secrets.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { folder } from "../config/folder.ts";

const SECRET = "hush-hush-hush";

async function said(mode: number): Promise<{ readonly found: readonly string[]; readonly file: string }> {
  using files = folder({ token: `${SECRET}\n` });
  const file = files.path("token");
  chmodSync(file, mode);
  const env = { ATTUNE_METRICS_TOKEN_FILE: file, SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" };
  const found = await secretsCheck(readSettings(env, PLATFORMS));
  return { file, found: found.map(({ level, what, todo = "" }) => `${level} ${what} → ${todo}`) };
}

it("says from where each secret comes, and never what it is", async () => {
  const { found, file } = await said(0o600);

  expect(found).toEqual([
    `ok from the environment: SLACK_BOT_TOKEN, SLACK_APP_TOKEN; ATTUNE_METRICS_TOKEN from ${file} → `,
  ]);
  expect(found.join()).not.toMatch(/hush|xoxb|xapp-/u);
});

it.each([
  [0o644, "everybody on this machine"],
  [0o606, "everybody on this machine"],
  [0o640, "its whole group"],
])("warns of a file that others can read (%o): %s", async (mode, who) => {
  const { found, file } = await said(mode);

  expect(found[1]).toBe(
    `warn ATTUNE_METRICS_TOKEN_FILE: ${who} may read ${file} (mode ${mode.toString(8)}) → chmod 600 ${file}`,
  );
});
