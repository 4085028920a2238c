import { createHash } from "node:crypto";
import { basename, dirname, resolve } from "node:path";
import { DEFAULT_GOALS } from "../domain/goals.ts";
import { personId, type Person } from "../domain/person.ts";
import { cleanLine } from "../domain/text.ts";
import type { Policy, Program, Research, Rotation } from "../domain/program.ts";
import { decode } from "#src/roster/text/tables/decode.ts";
import type { Problem } from "#src/roster/text/problem.ts";
import { readPeople, type HasAccounts, type PeopleFile } from "./people-file.ts";
import { plainFile } from "#src/roster/reading/plain-file.ts";
import { workbookKind } from "#src/roster/sheets/workbook.ts";
import { policyOf } from "./policy-shape.ts";
import { programProblems } from "./program-rules.ts";
import { goalOf, programShape, type ProgramFile } from "./program-shape.ts";
import { rosterSources } from "./roster-sources.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { NO_PATH, salvaged } from "./salvage.ts";
import { readYaml, shaped } from "./yaml-file.ts";

export interface LoadedProgram {
  readonly program: Program;
  readonly sources: readonly RosterSource[];
}

/** A program's files as far as they are right, with every mistake of program.yaml and people.csv. */
export interface CheckedProgram extends Partial<LoadedProgram> {
  readonly problems: readonly Problem[];
  /** Where it stands who the program is, and who is in it. */
  readonly places?: {
    readonly id: number;
    readonly peopleFile: string;
    readonly people: ReadonlyMap<Person, number>;
  };
}

/** A people.csv that counts in place of the one that program.yaml names. */
export interface GivenPeople {
  readonly about: { readonly name: string };
  readonly bytes: Uint8Array;
}

/** Reads program.yaml and the files that it names, or `people` in place of its people.csv. Never throws. */
export function checkProgram(
  path: string,
  platforms: readonly HasAccounts[],
  given?: GivenPeople,
): CheckedProgram {
  const file = basename(path);
  const text = textOf(path, path);
  if (typeof text !== "string") return { problems: [text] };
  const yaml = readYaml(file, text);
  if (yaml.problems.length > 0) return { problems: yaml.problems };

  const { value, problems, issues } = shaped(file, yaml, programShape);
  const said = value ?? salvaged(yaml.value, issues);
  if (said === undefined) return { problems };
  const policy = policyOf(said.policy);
  const people =
    given === undefined
      ? peopleOf(dirname(path), said, platforms)
      : readPeople(given.about.name, decode(given.bytes), said.locale, platforms, said.rotations);
  // Where nobody could be read, who else is named is no mistake of its own.
  const known = people?.people.length === 0 ? undefined : people?.people;
  const sources = rosterSources(dirname(path), said.roster);
  return {
    program: programOf(said, people?.people ?? [], policy),
    sources,
    places: {
      id: yaml.lineOf([said.id === undefined ? "name" : "id"]),
      peopleFile: said.people,
      people: people?.lines ?? new Map(),
    },
    problems: [
      ...[...problems, ...programProblems(file, yaml, said, known, policy)].toSorted(byLine),
      ...(people?.problems ?? []),
    ],
  };
}

const byLine = (one: Problem, other: Problem): number => (one.line ?? 0) - (other.line ?? 0);

function programOf(given: ProgramFile, people: readonly Person[], policy: Policy): Program {
  return {
    id: given.id ?? slug(given.name[given.locale]),
    name: given.name,
    timeZone: given.timeZone,
    locale: given.locale,
    rotations: given.rotations.map(({ name, from, to, residents }): Rotation => {
      const named = residents?.map((id) => personId(id));
      return { name, from, to, ...(named === undefined ? {} : { residents: named }) };
    }),
    people,
    goals: given.goals?.map(goalOf) ?? DEFAULT_GOALS,
    labels: new Map(Object.entries(given.labels ?? {}).map(([label, texts]) => [cleanLine(label), texts])),
    ...(given.support === undefined ? {} : { support: given.support }),
    ...(given.retention === undefined ? {} : { retention: given.retention }),
    policy,
    ...(given.start === "at-once" ? {} : { waitsForStart: true as const }),
    ...(given.research === undefined ? {} : { research: researchOf(given.research) }),
  };
}

/** Whatever changes of what participants are told makes another version. */
const researchOf = (given: NonNullable<ProgramFile["research"]>): Research => ({
  ...given,
  version: inLetters(
    createHash("sha256").update(JSON.stringify(given)).digest("hex").slice(0, VERSION_LENGTH),
  ),
});

const VERSION_LENGTH = 12;

/** Buttons carry it as a command, and no command may hold digits that look like a record number. */
const inLetters = (hex: string): string =>
  [...hex].map((digit) => "abcdefghijklmnop"[Number.parseInt(digit, 16)]).join("");

/** "ER 研修, St. Luke's" → "er-研修-st-luke-s": the letters of any script, since a name may have no other. */
const slug = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "") || "program";

function peopleOf(
  folder: string,
  given: ProgramFile,
  platforms: readonly HasAccounts[],
): (Omit<PeopleFile, "problems"> & Pick<CheckedProgram, "problems">) | undefined {
  if (given.people === NO_PATH) return undefined;
  const text = textOf(resolve(folder, given.people), given.people);
  return typeof text === "string"
    ? readPeople(given.people, text, given.locale, platforms, given.rotations)
    : { people: [], lines: new Map(), problems: [text] };
}

/** The largest file in bytes: a hundred times the longest lists of people and aliases. */
export const MOST_BYTES = 1_000_000;

function textOf(path: string, name: string): string | Problem {
  const found = plainFile(path, MOST_BYTES);
  if (!(found instanceof Uint8Array))
    return {
      file: name,
      message: `the file cannot be read (${found.reason})`,
      todo:
        found.reason === "EACCES"
          ? "let Attune's user read it, and enter its folders"
          : "put it there, or mend the path that names it",
    };
  if (workbookKind(found) !== undefined)
    return {
      file: name,
      message: "it is an Excel workbook, and no text",
      todo: "save it as CSV UTF-8, and name that file",
    };
  if (found.length <= MOST_BYTES) return decode(found);
  return { file: name, message: "it is larger than 1 MB", todo: "check that it is the right file" };
}
