import { dirname, join } from "node:path";
import { AttuneError } from "./errors.ts";
import {
  databaseAddress,
  defaultDatabase,
  isOnServer,
  wrongDatabase,
  wrongPath,
} from "./config/database-place.ts";
import { programFiles } from "./config/program-files.ts";
import { environmentOf, type SecretPlace } from "./config/environment.ts";
import { feedSecret } from "./config/feed-address.ts";
import type { AddressPlace } from "#src/roster/reading/source.ts";
import { checkProxies, proxiesOf, proxyFor, type Proxy } from "./config/proxy.ts";
import { describeProblem, type Problem } from "#src/roster/text/problem.ts";
import type { ConfiguredPlatform, Environment, PlatformDescription } from "./ports/platform-description.ts";

/** The settings of the process, from the environment. */
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
  /** The token for reading /metrics. Absent if anybody may read them. */
  readonly metricsToken?: string;
  /** From where the secrets come that are set, each once. */
  readonly secrets: readonly SecretPlace[];
  /** The chat platforms that are configured, in the order of their list. */
  readonly platforms: readonly ConfiguredPlatform[];
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * Reads the environment. An empty variable counts as absent. Messages about mistakes contain no values, since some are secrets.
 * @param known the platforms that may be configured
 * @throws AttuneError `config` that lists every mistake.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  known: readonly PlatformDescription[],
): Settings {
  const problems: Problem[] = [];
  const { environment, secrets, tellMisspelt } = environmentOf(env, (field, message, todo) => {
    // A secret whose file cannot be read is reported once, and not also as missing.
    const isTold = problems.some((problem) => problem.field === `${field}_FILE`);
    if (!isTold) problems.push({ file: "environment", field, message, todo });
  });
  // Read everything before checking for mistakes, so that all mistakes are reported.
  const settings = { ...settingsOf(environment, known), secrets };
  checkProxies(env, environment.wrong);
  tellMisspelt();
  if (problems.length > 0)
    throw new AttuneError(
      "config",
      ["The settings are not right.", ...problems.map(describeProblem)].join("\n"),
    );
  return settings;
}

/** As far as they make sense: what does not has been told. */
function settingsOf(
  environment: Environment,
  known: readonly PlatformDescription[],
): Omit<Settings, "secrets"> {
  const { text, wrong } = environment;
  const port = portOf(environment);
  const platforms = known.flatMap((platform): readonly ConfiguredPlatform[] => {
    const settings = platform.readSettings(environment);
    return settings === undefined ? [] : [{ platform, settings }];
  });
  const database = databaseOf(environment, isReal({ platforms }));
  const keyFile = keyFileOf(environment, database);
  const logLevel = logLevelOf(environment);
  const asked = playgroundAsked(environment);
  const files = filesOf(environment);
  if (asked === true && files.length > 1)
    wrong(
      "ATTUNE_PLAYGROUND",
      `the playground shows one program, and ATTUNE_PROGRAM names ${files.length}`,
      "name one program, or leave ATTUNE_PLAYGROUND empty",
    );
  const metricsToken = metricsTokenOf(environment);
  return {
    port,
    host: text("HOST") ?? "127.0.0.1",
    database,
    programFiles: files,
    playground: asked ?? (!isReal({ platforms }) && files.length === 1),
    keyFile,
    logLevel,
    ...(metricsToken === undefined ? {} : { metricsToken }),
    platforms,
  };
}

function portOf({ text, wrong }: Environment): number {
  const given = text("PORT") ?? "3000";
  const port = Number(given);
  if (!/^\d+$/u.test(given) || port > 65_535)
    wrong("PORT", "expected a port number", "write one such as 3000");
  return port;
}

function databaseOf({ secret, wrong }: Environment, reachesPeople: boolean): string {
  const database = secret("ATTUNE_DB") ?? defaultDatabase(reachesPeople);
  const mistake = wrongDatabase(database);
  if (mistake !== undefined) wrong("ATTUNE_DB", mistake.message, mistake.todo);
  return databaseAddress(database);
}

function keyFileOf({ text, wrong }: Environment, database: string): string {
  const beside = isOnServer(database) ? "./data/attune.key" : join(dirname(database), "attune.key");
  const file = text("ATTUNE_KEY_FILE") ?? beside;
  const mistake = wrongPath(file);
  if (mistake !== undefined) wrong("ATTUNE_KEY_FILE", mistake.message, mistake.todo);
  return file;
}

function logLevelOf({ text, wrong }: Environment): LogLevel {
  const asked = text("ATTUNE_LOG_LEVEL")?.toLowerCase() ?? "info";
  const level = LOG_LEVELS.find((one) => one === asked);
  if (level === undefined)
    wrong("ATTUNE_LOG_LEVEL", "expected a log level", `write ${LOG_LEVELS.join(", ")}`);
  return level ?? "info";
}

/** Undefined where nobody says. */
function playgroundAsked({ text, wrong }: Environment): boolean | undefined {
  const asked = text("ATTUNE_PLAYGROUND");
  if (asked !== undefined && !["0", "1"].includes(asked))
    wrong("ATTUNE_PLAYGROUND", "expected 1 or 0", "write 1 to show the playground");
  return asked === undefined ? undefined : asked === "1";
}

function filesOf({ text, wrong }: Environment): readonly string[] {
  const programs = text("ATTUNE_PROGRAM") ?? "program/program.yaml";
  const files = programFiles(programs);
  if (files.length === 0)
    wrong(
      "ATTUNE_PROGRAM",
      `there is no program.yaml in ${programs}, nor in a folder in it`,
      "name a program.yaml, several with commas between them, or a folder of programs",
    );
  return files;
}

function metricsTokenOf({ secret, wrong }: Environment): string | undefined {
  const token = secret("ATTUNE_METRICS_TOKEN");
  if (token !== undefined && !/^[\w.~+/-]+=*$/u.test(token))
    wrong(
      "ATTUNE_METRICS_TOKEN",
      "expected letters, digits and - . _ ~ + /",
      "make one with: openssl rand -hex 32",
    );
  return token;
}

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Whether only this machine reaches what listens on a host. */
export const isLoopback = (host: string): boolean => LOOPBACK.has(host);

/** Whether a real platform is configured. Then the time is real, and so is the database. */
export const isReal = ({ platforms }: Pick<Settings, "platforms">): boolean => platforms.length > 0;

/** What the place of a feed's address has, line by line. @throws AttuneError `rejected` */
export const secretOfFeed = (place: AddressPlace): readonly string[] => feedSecret(place, process.env);

/** The proxy by which an address is asked; undefined where the way is direct. */
export const proxyHere = (url: URL): Proxy | undefined => proxyFor(url, process.env);

/** The proxies that the environment names. */
export const proxiesHere = (): readonly Proxy[] => proxiesOf(process.env);

/** The file of authorities that Node trusts beside its own. */
export const authoritiesFile = (): string | undefined => process.env["NODE_EXTRA_CA_CERTS"] || undefined;
