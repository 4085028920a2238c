import { dirname, join } from "node:path";
import { AttuneError } from "./errors.ts";
import { describeProblem, type Problem } from "./roster/problem.ts";

/** What the process was told by its surroundings. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** The path of a SQLite file. */
  readonly database: string;
  /** The path of program.yaml. */
  readonly programFile: string;
  readonly playground: boolean;
  /** The path of the master key. */
  readonly keyFile: string;
  readonly logLevel: LogLevel;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Reads the environment; an empty variable counts as absent. No value is repeated in a mistake, since some are secrets.
 * @throws AttuneError `config` that lists every mistake.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: Problem[] = [];
  const given = (name: string): string | undefined => env[name]?.trim() || undefined;
  const wrong = (field: string, message: string, todo: string) =>
    problems.push({ file: "environment", field, message, todo });

  const port = Number(given("PORT") ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong("PORT", "expected a port number", "write one such as 3000");
  const database = given("ATTUNE_DB") ?? "./data/attune.db";
  if (/^\w+:\/\//.test(database)) {
    wrong("ATTUNE_DB", "expected the path of a SQLite file", "write one such as ./data/attune.db");
  }
  const level = given("ATTUNE_LOG_LEVEL")?.toLowerCase() ?? "info";
  const logLevel = LOG_LEVELS.find((one) => one === level);
  if (logLevel === undefined)
    wrong("ATTUNE_LOG_LEVEL", "expected a log level", `write ${LOG_LEVELS.join(", ")}`);
  const playground = given("ATTUNE_PLAYGROUND");
  if (playground !== undefined && !["0", "1"].includes(playground)) {
    wrong("ATTUNE_PLAYGROUND", "expected 1 or 0", "write 1 to show the playground");
  }

  if (problems.length > 0 || logLevel === undefined) {
    throw new AttuneError(
      "config",
      ["The settings are not right.", ...problems.map(describeProblem)].join("\n"),
    );
  }
  const anyPlatform = given("SLACK_BOT_TOKEN") !== undefined || given("MicrosoftAppId") !== undefined;
  return {
    port,
    host: given("HOST") ?? "127.0.0.1",
    database,
    programFile: given("ATTUNE_PROGRAM") ?? "program/program.yaml",
    playground: playground === undefined ? !anyPlatform : playground === "1",
    keyFile: given("ATTUNE_KEY_FILE") ?? join(dirname(database), "attune.key"),
    logLevel,
  };
}
