import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { personId } from "#src/domain/person.ts";
import { makeFolders } from "#src/composition/make-folders.ts";
import { AttuneError } from "#src/errors.ts";
import type { Output } from "./output.ts";
import { elsewhereLines } from "./elsewhere-text.ts";
import { isOnRecord, unknownPerson } from "./known-person.ts";
import { personTables } from "./person-export.ts";
import { writeProgramFiles } from "./program-files.ts";
import { programTables } from "./program-export.ts";
import { withStoredProgram, type OneProgram, type StoredProgram } from "./stored-program.ts";
import { asCsv, asJson, type Tables } from "./table.ts";

export interface ExportOptions {
  readonly person?: string;
  /** The program as a whole; a text names its program.yaml. */
  readonly program?: string | true;
  readonly out: string;
  /** `files`: those that a fresh Attune starts from. */
  readonly format: "json" | "csv" | "files";
}

const STDOUT = "-";

/** Writes down what is kept of a person, or of the program as far as a coordinator may see it. */
export const exportStored = (settings: OneProgram, options: ExportOptions, output: Output): Promise<void> =>
  withStoredProgram(settings, output, async (stored) => {
    if (options.format !== "files") {
      await exportFrom(stored, options, options.format, output);
      if (options.person === undefined) return;
      for (const line of elsewhereLines(settings, options.person, "export")) output.note(line);
      return;
    }
    if (options.person !== undefined || options.out === STDOUT)
      throw new AttuneError(
        "config",
        "Files are of the whole program and need a folder: --program --out FOLDER.",
      );
    return writeProgramFiles(settings.programFile, stored, options.out, output);
  });

/** The same from a program that is open already. */
export async function exportFrom(
  stored: StoredProgram,
  { person, out }: ExportOptions,
  format: "json" | "csv",
  output: Output,
): Promise<void> {
  const tables = person === undefined ? await programTables(stored) : await allOf(stored, person, output);
  const text = format === "json" ? asJson(tables) : asCsv(tables);
  if (out === STDOUT) output.text(text);
  else output.line(`${written(out, `${person ?? stored.program.id}.${format}`, text)} is written.`);
}

async function allOf({ program, store, now }: StoredProgram, id: string, output: Output): Promise<Tables> {
  const person = program.people.find((one) => one.id === id);
  const record = await store.export(personId(id));
  if (person === undefined && !isOnRecord(record)) throw unknownPerson(program, id);
  await store.audit("command-line", "export", id, now);
  output.note(`This holds answers that only ${id} may see: hand it to ${id} and to nobody else.`);
  return personTables(personId(id), person, record);
}

/** A byte order mark tells a spreadsheet that a CSV is UTF-8: else it shows Japanese as noise. */
function written(folder: string, name: string, text: string): string {
  const file = join(folder, `attune-${name.replaceAll(/[^\p{L}\p{N}._-]/gu, "_")}`);
  try {
    makeFolders(folder);
    writeFileSync(file, name.endsWith(".csv") ? `\uFEFF${text}` : text, { flag: "wx", mode: 0o600 });
    return file;
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === "EEXIST"
        ? "is there already: take it away first, or name another folder"
        : `cannot be written (${(cause as NodeJS.ErrnoException).code ?? "error"}): name another folder`;
    throw new AttuneError("config", `${file} ${why}.`, { cause });
  }
}
