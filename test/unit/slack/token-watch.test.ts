import { expect, it } from "vitest";
import { callsOf } from "#adapters/slack/calls.ts";
import { createPace } from "#adapters/slack/pace.ts";
import { tokenWatch } from "#adapters/slack/token-watch.ts";

/** What Slack's client throws when it says no. */
const saysNo = (error: string) =>
  Object.assign(new Error(error), { code: "slack_webapi_platform_error", data: { ok: false, error } });

it("tells whether Slack takes the token by what it answers to any call, and by nothing else", async () => {
  const watch = tokenWatch();
  const calls = watch.watched(callsOf({} as never, createPace()));
  const after = async (answers: () => Promise<unknown>): Promise<boolean> => {
    await calls("users.info", { rate: "views", patience: 0 }, answers).catch(() => undefined);
    return watch.isRefused();
  };

  expect([
    await after(() => Promise.reject(saysNo("user_not_found"))),
    await after(() => Promise.reject(saysNo("missing_scope"))),
    await after(() => Promise.reject(saysNo("token_revoked"))),
    await after(() => Promise.reject(new Error("ECONNRESET"))),
    await after(() => Promise.reject(saysNo("user_not_found"))),
    await after(async () => ({ ok: true })),
    await after(() => Promise.reject(saysNo("account_inactive"))),
  ]).toEqual([false, false, true, true, true, false, true]);
});
