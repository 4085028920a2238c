import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { codebook } from "#src/study/codebook.ts";
import { csvOfObjects } from "#src/study/csv.ts";
import { LONG_COLUMNS, longRows, type NewId } from "#src/study/long-file.ts";
import { manifestOf } from "#src/study/manifest.ts";
import { redcapDictionary, redcapImport } from "#src/study/redcap.ts";
import type { Output } from "../output.ts";
import { withStoredProgram, type OneProgram, type StoredProgram } from "../stored-program.ts";
import { made, written } from "./folder.ts";
import { studied } from "./studied.ts";

/** Writes what a study may have into a new folder, and the export into the audit log. */
export const exportStudy = (settings: OneProgram, folder: string, output: Output): Promise<void> =>
  withStoredProgram(settings, output, (stored) => exportInto(folder, stored, output));

/** The same of a program that is opened. Whatever is written stands in the audit log before. */
export async function exportInto(folder: string, stored: StoredProgram, output: Output): Promise<void> {
  const files = await studyFiles(stored, randomIds());
  made(folder);
  await stored.store.audit("command-line", "study-export", stored.program.id, stored.now);
  written(folder, files);
  for (const [name] of files) output.line(`${join(folder, name)} is written.`);
  output.note(
    "These files are restricted: pseudonymous, and whoever knows the roster can recognise people. Keep them as the approval says.",
  );
}

/** An export's files by name. */
export async function studyFiles(
  stored: StoredProgram,
  newId: NewId,
): Promise<readonly (readonly [name: string, text: string])[]> {
  const { program } = stored;
  const { research, data } = await studied(stored);
  const rows = longRows(data.rows, newId);
  const files: readonly (readonly [string, string])[] = [
    ["restricted-pairs.csv", csvOfObjects(LONG_COLUMNS, rows)],
    ["restricted-redcap-import.csv", redcapImport(rows)],
    ["redcap-dictionary.csv", redcapDictionary()],
    ["codebook.csv", codebook(program)],
  ];
  const listed = files.map(([name, text]) => ({
    name,
    bytes: Buffer.byteLength(text),
    sha256: createHash("sha256").update(text).digest("hex"),
  }));
  return [...files, ["manifest.json", manifestOf(program, research, data, rows, listed)]];
}

/** Ids of 40 random bits, each once. */
function randomIds(): NewId {
  const given = new Set<string>();
  return (letter) => {
    for (;;) {
      const id = `${letter}${randomBytes(5).toString("hex")}`;
      if (given.has(id)) continue;
      given.add(id);
      return id;
    }
  };
}
