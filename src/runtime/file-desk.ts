import type { PeopleWatch } from "#src/config/people-watch.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import { peopleChange, peopleKept } from "#src/domain/people-change.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { FileDesk, FileDifference, Recognised } from "#src/ports/file-desk.ts";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Store } from "#src/ports/store.ts";
import {
  fingerprintOf,
  firstVersion,
  type FilesInForce,
  type NamedFile,
} from "#src/roster/reading/files-in-force.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { decode } from "#src/roster/text/decode.ts";
import { editedPeople } from "./edited-people.ts";
import { digestOf, rosterDifference } from "./roster-difference.ts";

export interface FileDeskDeps {
  readonly given: LoadedProgram;
  /** With the people whom it has now. */
  program(): Program;
  readonly store: Store;
  readonly files: FilesInForce;
  /** What the program's own files name. */
  readonly named: readonly NamedFile[];
  readonly people: PeopleWatch | undefined;
  readonly room: ReadingRoom;
  now(): Instant;
}

/** Reads and compares files that coordinators give. Nothing is changed by it. */
export function fileDesk(deps: FileDeskDeps): FileDesk {
  const { given, store, files, named, now } = deps;
  return {
    recognise: (name, bytes) => recognised(given, name, bytes),
    fingerprint: fingerprintOf,
    readingOf: (part) => files.of(part)?.about.reading,
    async isInForce(part, fingerprint) {
      const [newest] = await store.filesOf(part);
      return newest?.about.fingerprint === fingerprint;
    },
    compare: (file) => (file.part === PEOPLE ? peopleDifference(deps, file) : rosterDifference(deps, file)),
    editPeople: (edit) => editedPeople(deps, edit),
    async firstVersion(part) {
      const own = named.find((one) => one.part === part);
      if (own !== undefined) return firstVersion(store, own, now());
      return (await store.filesOf(part))[0]?.place ?? 0;
    },
  };
}

/** As the header of people.csv begins, in any order of its columns. */
const PEOPLE_COLUMNS = ["id", "name", "role"];

/** What a file is of: the people by the columns of people.csv, else a roster; which one, by its name or because there is one. */
function recognised({ sources }: LoadedProgram, name: string, bytes: Uint8Array): Recognised {
  const [header = ""] = decode(bytes.subarray(0, 2_000)).split(/\r\n|\n|\r/u);
  const columns = header.split(/[,;\t]/u).map((cell) => cell.replaceAll(/["\s]/gu, "").toLowerCase());
  if (PEOPLE_COLUMNS.every((column) => columns.includes(column))) return { kind: "part", part: PEOPLE };
  const rosters = sources.filter(({ path }) => path !== undefined);
  if (rosters.length === 0) return { kind: "feeds", names: sources.map((source) => source.name) };
  const alike = rosters.filter((source) => source.name.split("/").at(-1) === name);
  const [first, second] = alike.length > 0 ? alike : rosters;
  if (second === undefined) return { kind: "part", part: rosterPart(first!.name) };
  return { kind: "several", parts: rosters.map((source) => rosterPart(source.name)) };
}

/** What a people file would change, or every mistake in it. */
async function peopleDifference(
  { program, people: watch, store, now }: FileDeskDeps,
  file: KeptFile,
): Promise<FileDifference> {
  const bytes = await store.fileBytes(file.id);
  const before = program();
  const found = watch?.check(before.id, { about: file.about, bytes });
  const { problems = [], people = [], shared = 0 } = found ?? {};
  if (found === undefined || problems.length > 0)
    return {
      kind: "unreadable",
      problems: problems.map(({ file: place, line, field, message, todo }, at) => ({
        place: line === undefined ? place : `${place}:${line}`,
        ...(at < problems.length - shared
          ? { text: [field, `${message}; ${todo}`].filter(Boolean).join(": ") }
          : {}),
      })),
    };
  const change = peopleChange(peopleKept(before.people), peopleKept(people));
  const [was, is] = [byId(before.people), byId(people)];
  const coming = Map.groupBy(
    (await store.roster()).assignments.filter(({ start }) => start > now()),
    ({ person }) => person as string,
  );
  const left = change.left.map((id) => ({ name: was.get(id)!.name, shifts: coming.get(id)?.length ?? 0 }));
  const over = (await store.filesOf(PEOPLE))[0]?.place ?? 0;
  return {
    kind: "people",
    over,
    digest: digestOf([over, people]),
    people: people.length,
    joined: change.joined.map((id) => is.get(id)!.name),
    left,
    renamed: change.renamed.map((id) => ({ from: was.get(id)!.name, to: is.get(id)!.name })),
    moved: change.moved.map((id) => is.get(id)!.name),
    recast: change.recast.map((id) => ({ name: is.get(id)!.name, roles: is.get(id)!.roles.join("+") })),
    large: left.length > Math.max(1, before.people.length / 4) || left.some(({ shifts }) => shifts > 0),
  };
}

const byId = (people: readonly Person[]): ReadonlyMap<string, Person> =>
  new Map(people.map((person) => [person.id, person]));
