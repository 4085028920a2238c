import { expect, it } from "vitest";
import { readSettings } from "#src/config.ts";

it("needs nothing: the playground on loopback, beside an embedded database with its key", () => {
  expect(readSettings({})).toEqual({
    port: 3000,
    host: "127.0.0.1",
    database: "./data/attune.db",
    programFile: "program/program.yaml",
    playground: true,
    keyFile: "data/attune.key",
    logLevel: "info",
  });
});

it("takes what the environment says, and an empty variable for none", () => {
  const settings = readSettings({
    PORT: "8080",
    HOST: "0.0.0.0",
    ATTUNE_DB: "/data/er.db",
    ATTUNE_PROGRAM: "/etc/attune/program.yaml",
    ATTUNE_PLAYGROUND: "",
    ATTUNE_LOG_LEVEL: "WARN",
    SLACK_BOT_TOKEN: "",
  });

  expect(settings).toEqual({
    port: 8080,
    host: "0.0.0.0",
    database: "/data/er.db",
    programFile: "/etc/attune/program.yaml",
    playground: true,
    keyFile: "/data/attune.key",
    logLevel: "warn",
  });
});

it.each([
  [{ SLACK_BOT_TOKEN: "xoxb-1" }, false],
  [{ MicrosoftAppId: "an-id" }, false],
  [{ SLACK_BOT_TOKEN: "xoxb-1", ATTUNE_PLAYGROUND: "1" }, true],
  [{ ATTUNE_PLAYGROUND: "0" }, false],
])("shows the playground with %j: %s", (env, shown) => {
  expect(readSettings(env).playground).toBe(shown);
});

it("reports all mistakes at once, and repeats no value", () => {
  const env = {
    PORT: "eighty",
    ATTUNE_DB: "mysql://root:secret@host/db",
    ATTUNE_PLAYGROUND: "yes",
    ATTUNE_LOG_LEVEL: "loud",
  };

  expect(() => readSettings(env)).toThrow(
    [
      "The settings are not right.",
      "environment: PORT: expected a port number; write one such as 3000",
      "environment: ATTUNE_DB: expected the path of a SQLite file; write one such as ./data/attune.db",
      "environment: ATTUNE_LOG_LEVEL: expected a log level; write trace, debug, info, warn, error, fatal, silent",
      "environment: ATTUNE_PLAYGROUND: expected 1 or 0; write 1 to show the playground",
    ].join("\n"),
  );
});
