import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseDocument } from "yaml";
import { PEOPLE } from "#src/domain/files.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { utc } from "#src/domain/time.ts";
import { makeFolders } from "#src/composition/make-folders.ts";
import { AttuneError } from "#src/errors.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import type { Output } from "./output.ts";
import type { StoredProgram } from "./stored-program.ts";

const NAMES = { program: "program.yaml", people: "people.csv", roster: "roster.csv" } as const;
const SOURCE = { name: NAMES.roster, file: NAMES.roster, format: "csv" } as const;

/** Writes what is in force of a program as files that a fresh Attune starts from: its program.yaml, the people, and the roster as it is kept. */
export async function writeProgramFiles(
  programFile: string,
  { program, store }: StoredProgram,
  folder: string,
  output: Output,
): Promise<void> {
  const yaml = parseDocument(readFileSync(programFile, "utf8"));
  const inForce = (await store.filesInForce()).find(({ part }) => part === PEOPLE);
  const people =
    inForce === undefined
      ? readFileSync(resolve(dirname(programFile), String(yaml.get("people"))))
      : await store.fileBytes(inForce.id);
  const roster = rosterText(await store.roster());
  await refuseOtherwise(program, roster);
  yaml.set("people", NAMES.people);
  yaml.set("roster", yaml.createNode([{ file: SOURCE.file, format: SOURCE.format }]));
  // The id is the name's, unless it is stated: what is kept elsewhere is found by it.
  yaml.set("id", program.id);
  try {
    makeFolders(folder);
    for (const [name, content] of [
      [NAMES.program, yaml.toString()],
      [NAMES.people, people],
      [NAMES.roster, roster],
    ] as const) {
      writeFileSync(join(folder, name), content, { flag: "wx", mode: 0o600 });
      output.line(`${join(folder, name)} is written.`);
    }
  } catch (cause) {
    const { code = "error", path = folder } = cause as NodeJS.ErrnoException;
    const why =
      code === "EEXIST"
        ? "is there already: take it away first, or name another folder"
        : `cannot be written (${code}): name another folder`;
    throw new AttuneError("config", `${path} ${why}.`, { cause });
  }
}

/** As the roster format `csv` reads it; who is away stands in it as leave. */
function rosterText({ assignments, absences }: Roster): string {
  const rows = [
    ...assignments.map(({ person, start, end, label, role }) => [person, utc(start), utc(end), label, role]),
    ...absences.map(({ person, start, end }) => [person, utc(start), utc(end), "leave", ""]),
  ];
  return [["person", "start", "end", "label", "role"], ...rows]
    .map((row) => `${row.map(cell).join(",")}\n`)
    .join("");
}

const cell = (text: string): string =>
  /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** What is written has to say the same when it is read: a shift whose label sounds like leave would not. */
async function refuseOtherwise(program: Program, text: string): Promise<void> {
  const found = await carryOut({
    source: { ...SOURCE },
    pages: [new TextEncoder().encode(text)],
    program,
  });
  const [problem] = found.reading.notUnderstood;
  if (problem !== undefined)
    throw new AttuneError(
      "config",
      `The roster as it is kept cannot be written as a file: line ${problem.line ?? 1}, ${problem.message}.`,
    );
}
