import { dirname, join } from "node:path";
import { AttuneError } from "./errors.ts";
import { defaultDatabase, isOnServer } from "./config/database-place.ts";
import { teamsSettings, type TeamsSettings } from "./config/teams-settings.ts";
import { programFiles } from "./config/program-files.ts";
import { feedAddress } from "./config/feed-address.ts";
import type { AddressPlace } from "#src/roster/reading/source.ts";
import { secretFile } from "./config/secret-file.ts";
import { unseen } from "./config/shapes.ts";
import { cleanLine, hiddenIn } from "./domain/text.ts";
import { describeProblem, type Problem } from "#src/roster/text/problem.ts";

/** What the process was told by its surroundings. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  /** The path of a SQLite file, or postgres://… with its password. */
  readonly database: string;
  /** The paths of one program.yaml or more. */
  readonly programFiles: readonly string[];
  readonly playground: boolean;
  /** The path of the master key. */
  readonly keyFile: string;
  readonly logLevel: LogLevel;
  /** What a reader of /metrics has to bring; absent where anybody may read them. */
  readonly metricsToken?: string;
  /** Absent when Slack is not configured. */
  readonly slack?: SlackSettings;
  /** Absent when Teams is not configured. */
  readonly teams?: TeamsSettings;
}

/** How Attune joins a Slack workspace: over a socket that it opens itself, or called over HTTP with signed requests. */
export interface SlackSettings {
  readonly botToken: string;
  readonly way:
    | { readonly mode: "socket"; readonly appToken: string }
    | { readonly mode: "http"; readonly signingSecret: string };
  /** Another address of the Web API; Slack's own when absent. */
  readonly apiUrl?: string;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Reads the environment; an empty variable counts as absent. No value is repeated in a mistake, since some are secrets.
 * @throws AttuneError `config` that lists every mistake.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const problems: Problem[] = [];
  const wrong: Wrong = (field, message, todo) => {
    // One line for a secret whose file cannot be read, not a second that it is missing.
    const isTold = problems.some((problem) => problem.field === `${field}_FILE`);
    if (!isTold) problems.push({ file: "environment", field, message, todo });
  };
  const given = givenBy(env, wrong);

  const port = Number(given("PORT") ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    wrong("PORT", "expected a port number", "write one such as 3000");
  const slack = slackSettings(given, wrong);
  const teams = teamsSettings(given, wrong);
  const anyPlatform = slack !== undefined || teams !== undefined;
  const database = given("ATTUNE_DB") ?? defaultDatabase(anyPlatform);
  if (isOnServer(database) ? !URL.canParse(database) : /^\w+:\/\//.test(database)) {
    wrong(
      "ATTUNE_DB",
      "expected the path of a SQLite file or the address of a PostgreSQL database",
      "write one such as ./data/attune.db or postgres://attune:password@db.example/attune",
    );
  }
  const keyFile =
    given("ATTUNE_KEY_FILE") ??
    (isOnServer(database) ? "./data/attune.key" : join(dirname(database), "attune.key"));
  const level = given("ATTUNE_LOG_LEVEL")?.toLowerCase() ?? "info";
  const logLevel = LOG_LEVELS.find((one) => one === level);
  if (logLevel === undefined)
    wrong("ATTUNE_LOG_LEVEL", "expected a log level", `write ${LOG_LEVELS.join(", ")}`);
  const playground = given("ATTUNE_PLAYGROUND");
  if (playground !== undefined && !["0", "1"].includes(playground)) {
    wrong("ATTUNE_PLAYGROUND", "expected 1 or 0", "write 1 to show the playground");
  }

  const programs = given("ATTUNE_PROGRAM") ?? "program/program.yaml";
  const files = programFiles(programs);
  if (files.length === 0)
    wrong(
      "ATTUNE_PROGRAM",
      `there is no program.yaml in ${programs}, nor in a folder in it`,
      "name a program.yaml, several with commas between them, or a folder of programs",
    );
  if (playground === "1" && files.length > 1)
    wrong(
      "ATTUNE_PLAYGROUND",
      `the playground shows one program, and ATTUNE_PROGRAM names ${files.length}`,
      "name one program, or leave ATTUNE_PLAYGROUND empty",
    );
  const metricsToken = given("ATTUNE_METRICS_TOKEN");
  if (metricsToken !== undefined && !/^[\w.~+/-]+=*$/u.test(metricsToken))
    wrong(
      "ATTUNE_METRICS_TOKEN",
      "expected letters, digits and - . _ ~ + /",
      "make one with: openssl rand -hex 32",
    );

  if (problems.length > 0 || logLevel === undefined) {
    throw new AttuneError(
      "config",
      ["The settings are not right.", ...problems.map(describeProblem)].join("\n"),
    );
  }
  return {
    port,
    host: given("HOST") ?? "127.0.0.1",
    database,
    programFiles: files,
    playground: playground === undefined ? !anyPlatform && files.length === 1 : playground === "1",
    keyFile,
    logLevel,
    ...(metricsToken === undefined ? {} : { metricsToken }),
    ...(slack === undefined ? {} : { slack }),
    ...(teams === undefined ? {} : { teams }),
  };
}

/** Whether people are reached on a platform outside: such a process lives in real time, on a real database. */
export const isReal = ({ slack, teams }: Pick<Settings, "slack" | "teams">): boolean =>
  slack !== undefined || teams !== undefined;

/** Where a feed is published, from the place that program.yaml names. @throws AttuneError `rejected` */
export const addressOfFeed = (place: AddressPlace): string => feedAddress(place, process.env);

/**
 * A variable's text, or what is in the file that VARIABLE_FILE names for a secret. One with a character that nobody can
 * see is a mistake, told once.
 */
function givenBy(env: Readonly<Record<string, string | undefined>>, wrong: Wrong): Given {
  const told = new Set<string>();
  return (name) => {
    const read = secretFile(name, env);
    if (read !== undefined && "wrong" in read) {
      if (!told.has(name)) wrong(...read.wrong);
      told.add(name);
      return undefined;
    }
    const text = read?.secret ?? env[name]?.trim();
    if (text === undefined || text === "") return undefined;
    const hidden = hiddenIn(text);
    if (hidden === undefined) return text;
    if (!told.has(name)) wrong(name, ...unseen(hidden));
    told.add(name);
    return cleanLine(text);
  };
}

type Given = (name: string) => string | undefined;
type Wrong = (field: string, message: string, todo: string) => void;

/** With a signing secret Slack calls us over HTTP; else the app token opens a socket. */
function slackSettings(given: Given, wrong: Wrong): SlackSettings | undefined {
  const botToken = given("SLACK_BOT_TOKEN");
  const appToken = given("SLACK_APP_TOKEN");
  const signingSecret = given("SLACK_SIGNING_SECRET");
  const apiUrl = given("SLACK_API_URL");
  if (botToken === undefined) {
    if (appToken !== undefined || signingSecret !== undefined)
      wrong("SLACK_BOT_TOKEN", "it is missing", "copy the Bot User OAuth Token, which begins with xoxb-");
    return undefined;
  }
  if (!botToken.startsWith("xoxb-"))
    wrong("SLACK_BOT_TOKEN", "expected a bot token", "copy the one that begins with xoxb-");
  if (apiUrl !== undefined && !URL.canParse(apiUrl))
    wrong(
      "SLACK_API_URL",
      "expected an address",
      "write one such as https://slack.com/api/, or leave it empty",
    );
  const base = { botToken, ...(apiUrl === undefined ? {} : { apiUrl }) };
  if (signingSecret !== undefined) return { ...base, way: { mode: "http", signingSecret } };
  if (appToken?.startsWith("xapp-") === true) return { ...base, way: { mode: "socket", appToken } };
  wrong(
    "SLACK_APP_TOKEN",
    "expected an app-level token",
    "copy the one that begins with xapp-, or set SLACK_SIGNING_SECRET to be called over HTTP",
  );
  return undefined;
}
