import { PLATFORMS } from "#src/composition/platforms.ts";
import type { InitAnswers } from "./init.ts";
import { onProgram, withProgram } from "./one-program.ts";
import { explained, type Add } from "./usage-text.ts";

/* The commands by which a new program begins. */

export const addInit: Add = (attune, _, output) => {
  explained(attune, "init", "Make the files of a new program by a few questions.", {
    more:
      "program.yaml, people.csv with the names that the roster has and a coordinator, and the roster beside them. Nothing is\n" +
      "written over. The coordinator is greeted first, and does the rest in the chat.",
    examples: ["init my-program", "init my-program --roster december.xlsx --zone Asia/Tokyo --language ja"],
  })
    .argument("<folder>", "where they are to be")
    .option("--site <name>", "what the site is called")
    .option("--zone <zone>", "its time zone (IANA)")
    .option("--language <language>", "en or ja")
    .option("--platform <platform>", PLATFORMS.map(({ name }) => name).join(" or "))
    .option("--roster <file>", "a roster as it is published")
    .option("--coordinator <name>", "who coordinates the program")
    .option("--contact <contact>", "their e-mail, or their account on the platform")
    .action(async (folder: string, options: InitAnswers) => {
      await (await import("./init.ts")).initProgram(folder, options, output);
    });
};

export const addStart: Add = (attune, settings, output) => {
  const command = explained(
    attune,
    "start-program",
    "Start a new program in the place of its coordinators.",
    {
      more:
        "A new program greets its coordinators, and asks nobody else anything before one of them taps Start. This is for\n" +
        "a program without one, or when nobody is there. It cannot be undone. Attune may be running, and\n" +
        "has to have run once: its first start makes the database in which a program is started.",
      examples: ["start-program", "start-program --program north/program.yaml"],
    },
  );
  onProgram(command).action(async (options: { readonly program?: string }) => {
    const { startProgram } = await import("./start-program.ts");
    await startProgram(withProgram(command, settings, options.program), output);
  });
};
