import { describe, expect, it } from "vitest";
import { behindProxy, jsonBy } from "#test/support/behind-proxy.ts";
import { commandLine } from "#test/support/command-line.ts";
import { serving } from "#test/support/feeds/server.ts";
import { folder } from "../unit/config/folder.ts";

const ME = "https://login.microsoftonline.com/a-tenant";
const CALENDAR = ["BEGIN:VCALENDAR", "END:VCALENDAR", ""].join("\r\n");
const INTERNET = {
  "slack.com": jsonBy({
    "/api/auth.test": { ok: true, team: "Sakura", team_id: "T1", user_id: "U1", bot_id: "B1" },
    "/api/apps.connections.open": { ok: true, url: "wss://wss-primary.slack.com/link/" },
  }),
  "login.microsoftonline.com": jsonBy({
    "/a-tenant/v2.0/.well-known/openid-configuration": {
      token_endpoint: `${ME}/oauth2/v2.0/token`,
      authorization_endpoint: `${ME}/oauth2/v2.0/authorize`,
      issuer: `${ME}/v2.0`,
      jwks_uri: `${ME}/keys`,
    },
    "/a-tenant/oauth2/v2.0/token": { token_type: "Bearer", expires_in: 3600, access_token: "a-token" },
  }),
  "login.botframework.com": jsonBy({}),
  "smba.trafficmanager.net": jsonBy({}),
  "roster.example": serving(CALENDAR),
  "api.qgenda.com": jsonBy({
    "/v2/login": { access_token: "t", token_type: "bearer", expires_in: "3600" },
    "/v2/schedule": [] as object,
  }),
};
const YAML = `id: test-hospital
name: Test Hospital
timeZone: Europe/Berlin
locale: en
people: people.csv
start: at-once
rotations: [{ name: All, from: 2026-01-01, to: 2030-12-31 }]
roster:
  - { url: "env:ED_ROSTER", name: ED feed, format: icalendar }
  - { url: "env:QGENDA", name: QGenda, format: qgenda }
`;
const FILES = {
  "program.yaml": YAML,
  "people.csv": "id,name,role,slack\nr1,Ada,resident,U1\na1,Ben,attending,U2\n",
};
const CONFIGURED = {
  SLACK_BOT_TOKEN: "xoxb-1",
  SLACK_APP_TOKEN: "xapp-1",
  MicrosoftAppId: "an-id",
  MicrosoftAppTenantId: "a-tenant",
  MicrosoftAppPassword: "hush",
  ED_ROSTER: "https://roster.example/ed.ics",
  QGENDA: "email=a@example.org\npassword=b",
};
const EVERYWHERE = [
  "api.qgenda.com:443",
  "login.botframework.com:443",
  "login.microsoftonline.com:443",
  "roster.example:443",
  "slack.com:443",
  "smba.trafficmanager.net:443",
  "wss-backup.slack.com:443",
  "wss-primary.slack.com:443",
];

describe("behind a proxy that alone reaches the internet, and opens all with an authority of its own", () => {
  it("everything goes through it: Slack, its socket, Entra, feeds and QGenda", async () => {
    await using outside = await behindProxy(INTERNET, { user: "attune:p@ss" });
    using files = folder({ ...FILES, "ca.pem": outside.authority });
    const address = outside.proxy.replace("//", "//attune:p%40ss@");

    const ran = await commandLine(files).startWith(
      { ...CONFIGURED, HTTPS_PROXY: address, NODE_EXTRA_CA_CERTS: files.path("ca.pem") },
      "doctor",
    );

    expect(ran.stdout).toContain(
      `ok    proxy      HTTPS_PROXY, ${outside.proxy}, leads to slack.com, hooks.slack.com, files.slack.com, wss-primary.slack.com, wss-backup.slack.com, login.microsoftonline.com, `,
    );
    expect(ran.stdout).toMatch(/^ok {4}certificates {2}1 of your own are trusted, from .*ca\.pem$/mu);
    expect(ran.stdout).toContain("Slack: The bot token opens the workspace Sakura.");
    expect(ran.stdout).toContain("Slack: The socket opens.");
    expect(ran.stdout).toContain("Teams: credentials: Microsoft Entra gives the bot its token.");
    expect(ran.stdout).not.toContain("cannot be reached");
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/p@ss|p%40ss/u);
    expect(new Set(outside.tunnels)).toEqual(
      new Set([...EVERYWHERE, "files.slack.com:443", "hooks.slack.com:443"]),
    );
    expect(outside.requests).toEqual(
      expect.arrayContaining([
        "POST slack.com/api/auth.test",
        "GET wss-primary.slack.com/link/",
        "POST login.microsoftonline.com/a-tenant/oauth2/v2.0/token",
        "GET roster.example/ed.ics",
        "POST api.qgenda.com/v2/login",
      ]),
    );
  });
});
