import { agreements, strategySurface } from "#src/study/agreement.ts";
import { tablePicture, weeksPicture } from "#src/study/pictures.ts";
import { agreementCsv } from "#src/study/agreement-csv.ts";
import { agreementLines, comparisonLines, READ_AS, surfaceLines } from "#src/study/report.ts";
import { seeded } from "#src/simulation/random.ts";
import type { Output } from "../output.ts";
import { withProgramToLook, type OneProgram } from "../stored-program.ts";
import { made, written, type NamedFile } from "./folder.ts";
import { studied } from "./studied.ts";

export interface AgreementOptions {
  readonly compare?: true;
  readonly seed: number;
  readonly out?: string;
}

/** Prints how far two views of one shift agree, for all who take part in the study together. */
export const printAgreement = (
  settings: OneProgram,
  { compare, seed, out }: AgreementOptions,
  output: Output,
): Promise<void> =>
  withProgramToLook(settings, output, async (stored) => {
    const { data } = await studied(stored);
    const { aggregate } = stored.program.policy;
    const random = seeded(seed);
    const found = agreements(data.rows, aggregate, random);
    const surface = strategySurface(data.rows, aggregate, random);
    const help = found.find(({ wave }) => wave.id === "help");
    const blocks = [
      ...found.map(agreementLines),
      ...(surface === undefined ? [] : [surfaceLines(surface)]),
      ...(compare === true && help !== undefined ? [comparisonLines(help)] : []),
      READ_AS,
    ];
    output.line(blocks.map((lines) => lines.join("\n")).join("\n\n"));
    if (out === undefined) return;
    const pictures =
      help === undefined
        ? []
        : ([
            ["help-table", tablePicture(help)],
            ["help-by-week", weeksPicture(help)],
          ] as const);
    const files: readonly NamedFile[] = [
      ["agreement.csv", agreementCsv(found)],
      ...pictures.flatMap(([name, { svg, text }]): readonly NamedFile[] => [
        [`${name}.svg`, svg],
        [`${name}.txt`, text],
      ]),
    ];
    made(out);
    written(out, files);
    for (const [name] of files) output.note(`${out}/${name} is written.`);
  });
