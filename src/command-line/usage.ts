import { Option, type Command } from "commander";
import { aDay, aPath, aWholeNumber } from "#src/commands/arguments.ts";
import type { EraseOptions } from "#src/commands/erase.ts";
import type { ExportOptions } from "#src/commands/export.ts";
import { fileOf, onProgram, withProgram } from "#src/commands/one-program.ts";
import type { AliasOptions } from "#src/commands/alias.ts";
import type { ImportOptions } from "#src/commands/import.ts";
import type { Output } from "#src/commands/output.ts";
import type { PlanOptions } from "#src/commands/plan.ts";
import type { WhyOptions } from "#src/commands/why.ts";
import type { SimulateOptions } from "#src/commands/simulate.ts";
import { addStudy } from "#src/commands/study/usage.ts";
import { addBackup, addMigrate, addRekey, addRestore } from "#src/commands/usage-database.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import type { PlatformDescription } from "#src/ports/platform-description.ts";
import { addInit, addStart } from "#src/commands/usage-setting-up.ts";
import { explained, type Add, type ReadSettings } from "#src/commands/usage-text.ts";

/**
 * Adds every command. What a command does is loaded when it runs: help comes at once, and in any surroundings,
 * since `settings` is asked for then, too.
 */
export function addCommands(attune: Command, settings: ReadSettings, output: Output): void {
  addInit(attune, settings, output);
  addDoctor(attune, settings, output);
  addPlan(attune, settings, output);
  addImport(attune, settings, output);
  addStart(attune, settings, output);
  addAliases(attune, settings, output);
  addSimulate(attune, settings, output);
  addExport(attune, settings, output);
  addErase(attune, settings, output);
  addWhy(attune, settings, output);
  addBackup(attune, settings, output);
  addRestore(attune, settings, output);
  addMigrate(attune, settings, output);
  addRekey(attune, settings, output);
  addStudy(attune, settings, output);
  for (const platform of PLATFORMS) addCommandsOf(platform, attune, settings, output);
}

const addDoctor: Add = (attune, settings, output) => {
  explained(attune, "doctor", "Look at everything that Attune needs, and say what to mend.", {
    more: "A line each: `warn` can wait, `fix` cannot, and makes the exit status 1. Attune may be running.",
    examples: ["doctor"],
  }).action(async () => (await import("#src/commands/doctor/doctor.ts")).examine(settings, output));
};

const addPlan: Add = (attune, settings, output) => {
  const command = spanned(
    explained(attune, "plan", "Print each nudge that the roster implies, by time and then person.", {
      more: "Times are in UTC. Nothing is stored or sent.",
      examples: [
        "plan --from 2026-12-01 --to 2026-12-07",
        "plan --program my-program/program.yaml --json | head -3",
        "plan --diff next-month.csv",
      ],
    }),
  )
    .addOption(
      new Option(
        "--diff [file]",
        "what the rosters, or this file in the place of one, would change",
      ).conflicts("json"),
    )
    .option("--as <roster>", "the roster of program.yaml whose place the file takes")
    .option("--ledger", "what became of every line, cell and event of the rosters");
  command.action(async (options: PlanOptions & DiffOptions) => {
    if (options.diff !== undefined) {
      const { importRoster } = await import("#src/commands/import.ts");
      const file = options.diff === true ? undefined : options.diff;
      await importRoster(withProgram(command, settings, options.program), file, options, false, output);
      return;
    }
    const { printPlan } = await import("#src/commands/plan.ts");
    await printPlan(fileOf(command, settings, options.program), options, output);
  });
};

interface DiffOptions {
  readonly diff?: string | true;
  readonly as?: string;
  readonly ledger?: true;
}

const addImport: Add = (attune, settings, output) => {
  const command = explained(attune, "import", "Apply a roster, and print what it changes.", {
    more:
      "The file takes the place of the roster that program.yaml names (the old one is kept as NAME.before). Without a\n" +
      "file, the rosters are read as they are. Attune may be running. Look first: attune plan --diff FILE",
    examples: ["import next-month.csv", "import corrected.ics --as roster.ics"],
  });
  onProgram(command)
    .argument("[file]", "a roster in the format of the one that it replaces", aPath)
    .option("--as <roster>", "the roster of program.yaml whose place the file takes")
    .option(
      "--confirm",
      "shifts of whole people that are off it, or of who is not in people.csv, are really gone",
    )
    .option("--ledger", "what became of every line, cell and event of the rosters")
    .action(async (file: string | undefined, options: ImportOptions & { readonly program?: string }) => {
      const { importRoster } = await import("#src/commands/import.ts");
      await importRoster(withProgram(command, settings, options.program), file, options, true, output);
    });
};

const addAliases: Add = (attune, settings, output) => {
  const command = explained(attune, "alias", "Write into program.yaml whom a name of the rosters means.", {
    more: "Comments stay. Which names mean nobody, attune doctor lists. A running Attune follows after its next start.",
    examples: ['alias "Surge T" r1', 'alias "Surge T" r1 --as december.csv'],
  });
  onProgram(command)
    .argument("<name>", "the name as the roster has it")
    .argument("<id>", "the person's id in people.csv")
    .option("--as <roster>", "only in this roster, as program.yaml names it (default: in all)")
    .action(async (name: string, id: string, options: AliasOptions & { readonly program?: string }) => {
      const { addAlias } = await import("#src/commands/alias.ts");
      addAlias(fileOf(command, settings, options.program), name, id, options, output);
    });
};

const addSimulate: Add = (attune, settings, output) => {
  const command = spanned(
    explained(
      attune,
      "simulate",
      "Run the whole engine on a virtual clock and print what everybody would see.",
      {
        more: `People do what a script or chance says. Nothing is stored or sent. A script's lines, in the program's local time:
{"at":"2026-12-01T07:50","person":"r1","nudge":"shift-goal","answers":{"goal":"procedures","help":3,"call":2,"feedback":"after"}}
{"at":"2026-12-01T12:00","person":"r1","say":"pause until 2026-12-05"}
{"at":"2026-12-01T09:10","person":"a1","settled":{"help":"2"},"with":"r1"}
What was settled is a value, "apart", or {"line":"own words"}.`,
        examples: [
          "simulate --random 7 --from 2026-12-01 --to 2026-12-02",
          "simulate --script monday.jsonl --json",
        ],
      },
    ),
  )
    .option("--script <file>", "what people do, a JSON object a line")
    .option("--random <seed>", "let people answer by chance, the same for the same number", aWholeNumber);
  command.action(async (options: SimulateOptions) => {
    const { runSimulation } = await import("#src/commands/simulate.ts");
    await runSimulation(fileOf(command, settings, options.program), options, output);
  });
};

const addExport: Add = (attune, settings, output) => {
  const command = explained(attune, "export", "Write down what is kept of one person, or of the program.", {
    more:
      "Everything of one person, for that person; or the program's roster, deliveries and figures, without anybody's\n" +
      "answers; or, with --format files, program.yaml, people.csv and roster.csv as they are in force. Where ATTUNE_PROGRAM names several programs, --program FILE says which, with --person too.",
    examples: [
      "export --person r1 > r1.json",
      "export --person r1 --format csv --out handed-over",
      "export --program",
      "export --program --format files --out moved",
      "export --person r1 --program north/program.yaml",
    ],
  })
    .option("--person <id>", "everything of one person")
    .option(
      "--program [file]",
      "the program as a whole: what a coordinator may see; or, with --person, whose",
    )
    .option("--out <folder>", "the folder to write a file into; - is the terminal", "-")
    .addOption(
      new Option("--format <format>", "how it is written").choices(["json", "csv", "files"]).default("json"),
    );
  command.action(async (options: ExportOptions) => {
    const { person, program } = options;
    if (person === undefined && program === undefined)
      command.error("error: say what to export: --person <id> or --program");
    if (person !== undefined && program === true)
      command.error("error: --person <id> and the whole --program are two exports: say one of them");
    const one = withProgram(command, settings, program === true ? undefined : program);
    await (await import("#src/commands/export.ts")).exportStored(one, options, output);
  });
};

const addErase: Add = (attune, settings, output) => {
  const command = explained(attune, "erase", "Destroy what is kept of one person.", {
    more:
      "Answers, messages, accounts and the key to their words; and Attune asks them nothing from then on. It cannot be\n" +
      "undone. Attune may be running.",
    examples: ["erase --person r1", "erase --person r1 --yes"],
  })
    .requiredOption("--person <id>", "the person's id in people.csv")
    .option("--yes", "do not ask once more");
  onProgram(command).action(async (options: EraseOptions & { readonly program?: string }) => {
    if (options.yes !== true && !process.stdin.isTTY)
      command.error("error: nobody is there to ask whether to erase for good; add --yes to do it");
    const one = withProgram(command, settings, options.program);
    await (await import("#src/commands/erase.ts")).erasePerson(one, options, output);
  });
};

const addWhy: Add = (attune, settings, output) => {
  const command = explained(attune, "why", "Tell why somebody got a message or did not, on one day.", {
    more:
      "Each message that was due or will be, the account that it goes to, and the next one. Whether or what somebody\n" +
      "answered is not told. Nothing is changed. Attune may be running.",
    examples: ["why r1", "why r1 --on 2026-12-01", "why a1 --on 2026-12-01 --language ja"],
  })
    .argument("<id>", "the person's id in people.csv")
    .option("--on <date>", "a local day, like 2026-12-01 (default: today)", aDay)
    .addOption(new Option("--language <language>", "default: the program's").choices(["en", "ja"]));
  onProgram(command).action(async (id: string, options: WhyOptions & { readonly program?: string }) => {
    const { printWhy } = await import("#src/commands/why.ts");
    await printWhy(withProgram(command, settings, options.program), id, options, output);
  });
};

/** A platform's own commands, as it describes them. */
function addCommandsOf(platform: PlatformDescription, ...[attune, settings, output]: Parameters<Add>): void {
  const surroundings = {
    settings: () => settings().platforms.find((one) => one.platform === platform)?.settings,
    line: (text: string) => output.line(text),
  };
  for (const own of platform.commands) {
    const command = explained(attune, own.name, own.summary, { examples: own.examples });
    for (const { flags, about, otherwise } of own.options) command.option(flags, about, otherwise);
    command.action((options: object) => own.run(options, surroundings));
  }
}

const spanned = (command: Command): Command =>
  onProgram(command)
    .option("--from <date>", "first local day, like 2026-03-29 (default: the first rotation's first)", aDay)
    .option("--to <date>", "last local day, included (default: a week after the last rotation)", aDay)
    .option("--json", "one JSON object a line");
