import type { Command } from "commander";
import { programFiles } from "#src/config/program-files.ts";
import type { Settings } from "#src/config.ts";
import type { OneProgram } from "./stored-program.ts";

/** Adds `--program` to a command that works on one program. */
export const onProgram = (command: Command): Command =>
  command.option("--program <file>", "path of program.yaml (default: the only one of ATTUNE_PROGRAM)");

/** The path of the program that a command is to work on: the one that was named, else the only one there is. */
export function fileOf(command: Command, settings: () => Settings, named: string | undefined): string {
  const files = named === undefined ? settings().programFiles : programFiles(named);
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0) return only;
  if (only === undefined) command.error(`error: there is no program.yaml in ${named}`);
  const list = files.map((file) => `  --program ${file}`).join("\n");
  return command.error(`error: there are ${files.length} programs: say which one\n${list}`);
}

/** The settings, with that program. */
export const withProgram = (
  command: Command,
  settings: () => Settings,
  named: string | undefined,
): OneProgram => ({ ...settings(), programFile: fileOf(command, settings, named) });
