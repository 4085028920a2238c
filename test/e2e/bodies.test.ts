import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { growthOf } from "#test/support/memory.ts";
import { started, type Started } from "#test/support/started.ts";
import { dribble, flood, type Flood, type Flooded } from "#test/support/web/flood.ts";

const SECRET = "a signing secret of a test";
const MEGABYTE = 1_000_000;
const GROWTH = 60 * MEGABYTE;
const HUGE = 700 * MEGABYTE;

/** Every kind of address that there is: a platform's, the playground's, the operator's, and none. */
const PATHS = [
  "/slack/events",
  "/api/messages",
  "/teams/privacy",
  "/press",
  "/say?lang=ja",
  "/",
  "/events",
  "/assets/x/card.css",
  "/healthz",
  "/metrics",
  "/nowhere",
  "/slack/%65vents",
] as const;

/** Slack makes sure with a signed question that somebody listens. */
async function slackAnswers({ url }: Started): Promise<string> {
  const body = JSON.stringify({ type: "url_verification", challenge: "still here" });
  const at = String(Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${at}:${body}`).digest("hex")}`;
  const answer = await fetch(`${url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": at,
      "x-slack-signature": signature,
    },
    body,
  });
  return `${answer.status} ${await answer.text()}`;
}

/** What whoever means well is answered in the meantime. */
async function othersOf(attune: Started): Promise<readonly unknown[]> {
  const [page, health, teams, slack] = await Promise.all([
    fetch(attune.url).then(async (answer) => (await answer.arrayBuffer()) && answer.status),
    fetch(`${attune.url}/healthz`).then(async (answer) => (await answer.arrayBuffer()) && answer.status),
    fetch(`${attune.url}/api/messages`, { method: "POST", body: "{}" }).then(({ status }) => status),
    slackAnswers(attune),
  ]);
  return [page, health, teams, slack];
}
const WELL = [200, 200, 401, '200 {"challenge":"still here"}'];

describe("a server with Slack, Teams and the playground", () => {
  const folder = mkdtempSync(join(tmpdir(), "attune-bodies-"));
  let attune: Started;

  beforeAll(async () => {
    attune = await started({
      ATTUNE_DB: join(folder, "attune.db"),
      ATTUNE_LOG_LEVEL: "warn",
      ATTUNE_PLAYGROUND: "1",
      SLACK_BOT_TOKEN: "xoxb-of-a-test",
      SLACK_SIGNING_SECRET: SECRET,
      // Nobody is there: both platforms are out of reach, and what calls us is judged all the same.
      SLACK_API_URL: "http://127.0.0.1:9/api/",
      MicrosoftAppId: "00000000-0000-4000-8000-000000000001",
      MicrosoftAppPassword: "a secret of a test",
      MicrosoftAppTenantId: "00000000-0000-4000-8000-000000000002",
    });
    // What a start still has to load, and its first beat, are no growth.
    await vi.waitUntil(async () => (await othersOf(attune))[1] === 200, { timeout: 60_000, interval: 200 });
    for (let i = 0; i < 20; i += 1) await othersOf(attune);
  });
  afterAll(async () => {
    await attune[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it("answers those who mean well", async () => {
    expect(await othersOf(attune)).toEqual(WELL);
  });

  it.each(["chunked", "told"] as const)(
    "takes no more than its limit of a body of 700 MB whose length is %s, at any address, by any method",
    async (framing) => {
      const growth = growthOf(attune.group);

      const wrong = await ended(attune, { framing, bytes: HUGE }, (flooded) => flooded.status === 413);

      expect(wrong).toEqual([]);
      expect(growth()).toBeLessThan(GROWTH);
      expect(await othersOf(attune)).toEqual(WELL);
    },
  );

  it("ends the connection of one that says 64 bytes and sends 700 MB", async () => {
    const growth = growthOf(attune.group);

    const wrong = await ended(attune, { framing: "understated", bytes: HUGE }, () => true);

    expect(wrong).toEqual([]);
    expect(growth()).toBeLessThan(GROWTH);
    expect(await othersOf(attune)).toEqual(WELL);
  });

  it("gives 50 slow bodies at each address no more than their time, and answers all others", async () => {
    const growth = growthOf(attune.group);

    const slow = PATHS.flatMap((path) => Array.from({ length: 50 }, () => dribble(attune.url, path, 500)));
    const meanwhile = [];
    for (let i = 0; i < 5; i += 1) meanwhile.push(await othersOf(attune));
    const statuses = (await Promise.all(slow)).map(({ status }) => status);

    expect(meanwhile).toEqual(meanwhile.map(() => WELL));
    expect(statuses.filter((status) => status !== 408 && status !== 503)).toEqual([]);
    expect(statuses.filter((status) => status === 408).length).toBeGreaterThan(PATHS.length * 25);
    expect(growth()).toBeLessThan(GROWTH);
  });

  it("holds few of 50 bodies that stop short of their limit, and answers all others", async () => {
    const growth = growthOf(attune.group);
    const stalled = (): Flood => ({
      method: "POST",
      path: "/slack/events",
      framing: "chunked",
      bytes: HUGE,
      stall: { before: 900_000 },
    });

    const slow = Array.from({ length: 50 }, () => flood(attune.url, stalled()));
    const meanwhile = [];
    for (let i = 0; i < 5; i += 1) meanwhile.push(await othersOf(attune));
    const answers = await Promise.all(slow);

    expect(meanwhile).toEqual(meanwhile.map(() => WELL));
    expect(answers.map(({ status }) => status).filter((status) => status !== 503 && status !== 408)).toEqual(
      [],
    );
    const crowded = answers.filter(({ status }) => status === 503);
    expect(crowded.length).toBeGreaterThan(40);
    expect(crowded.filter(({ answer }) => !/\r\nretry-after: \d+\r\n/iu.test(answer))).toEqual([]);
    expect(growth()).toBeLessThan(GROWTH);
  });
});

/** Those of a flood at every address that did not end as they should, or of which the server took too much. */
async function ended(
  { url }: Started,
  flooding: Pick<Flood, "framing" | "bytes">,
  isRight: (flooded: Flooded) => boolean,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const method of ["POST", "GET", "PUT", "DELETE", "OPTIONS"]) {
    const all = PATHS.map(async (path) => {
      const flooded = await flood(url, { method, path, ...flooding });
      // The kernels on both sides hold some megabytes that nobody reads.
      const isMuch = flooded.sent > 20 * MEGABYTE;
      if (isMuch || !isRight(flooded))
        wrong.push(`${method} ${path}: ${flooded.status}, ${flooded.sent} bytes`);
    });
    await Promise.all(all);
  }
  return wrong;
}
