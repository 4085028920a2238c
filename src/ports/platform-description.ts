import type { Person } from "../domain/person.ts";
import type { Distrust } from "./callers.ts";
import type { Check } from "./check.ts";
import type { Platform, PlatformDeps } from "./platform.ts";

/**
 * What a chat platform says of itself, before anything of it runs: its folder exports one, and src/composition/platforms.ts
 * lists them. Its SDK is loaded in `open`, `check` and a command's `run` only: a process pays for what it uses.
 */
export interface PlatformDescription<Own = unknown> {
  /** Its messenger's `platform`, and its column in people.csv: small letters. */
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  /**
   * Reads its settings. Undefined when it is not configured at all, and when they are wrong: then each mistake has been
   * told, and nothing starts.
   */
  readSettings(environment: Environment): Own | undefined;
  /** How it is configured, after "… is configured, ". Names no secret. */
  configuredHow(settings: Own): string;
  /** The hosts that it asks, all on port 443, for whoever has to let them through. This machine is none. */
  hosts(settings: Own): readonly string[];
  /** Makes it ready to be started; nothing is sent and nobody is asked yet. */
  open(settings: Own, deps: PlatformDeps): Promise<Platform>;
  /**
   * Looks at the installation for `attune doctor`, people of all programs included. Writes to nobody.
   *
   * @param found told each person's account, where the platform tells it of people who have not written
   */
  check(
    settings: Own,
    people: readonly Person[],
    found: (person: Person, account: string) => void,
  ): Promise<readonly Check[]>;
  /** What to do when its requests are refused for a reason; undefined where it does not call us. */
  mending(settings: Own): ((why: Distrust) => string) | undefined;
  /** Commands of its own, after Attune's. */
  readonly commands: readonly PlatformCommand<Own>[];
}

/** A platform with the settings that it has read itself: they are handed back to it, and nobody else looks into them. */
export interface ConfiguredPlatform<Own = unknown> {
  readonly platform: PlatformDescription<Own>;
  readonly settings: Own;
}

/** What surrounds the process, variable by variable. An empty variable counts as absent. */
export interface Environment {
  text(variable: string): string | undefined;
  /** The same of a secret, which may also stand in the file that VARIABLE_FILE names. */
  secret(variable: string): string | undefined;
  /** Tells a mistake, in words that repeat no value: some are secrets. Every mistake is told, and then nothing starts. */
  wrong(variable: string, message: string, todo: string): void;
}

/** A command of the command line's that is one platform's. */
export interface PlatformCommand<Own = unknown, Options extends object = object> {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** Calls of it, without what stands before its name. */
  readonly examples: readonly string[];
  readonly options: readonly CommandOption[];
  /** @throws AttuneError when it cannot be done: its message is all that is printed */
  run(options: Options, surroundings: CommandSurroundings<Own>): Promise<void>;
}

/** An option with a value: "--app-id <id>" arrives as `appId`. */
export interface CommandOption {
  readonly flags: string;
  readonly about: string;
  readonly otherwise?: string;
}

export interface CommandSurroundings<Own> {
  /**
   * The platform's settings; undefined when it is not configured.
   * @throws AttuneError `config` when anything in the environment is wrong
   */
  settings(): Own | undefined;
  /** Prints one line of the result. */
  line(text: string): void;
}
