import { describe, expect, it } from "vitest";
import { slack } from "#adapters/slack/index.ts";
import { teams } from "#adapters/teams/index.ts";
import { playgroundBeside, shownDatabase } from "#src/config/database-place.ts";
import { ownSettings } from "#test/support/own-settings.ts";
import { POISONS } from "#test/support/poisons.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";

it("needs nothing: the playground on loopback, on an embedded database of its own with its key", () => {
  expect(readSettings({}, PLATFORMS)).toEqual({
    port: 3000,
    host: "127.0.0.1",
    database: "./data/playground.db",
    programFiles: ["program/program.yaml"],
    playground: true,
    keyFile: "data/attune.key",
    logLevel: "info",
    secrets: [],
    platforms: [],
  });
});

it("takes what the environment says, and an empty variable for none", () => {
  const settings = readSettings(
    {
      PORT: "8080",
      HOST: "0.0.0.0",
      ATTUNE_DB: "/data/er.db",
      ATTUNE_PROGRAM: "/etc/attune/program.yaml",
      ATTUNE_PLAYGROUND: "",
      ATTUNE_LOG_LEVEL: "WARN",
      SLACK_BOT_TOKEN: "",
    },
    PLATFORMS,
  );

  expect(settings).toEqual({
    port: 8080,
    host: "0.0.0.0",
    database: "/data/er.db",
    programFiles: ["/etc/attune/program.yaml"],
    playground: true,
    keyFile: "/data/attune.key",
    logLevel: "warn",
    secrets: [{ variable: "ATTUNE_DB" }],
    platforms: [],
  });
});

it.each([
  [{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" }, false],
  [{ MicrosoftAppId: "an-id", MicrosoftAppPassword: "a-word", MicrosoftAppTenantId: "a-tenant" }, false],
  [{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", ATTUNE_PLAYGROUND: "1" }, true],
  [{ ATTUNE_PLAYGROUND: "0" }, false],
])("shows the playground with %j: %s", (env, shown) => {
  expect(readSettings(env, PLATFORMS).playground).toBe(shown);
});

it.each([
  { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" },
  { MicrosoftAppId: "an-id", MicrosoftAppPassword: "a-word", MicrosoftAppTenantId: "a-tenant" },
  { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", ATTUNE_PLAYGROUND: "1" },
])("keeps what people on a platform say apart from the playground, with the same key file: %j", (env) => {
  expect(readSettings(env, PLATFORMS)).toMatchObject({
    database: "./data/attune.db",
    keyFile: "data/attune.key",
  });
});

it.each([
  ["./data/attune.db", "data/playground.db"],
  ["/srv/er/real.db", "/srv/er/playground.db"],
  ["postgres://attune:hush@db.example/attune", "./data/playground.db"],
])("beside %s the playground's file is %s", (database, file) => {
  expect(playgroundBeside(database)).toBe(file);
});

describe("Slack", () => {
  it("opens a socket with an app token", () => {
    const settings = readSettings({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1" }, PLATFORMS);

    expect(ownSettings(settings, slack)).toEqual({
      botToken: "xoxb-1",
      way: { mode: "socket", appToken: "xapp-1" },
    });
  });

  it("is called over HTTP when there is a signing secret, at whatever address the API has", () => {
    const settings = readSettings(
      {
        SLACK_BOT_TOKEN: "xoxb-1",
        SLACK_APP_TOKEN: "xapp-1",
        SLACK_SIGNING_SECRET: "hush",
        SLACK_API_URL: "http://127.0.0.1:9/api/",
      },
      PLATFORMS,
    );

    expect(ownSettings(settings, slack)).toEqual({
      botToken: "xoxb-1",
      way: { mode: "http", signingSecret: "hush" },
      apiUrl: "http://127.0.0.1:9/api/",
    });
  });

  it.each([
    [{ SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN: it is missing"],
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN: expected an app-level token"],
    [{ SLACK_BOT_TOKEN: "xoxp-1", SLACK_APP_TOKEN: "xapp-1" }, "SLACK_BOT_TOKEN: expected a bot token"],
    [
      { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s", SLACK_API_URL: "nowhere" },
      "SLACK_API_URL: expected an address",
    ],
  ])("says what is wrong with %j", (env, problem) => {
    expect(() => readSettings(env, PLATFORMS)).toThrow(problem);
  });
});

describe("Teams", () => {
  const bot = { MicrosoftAppId: "an-id", MicrosoftAppTenantId: "a-tenant" };

  it("knows a bot of one tenant with its secret, and a managed identity without", () => {
    const single = readSettings({ ...bot, MicrosoftAppPassword: "hush" }, PLATFORMS);
    const managed = readSettings({ ...bot, MicrosoftAppType: "UserAssignedMSI" }, PLATFORMS);

    expect(ownSettings(single, teams)).toEqual({
      appId: "an-id",
      appPassword: "hush",
      tenantId: "a-tenant",
      appType: "SingleTenant",
    });
    expect(ownSettings(managed, teams)).toEqual({
      appId: "an-id",
      tenantId: "a-tenant",
      appType: "UserAssignedMSI",
    });
  });

  it.each([
    [{ MicrosoftAppId: "an-id" }, "MicrosoftAppTenantId: it is missing"],
    [bot, "MicrosoftAppPassword: it is missing"],
    [{ ...bot, MicrosoftAppType: "MultiTenant" }, "MicrosoftAppType: expected a kind of bot"],
    [{ ...bot, MicrosoftAppType: "UserAssignedMSI", MicrosoftAppPassword: "hush" }, "has none"],
    [{ MicrosoftAppId: "", MicrosoftAppPassword: "hush" }, "MicrosoftAppId: it is empty"],
  ])("says what is wrong with %j", (env, problem) => {
    expect(() => readSettings(env, PLATFORMS)).toThrow(problem);
  });
});

it("reports all mistakes at once, and repeats no value", () => {
  const env = {
    PORT: "eighty",
    ATTUNE_DB: "mysql://root:secret@host/db",
    ATTUNE_PLAYGROUND: "yes",
    ATTUNE_LOG_LEVEL: "loud",
  };

  expect(() => readSettings(env, PLATFORMS)).toThrow(
    [
      "The settings are not right.",
      "environment: PORT: expected a port number; write one such as 3000",
      "environment: ATTUNE_DB: expected the path of a SQLite file or the address of a PostgreSQL database; write one such as ./data/attune.db or postgres://attune:password@db.example/attune",
      "environment: ATTUNE_LOG_LEVEL: expected a log level; write trace, debug, info, warn, error, fatal, silent",
      "environment: ATTUNE_PLAYGROUND: expected 1 or 0; write 1 to show the playground",
    ].join("\n"),
  );
});

it("keeps no answers in memory alone", () => {
  expect(() => readSettings({ ATTUNE_DB: ":memory:" }, PLATFORMS)).toThrow(
    "environment: ATTUNE_DB: a database in memory is gone with the process; write the path of a SQLite file",
  );
});

describe("a database on a server", () => {
  it.each(["postgres://attune:hush@db.example/attune", "postgresql://db.example:5433/attune"])(
    "is taken as it is written: %s",
    (database) => {
      expect(readSettings({ ATTUNE_DB: database }, PLATFORMS).database).toBe(database);
    },
  );

  it("is shown without its name and password", () => {
    expect(shownDatabase("postgres://attune:hush@db.example:5433/attune")).toBe(
      "postgres://db.example:5433/attune",
    );
    expect(shownDatabase("./data/attune.db")).toBe("./data/attune.db");
  });
});

it.each([
  "PORT",
  "HOST",
  "ATTUNE_DB",
  "ATTUNE_KEY_FILE",
  "ATTUNE_PROGRAM",
  "SLACK_BOT_TOKEN",
  "MicrosoftAppId",
])("refuses what nobody can see in %s, by its name and without its value", (name) => {
  for (const bad of Object.values(POISONS)) {
    const read = () => readSettings({ [name]: `ope${bad}nsesame` }, PLATFORMS);

    expect(read).toThrow(new RegExp(`environment: ${name}: it holds a character that cannot be seen`));
    expect(read).not.toThrow(/nsesame/u);
  }
});

it.each(['"', "'"])(
  "names a value that stands in quotation marks (%s), once, and no second mistake of it",
  (mark) => {
    const quoted = (text: string) => `${mark}${text}${mark}`;
    const env = {
      SLACK_BOT_TOKEN: quoted("xoxb-1"),
      SLACK_SIGNING_SECRET: quoted("abc"),
      PORT: quoted("3000"),
    };

    expect(() => readSettings(env, PLATFORMS)).toThrow(
      [
        "The settings are not right.",
        ...["PORT", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"].map(
          (name) =>
            `environment: ${name}: the value stands in quotation marks; take them away: only a shell does that by itself`,
        ),
      ].join("\n"),
    );
  },
);

it.each([
  ["ATTUNE_KEYFILE", "ATTUNE_KEY_FILE"],
  ["ATTUNE_DB_FLIE", "ATTUNE_DB_FILE"],
  ["ATTUNE_PROGRAMS", "ATTUNE_PROGRAM"],
  ["attune_log_level", "ATTUNE_LOG_LEVEL"],
  ["MicrosoftAppID", "MicrosoftAppId"],
  ["slack_bot_token", "SLACK_BOT_TOKEN"],
  ["ATTNUE_DB", "ATTUNE_DB"],
])("refuses %s, which is written almost as %s, and says so without its value", (name, meant) => {
  const read = () => readSettings({ [name]: "a-value" }, PLATFORMS);

  expect(read).toThrow(
    `environment: ${name}: there is no such setting, and ${meant} is not set; call it ${meant} if that is meant, or another name if not`,
  );
  expect(read).not.toThrow("a-value");
});

it.each([
  // Kubernetes sets such names for a service called attune.
  {
    ATTUNE_PORT: "tcp://10.0.0.1:3000",
    ATTUNE_SERVICE_HOST: "10.0.0.1",
    ATTUNE_DB_PORT: "tcp://10.0.0.2:5432",
  },
  { ATTUNE_KEY_FILE: "here.key", ATTUNE_KEYFILE: "there.key" },
  { ATTUNE_KEYFILE: "" },
  { HOSTS: "a", PORTS: "1", POST: "x" },
  { host: "a", Port: "1" },
  // Other programs that speak to Slack and Microsoft have settings, too.
  {
    SLACK_API_TOKEN: "xoxp-1",
    SLACK_APP_TOKENS: "xapp-1",
    SLACK_BOT_TOKEN_2: "xoxb-2",
    MicrosoftAppIds: "x",
  },
])("leaves variables alone that are somebody else's: %j", (env) => {
  expect(() => readSettings(env, PLATFORMS)).not.toThrow();
});
