import { Command, CommanderError, InvalidArgumentError } from "commander";
import { readSettings } from "#src/config.ts";
import { AttuneError } from "#src/errors.ts";
import { terminalOutput, type Output } from "./output.ts";
import { momentsOf, nudgeLine, plannedBetween, readProgram, rotationDays } from "./plan.ts";
import { writeTeamsPackage, type TeamsPackageOptions } from "./teams-package.ts";
import { runSimulation, type SimulateOptions } from "./simulate.ts";

const USAGE = 2;

/** The command line. Errors are one clear line and exit status 1; wrong use is status 2. */
export async function cli(argv: readonly string[]): Promise<void> {
  const output = terminalOutput();
  try {
    await commandLine(output).parseAsync([...argv]);
  } catch (error) {
    process.exitCode = statusOf(error, output);
  }
}

function statusOf(error: unknown, output: Output): number {
  // Commander has printed its own line by now; --help and --version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (!(error instanceof AttuneError)) throw error;
  output.note(error.message);
  return 1;
}

function commandLine(output: Output): Command {
  const program = new Command("attune")
    .description("Attune's command line: check, plan, simulate, export, erase, back up.")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(run with --help to see what is expected)");
  const settings = readSettings(process.env);

  program
    .command("plan")
    .description("Print each nudge that the roster implies, by time and then person.")
    .option("--program <file>", "path of program.yaml", settings.programFile)
    .option("--from <date>", "first local day, like 2026-03-29")
    .option("--to <date>", "last local day, included")
    .option("--json", "one JSON object a line")
    .action((options: { program: string; from?: string; to?: string; json?: boolean }) => {
      const { program: site, zone, roster, notes } = readProgram(options.program);
      for (const note of notes) output.note(note);
      const days = rotationDays(site);
      const span = momentsOf(zone, { from: options.from ?? days.from, to: options.to ?? days.to });
      for (const nudge of plannedBetween(site, zone, roster, span)) {
        const { kind, person, subject, dueAt } = nudge;
        output.line(
          options.json === true
            ? nudgeLine(nudge)
            : `${new Date(dueAt).toISOString()}  ${kind.padEnd(18)}  ${person.padEnd(8)}  ${subject}`,
        );
      }
    });

  program
    .command("simulate")
    .description("Run the whole engine on a virtual clock and print what everybody would see.")
    .option("--program <file>", "path of program.yaml", settings.programFile)
    .option("--from <date>", "first local day, like 2026-03-29")
    .option("--to <date>", "last local day, included")
    .option("--script <file>", "what people do, a JSON object a line")
    .option("--random <seed>", "let people answer by chance, the same for the same number", wholeNumber)
    .option("--json", "one JSON object a line")
    .action((options: SimulateOptions) => runSimulation(options, output));

  program
    .command("teams-package")
    .description("Write the app package that an administrator uploads to Microsoft Teams.")
    .option("--app-id <id>", "the Azure bot's Microsoft App ID", settings.teams?.appId)
    .option("--url <address>", "where Attune is reached, like https://attune.hospital.example")
    .option("--developer <name>", "who runs Attune there", "Attune")
    .option("--privacy-url <address>", "a privacy page of your own")
    .option("--terms-url <address>", "terms of use of your own")
    .option("--version <number>", "the package's version", "1.0.0")
    .option("--out <file>", "where to write it", "attune-teams.zip")
    .action((options: TeamsPackageOptions) => writeTeamsPackage(options, output));

  return program;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError("expected a whole number.");
  return number;
}
