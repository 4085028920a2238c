import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseDocument, stringify, type Document, type YAMLMap } from "yaml";
import { PEOPLE } from "#src/domain/files.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Roster } from "#src/domain/roster.ts";
import { loadProgram } from "#src/config/load-programs.ts";
import { makeFolders } from "#src/composition/make-folders.ts";
import { PLATFORMS } from "#src/composition/platforms.ts";
import { AttuneError } from "#src/errors.ts";
import { carryOut } from "#src/roster/reading/reading.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import type { Output } from "./output.ts";
import { filesAsInForce, rosterText, type WrittenRoster } from "./roster-files.ts";
import type { StoredProgram } from "./stored-program.ts";

const NAMES = { program: "program.yaml", people: "people.csv", roster: "roster.csv" } as const;
const SOURCE = { name: NAMES.roster, file: NAMES.roster, format: "csv" } as const;

/** Writes what is in force of a program as files that a fresh Attune starts from: its program.yaml, the people, and the rosters. */
export async function writeProgramFiles(
  programFile: string,
  { program, store }: StoredProgram,
  folder: string,
  output: Output,
): Promise<void> {
  const yaml = parseDocument(decode(readFileSync(programFile)).replaceAll("\r\n", "\n"));
  const inForce = (await store.filesInForce()).find(({ part }) => part === PEOPLE);
  const people =
    inForce === undefined
      ? readFileSync(resolve(dirname(programFile), String(yaml.get("people"))))
      : await store.fileBytes(inForce.id);
  const kept = await store.roster();
  const { sources } = loadProgram(programFile, PLATFORMS);
  const written = ofPeople(kept, program);
  const asInForce = await filesAsInForce(program, sources, store, written);
  const rosters = asInForce ?? [await asKept(program, written)];
  yaml.set("people", NAMES.people);
  const feeds = sources.flatMap(({ name, feed }, entry) => (feed === undefined ? [] : [{ name, entry }]));
  const entries = yaml.createNode(rosters.map((one) => entryOf(yaml, one)));
  if (feeds.length > 0) entries.commentBefore = feedsAside(yaml, feeds);
  yaml.set("roster", entries);
  // The id is the name's, unless it is stated: what is kept elsewhere is found by it.
  yaml.set("id", program.id);
  // What has started goes on where it is moved to.
  if ((await store.beginning())?.started !== undefined) yaml.set("start", "at-once");
  try {
    makeFolders(folder);
    const contents = [
      [NAMES.program, yaml.toString()],
      [NAMES.people, people],
      ...rosters.map(({ file, bytes }) => [file, bytes] as const),
    ] as const;
    refuseOver(contents.map(([name]) => join(folder, name)));
    for (const [name, content] of contents) {
      writeFileSync(join(folder, name), content, { flag: "wx", mode: 0o600 });
      output.line(`${join(folder, name)} is written.`);
    }
    for (const note of leftOutOf(kept, program)) output.note(note);
    if (asInForce === undefined) output.note(LOST);
    for (const { name } of feeds)
      output.note(`${name} is a feed: its shifts are written, and its entry is a comment in program.yaml.`);
  } catch (cause) {
    const { code = "error", path = folder } = cause as NodeJS.ErrnoException;
    const why =
      code === "EEXIST"
        ? "is there already: take it away first, or name another folder"
        : `cannot be written (${code}): name another folder`;
    throw new AttuneError("config", `${path} ${why}.`, { cause });
  }
}

/** All or nothing: half of a program beside half of another would start as neither. */
function refuseOver(files: readonly string[]): void {
  const path = files.find((file) => existsSync(file));
  if (path !== undefined) throw Object.assign(new Error(`${path} is there`), { code: "EEXIST", path });
}

/** Files in force that say something else than what is kept are in doubt, or were changed a moment ago. */
const LOST = `The roster files in force say something else than what is kept, so that it stands in ${NAMES.roster} alone: write the names, columns and codes of \`roster\` there anew, or export again once nothing is in doubt.`;

/** The entries of feeds, for whoever goes on to read them: what starts from these files alone has the shifts that were kept. */
const feedsAside = (yaml: Document, feeds: readonly { readonly entry: number }[]): string =>
  [
    "The shifts of a feed are in a file below. To go on reading the feed, put its entry in the place of that file's:",
    ...stringify(feeds.map(({ entry }) => yaml.getIn(["roster", entry])))
      .trimEnd()
      .split("\n"),
  ]
    .map((line) => ` ${line}`)
    .join("\n");

/** An entry of `roster` as it was, with the file and what was settled about it. */
const entryOf = (yaml: Document, { file, entry, reading }: WrittenRoster): object =>
  entry === undefined
    ? { file, format: SOURCE.format }
    : { ...(yaml.getIn(["roster", entry]) as YAMLMap).toJSON(), file, ...reading };

/** The roster as it is kept, as one file. */
async function asKept(program: Program, kept: Roster): Promise<WrittenRoster> {
  const text = rosterText(kept);
  await refuseOtherwise(program, text);
  return { file: SOURCE.file, bytes: new TextEncoder().encode(text), entry: undefined, reading: undefined };
}

const isOf =
  ({ people }: Program) =>
  ({ person }: { readonly person: PersonId }): boolean =>
    people.some(({ id }) => id === person);

/** Without whoever has left: what they worked is history, and the files say nothing of who they are. */
const ofPeople = ({ assignments, absences }: Roster, program: Program): Roster => ({
  assignments: assignments.filter(isOf(program)),
  absences: absences.filter(isOf(program)),
});

/** What is not written of whom, and why. */
function leftOutOf({ assignments }: Roster, program: Program): readonly string[] {
  const left = Map.groupBy(
    assignments.filter((one) => !isOf(program)(one)),
    ({ person }) => person,
  );
  return [...left].map(
    ([person, { length }]) =>
      `${person} is not in the list of people any more: ${length === 1 ? "1 shift is" : `${length} shifts are`} not written.`,
  );
}

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
