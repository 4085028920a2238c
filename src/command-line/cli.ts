import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { readSettings } from "#src/config.ts";
import { unseen } from "#src/config/shapes.ts";
import { hiddenIn } from "#src/domain/text.ts";
import { AttuneError } from "#src/errors.ts";
import { useProxy } from "#src/runtime/use-proxy.ts";
import { terminalOutput, type Output } from "#src/commands/output.ts";
import { addCommands } from "./usage.ts";

const USAGE = 2;

/** The command line. Errors are one clear line and exit status 1; wrong use is status 2. */
export async function cli(argv: readonly string[]): Promise<void> {
  const output = terminalOutput();
  const hidden = argv
    .slice(2)
    .map(hiddenIn)
    .find((code) => code !== undefined);
  if (hidden !== undefined) {
    const [message, todo] = unseen(hidden);
    output.note(`error: an argument is not right: ${message}; ${todo}`);
    process.exitCode = USAGE;
    return;
  }
  useProxy(process.env);
  try {
    await commandLine(output).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = statusOf(error, output);
  }
}

function statusOf(error: unknown, output: Output): number {
  // Commander has printed its own line by now; --help and --version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  output.note(error instanceof AttuneError ? error.message : unforeseen(error));
  return 1;
}

/** A fault of ours. Where it happened is for whoever mends it. */
function unforeseen(error: unknown): string {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (process.env["ATTUNE_LOG_LEVEL"] === "debug") return stack ?? message;
  return `Attune failed: ${message.split("\n")[0]} (ATTUNE_LOG_LEVEL=debug shows where.)`;
}

function commandLine(output: Output): Command {
  const attune = new Command("attune")
    .description("Attune's command line. Each command explains itself: npm run -s attune -- plan --help")
    .version(version(), "--version", "print Attune's version")
    .helpOption("-h, --help", "explain this command")
    // So that a command may have a --version of its own.
    .enablePositionalOptions()
    .helpCommand(false)
    .exitOverride()
    .configureOutput({ writeOut: output.text, writeErr: (text) => output.note(text.trimEnd()) })
    .showHelpAfterError("(run with --help to see what is expected)");
  addCommands(
    attune,
    (database) =>
      readSettings(
        database === undefined ? process.env : { ...process.env, ATTUNE_DB: database, ATTUNE_DB_FILE: "" },
        PLATFORMS,
      ),
    output,
  );
  return attune;
}

function version(): string {
  const file = new URL("../../package.json", import.meta.url);
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
