import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { slackClient } from "#adapters/slack/calls.ts";
import { isRefusal, slackError } from "#adapters/slack/errors.ts";

type Answer = (
  request: { destroy(): void },
  respond: (status: number, body: object, headers?: object) => void,
) => void;

/** What a real client makes of an answer, in the process's words. */
async function failing(
  answer: Answer,
): Promise<{ code: string; retryAfter: number | undefined; asked: number }> {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    asked += 1;
    answer(request.socket, (status, body, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = slackClient({
    botToken: "xoxb-1",
    way: { mode: "http", signingSecret: "s" },
    apiUrl: `http://127.0.0.1:${port}/api`,
  });
  const error = await client.chat.postMessage({ channel: "D1", text: "x" }).then(
    () => undefined,
    (cause: unknown) => slackError(cause, "chat.postMessage"),
  );
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return { code: error?.code ?? "none", retryAfter: error?.retryAfter, asked };
}

describe("what went wrong at Slack", () => {
  it.each([
    ["user_disabled", "unreachable"],
    ["channel_not_found", "unreachable"],
    ["invalid_blocks", "rejected"],
    ["msg_too_long", "rejected"],
    ["token_revoked", "unavailable"],
    ["missing_scope", "unavailable"],
    ["internal_error", "ambiguous"],
    ["fatal_error", "ambiguous"],
    ["something_new", "rejected"],
  ])("%s is %s, asked once", async (error, code) => {
    expect(await failing((_, respond) => respond(200, { ok: false, error }))).toMatchObject({
      code,
      asked: 1,
    });
  });

  it("passes on how long Slack asked to wait, and does not wait itself", async () => {
    const failed = await failing((_, respond) => respond(429, { ok: false }, { "retry-after": "30" }));

    expect(failed).toEqual({ code: "rate-limited", retryAfter: 30_000, asked: 1 });
  });

  it.each([[503], [500], [502]])("%s is doubtful: Slack may have done it", async (status) => {
    expect(await failing((_, respond) => respond(status, {}))).toMatchObject({ code: "ambiguous", asked: 1 });
  });

  it.each([[401], [403], [404], [451]])(
    "%s is a proxy's, or of an address that is not Slack's: nothing arrived, and it passes",
    async (status) => {
      expect(await failing((_, respond) => respond(status, {}))).toMatchObject({ code: "unavailable" });
    },
  );

  it("is asked to wait where a 429 names no time", async () => {
    expect(await failing((_, respond) => respond(429, {}))).toEqual({
      code: "rate-limited",
      retryAfter: 1_000,
      asked: 1,
    });
  });

  it.each([[undefined], [null], ["closed"], [{}], [new Error("no reason")]])(
    "whatever was thrown has a code: %j",
    (thrown) => {
      expect(slackError(thrown, "auth.test")).toMatchObject({ code: "ambiguous" });
      expect(isRefusal(thrown)).toBe(false);
    },
  );

  it("a connection that breaks is doubtful", async () => {
    expect(await failing((socket) => socket.destroy())).toMatchObject({ code: "ambiguous", asked: 1 });
  });

  it("a connection that was refused never left the process", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const client = slackClient({
      botToken: "xoxb-1",
      way: { mode: "http", signingSecret: "s" },
      apiUrl: `http://127.0.0.1:${port}/api/`,
    });

    const error = await client.auth.test().catch((cause: unknown) => slackError(cause, "auth.test"));

    expect(error).toMatchObject({ code: "unavailable" });
  });
});
