import { Help, InvalidArgumentError } from "commander";
import { plainFile } from "#src/roster/reading/plain-file.ts";
import { aWholeNumber } from "../arguments.ts";
import type { SimulateStudyOptions } from "./simulate.ts";
import { onProgram, withProgram } from "../one-program.ts";
import { explained, type Add, type ReadSettings } from "../usage-text.ts";

/** The commands of a study. Where no program has one, help does not speak of them. */
export const addStudy: Add = (attune, settings, output) => {
  const study = attune
    .command("study")
    .description("Data and figures of a study that is run on Attune (docs/study.md).");
  study.helpCommand(false).exitOverride();
  const usual = new Help();
  attune.configureHelp({
    visibleCommands: (command) =>
      usual.visibleCommands(command).filter((one) => one !== study || hasStudy(settings)),
  });
  addExport(study, settings, output);
  addAgreement(study, settings, output);
  addSimulate(study, settings, output);
};

/** Bytes: what a program.yaml may have. */
const LONGEST = 1_000_000;

/** Whether any program has a study, by a look at the files alone: help comes in any surroundings. */
function hasStudy(settings: ReadSettings): boolean {
  try {
    return settings().programFiles.some((file) => {
      const found = plainFile(file, LONGEST);
      return found instanceof Uint8Array && /^research:/mu.test(Buffer.from(found).toString("utf8"));
    });
  } catch {
    return false;
  }
}

type Options = { readonly program?: string };

const addExport: Add = (study, settings, output) => {
  const command = explained(
    study,
    "export",
    "Write what the study may have: pair-level data, codebook, REDCap files.",
    {
      more:
        "Only answers of two partners who both take part in the study, and did when they gave them. The ids are drawn anew each\n" +
        "time. The folder must be new. Each export stands in the audit log.",
      examples: ["study export --out study-2027-02-01"],
    },
  );
  onProgram(command)
    .requiredOption("--out <folder>", "a new or empty folder")
    .action(async ({ out, program }: Options & { readonly out: string }) => {
      const { exportStudy } = await import("./export.ts");
      await exportStudy(withProgram(command, settings, program), out, output);
    });
};

const SEED = 1;

const addAgreement: Add = (study, settings, output) => {
  const command = explained(
    study,
    "agreement",
    "Print how far two views of one shift agree, and whether they come together.",
    {
      more: "The same answers as in an export. Nothing is changed. Attune may be running.",
      examples: ["study agreement --compare", "study agreement --out agreement-2027-02-01"],
    },
  );
  onProgram(command)
    .option("--compare", "beside the published figures")
    .option("--seed <number>", "of the bootstrap; the same number gives the same limits", aWholeNumber, SEED)
    .option("--out <folder>", "a new or empty folder for a CSV and two pictures with a text beside each")
    .action(
      async ({
        program,
        ...options
      }: Options & { readonly compare?: true; readonly seed: number; readonly out?: string }) => {
        const { printAgreement } = await import("./agreement.ts");
        await printAgreement(withProgram(command, settings, program), options, output);
      },
    );
};

/** "8,16,24" as whole numbers from `least` to `most`. */
const numbers =
  (least: number, most: number, count?: number) =>
  (text: string): readonly number[] => {
    const found = text.split(",").map((one) => aWholeNumber(one));
    if (found.some((one) => one < least || one > most) || (count !== undefined && found.length !== count))
      throw new InvalidArgumentError(
        count === 1
          ? `expected a whole number from ${least} to ${most}.`
          : `expected ${count ?? "one or more"} whole numbers from ${least} to ${most}, with commas between them.`,
      );
    return found;
  };

const oneNumber = (least: number, most: number) => (text: string) => numbers(least, most, 1)(text)[0]!;

const addSimulate: Add = (study, _settings, output) => {
  explained(study, "simulate", "Plan a sample: how likely a study finds that agreement rises.", {
    more:
      "Made-up rotations with known truth run through the whole engine; studies are then drawn from what it took of them. It reads\n" +
      "and stores nothing of your program. With the usual numbers it takes some minutes.",
    examples: [
      "study simulate",
      "study simulate --residents 6,12,24 --answering 50,80 --equal 45,70 --seed 3",
    ],
  })
    .option("--weeks <number>", "how long a rotation is", oneNumber(2, 26), 8)
    .option("--residents <numbers>", "how many residents a study could have", numbers(5, 1_000), [8, 16, 32])
    .option("--answering <per cent>", "how often each side answers", numbers(1, 100), [50, 70, 90])
    .option(
      "--equal <first,last>",
      "per cent of equal answers in the first and the last week",
      numbers(0, 100, 2),
      [45, 65],
    )
    .option(
      "--bias <per cent>",
      "of answers that differ: the attending plans more help than wanted",
      oneNumber(0, 100),
      60,
    )
    .option("--pool <number>", "made-up residents for each answer rate", oneNumber(6, 500), 24)
    .option("--draws <number>", "studies drawn for each number of residents", oneNumber(10, 100_000), 1_000)
    .option("--seed <number>", "the same number gives the same table", aWholeNumber, SEED)
    .action(async (options: SimulateStudyOptions) => {
      const { simulateStudy } = await import("./simulate.ts");
      await simulateStudy(options, output);
    });
};
