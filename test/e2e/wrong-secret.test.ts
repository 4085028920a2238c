import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { commandLine } from "#test/support/command-line.ts";
import { started } from "#test/support/started.ts";
import { BOT_TOKEN, SECRET, signatureOf, standIn, type StandIn } from "#test/support/slack/stand-in.ts";
import { newKey } from "#test/support/teams/key-server.ts";
import { office as teamsOffice } from "#test/support/teams/office.ts";
import { FILES, folder as filesIn } from "../unit/config/folder.ts";
import { SOON } from "#test/support/soon.ts";

const BODY = JSON.stringify({ type: "event_callback", team_id: "T0OTHER", event_id: "Ev1", event: {} });

/** A request as Slack makes it, signed with this secret at this moment. */
function post(url: string, secret: string, secondsAgo = 0): Promise<Response> {
  const at = String(Math.floor(Date.now() / 1_000) - secondsAgo);
  return fetch(`${url}/slack/events`, {
    method: "POST",
    body: BODY,
    headers: {
      "content-type": "application/json",
      "x-slack-request-timestamp": at,
      "x-slack-signature": signatureOf(BODY, at, secret),
    },
  });
}

const times = async (count: number, ask: () => Promise<Response>): Promise<readonly number[]> => {
  const statuses: number[] = [];
  for (let i = 0; i < count; i += 1) statuses.push((await ask()).status);
  return statuses;
};

describe("Slack over HTTP with a wrong signing secret", { timeout: 60_000 }, () => {
  let slack: StandIn;
  let files: ReturnType<typeof filesIn>;
  beforeEach(async () => {
    slack = await standIn();
    files = filesIn(FILES);
  });
  afterEach(async () => {
    await slack[Symbol.asyncDispose]();
    files[Symbol.dispose]();
  });

  const env = (secret: string) => ({
    ATTUNE_DB: files.path("attune.db"),
    ATTUNE_KEY_FILE: files.path("attune.key"),
    ATTUNE_PROGRAM: files.path("program.yaml"),
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: secret,
    SLACK_API_URL: slack.apiUrl,
  });
  const platformsOf = async (url: string) =>
    ((await (await fetch(`${url}/healthz`)).json()) as { platforms: object }).platforms;
  const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();
  const warnings = (written: string) => written.split("every request is refused").length - 1;

  it("is told by health, metrics, one line of the log, and the doctor, with what to do", async () => {
    await using attune = await started(env("another secret"));
    const before = await metricsOf(attune.url);

    const statuses = await times(40, () => post(attune.url, SECRET));

    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(before).toContain(`attune_requests_refused_total{platform="slack",reason="signature"} 0`);
    expect(await metricsOf(attune.url)).toContain(
      `attune_requests_refused_total{platform="slack",reason="signature"} 40`,
    );
    expect(await platformsOf(attune.url)).toEqual({ slack: "failing" });
    expect(warnings(attune.written())).toBe(1);
    expect(attune.written()).not.toContain("another secret");
    const ran = commandLine(files).runWith(env("another secret"), "doctor");
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(
      /^fix {3}platforms {2}Slack: every request is refused, .*none was ever believed\n +→ copy the Signing Secret/m,
    );
  });

  it("is not believed of a right secret that others post nonsense beside", async () => {
    await using attune = await started(env(SECRET));
    await post(attune.url, SECRET);

    const statuses = await times(40, () => post(attune.url, "an attacker's"));

    expect(new Set(statuses)).toEqual(new Set([401]));
    expect(await platformsOf(attune.url)).toEqual({ slack: "ok" });
    expect(warnings(attune.written())).toBe(0);
    expect(await metricsOf(attune.url)).toContain(`attune_requests_believed_total{platform="slack"} 1`);
    const ran = commandLine(files).runWith(env(SECRET), "doctor");
    expect(ran.stdout).toMatch(/^ok {4}platforms {2}Slack: a request was last believed /m);
  });

  it("is told apart from a wrong clock", async () => {
    await using attune = await started(env(SECRET));

    await times(5, () => post(attune.url, SECRET, 400));

    await vi.waitFor(() => expect(attune.written()).toContain("compare this machine's clock"), SOON);
    expect(await metricsOf(attune.url)).toContain(
      `attune_requests_refused_total{platform="slack",reason="time"} 5`,
    );
  });
});

describe("Teams with an app id or a tenant that is not its own", () => {
  const told = (lines: readonly string[]) =>
    lines.filter((line) => line.includes("every request is refused"));
  const OTHER = "99999999-9999-4999-8999-999999999999";

  it("is told once for each episode, and is over with the first request that is believed", async () => {
    await using teams = await teamsOffice();
    const wrongApp = () => teams.post(teams.activity("r1"), { claims: { aud: OTHER } });

    const refused = await times(20, wrongApp);
    const failing = teams.platform.trouble();
    await teams.post(teams.activity("r1"));

    expect(new Set(refused)).toEqual(new Set([401]));
    expect(failing).toBe("requests");
    expect(told(teams.logged)).toHaveLength(1);
    expect(told(teams.logged)[0]).toContain("compare MicrosoftAppId");
    expect(teams.platform.trouble()).toBeUndefined();
  });

  it("says that it is the tenant", async () => {
    await using teams = await teamsOffice();
    const conversation = { id: "a:1", conversationType: "personal", tenantId: OTHER };
    const other = () =>
      teams.post(teams.activity("r1", { conversation, channelData: { tenant: { id: OTHER } } }));

    const refused = await times(5, other);

    expect(new Set(refused)).toEqual(new Set([403]));
    expect(told(teams.logged)[0]).toContain("set MicrosoftAppTenantId");
  });

  it("is no doubt of a bot whose own requests come, whatever else is posted", async () => {
    await using teams = await teamsOffice();
    const key = newKey("unknown");
    await teams.post(teams.activity("r1"));

    await times(20, () => teams.post(teams.activity("r1"), { key }));

    expect(teams.platform.trouble()).toBeUndefined();
    expect(told(teams.logged)).toEqual([]);
  });
});
