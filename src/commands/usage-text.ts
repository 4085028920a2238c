import type { Command } from "commander";
import type { Settings } from "#src/config.ts";
import type { Output } from "./output.ts";

/** The settings as the surroundings have them; with another database than theirs, where one is given. */
export type ReadSettings = (database?: string) => Settings;

/** Adds one command. */
export type Add = (attune: Command, settings: ReadSettings, output: Output) => void;

interface Explanation {
  readonly more?: string;
  readonly examples: readonly string[];
}

/** A command whose help says in a line or two what it does, and shows how it is called. */
export function explained(
  attune: Command,
  name: string,
  summary: string,
  { more, examples }: Explanation,
): Command {
  const calls = examples.map((example) => `  npm run -s attune -- ${example}`).join("\n");
  return attune
    .command(name)
    .summary(summary)
    .description(more === undefined ? summary : `${summary}\n${more}`)
    .addHelpText("after", `\nExample${examples.length === 1 ? "" : "s"}:\n${calls}`);
}
