import { plainFile } from "#src/roster/reading/plain-file.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import { AttuneError } from "#src/errors.ts";
import { utc } from "#src/domain/time.ts";
import { seeded } from "#src/simulation/random.ts";
import { readScript } from "#src/simulation/script.ts";
import { simulate } from "#src/simulation/simulate.ts";
import type { TranscriptLine } from "#src/simulation/transcript.ts";
import { momentsOf, readProgram, rotationDays } from "./plan.ts";
import { commandLog, type Output } from "./output.ts";

export interface SimulateOptions {
  readonly program?: string;
  readonly from?: string;
  readonly to?: string;
  readonly script?: string;
  readonly random?: number;
  readonly json?: boolean;
}

/** Runs the whole engine on a virtual clock and prints what everybody would have seen. */
export async function runSimulation(file: string, options: SimulateOptions, output: Output): Promise<void> {
  const { program, zone, roster, notes } = await readProgram(file);
  for (const note of notes) output.note(note);
  const days = rotationDays(program);
  const span = momentsOf(zone, { from: options.from ?? days.from, to: options.to ?? days.to });
  const script =
    options.script === undefined ? [] : readScript(options.script, textOf(options.script), program);
  await simulate({
    program,
    roster,
    ...span,
    script,
    log: commandLog(output),
    emit: (line) => output.line(options.json === true ? JSON.stringify(line) : readable(line)),
    progress: (at) => output.progress(`simulating … ${utc(at).slice(0, 10)}`),
    ...(options.random === undefined ? {} : { random: seeded(options.random) }),
  });
}

/** Bytes: a hundred times what all people of a large program say in two months. */
const LONGEST = 10_000_000;

function textOf(file: string): string {
  const found = plainFile(file, LONGEST);
  if (!(found instanceof Uint8Array))
    throw new AttuneError("config", `${file}: the script cannot be read; check the path (${found.reason}).`);
  if (found.length > LONGEST)
    throw new AttuneError("config", `${file}: it is larger than 10 MB; check that it is the right file.`);
  return decode(found);
}

function readable(line: TranscriptLine): string {
  switch (line.type) {
    case "sent":
    case "edited":
      return `${line.at} ${line.type} to ${line.person}${line.kind === undefined ? "" : ` (${line.kind})`}\n${indented(line.text)}`;
    case "refused":
      return `${line.at} refused for ${line.person}: ${line.reason}\n${indented(line.text)}`;
    case "mismatch":
      return `${line.at} mismatch ${line.event}: ${line.resident} and ${line.attending}, ${line.item} (${line.direction})`;
    default:
      return line satisfies never;
  }
}

const indented = (text: string): string => text.replaceAll(/^/gm, "    ");
