import type { PeopleWatch } from "#src/config/people-watch.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { FileDesk, Recognised } from "#src/ports/file-desk.ts";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import type { Store } from "#src/ports/store.ts";
import {
  fingerprintOf,
  firstVersion,
  type FilesInForce,
  type NamedFile,
} from "#src/roster/reading/files-in-force.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { peopleIn } from "./given-people.ts";
import { fileCounts } from "./file-counts.ts";
import { editedPeople } from "./edited-people.ts";
import { peopleDifference } from "./people-difference.ts";
import { rosterDifference } from "./roster-difference.ts";

export interface FileDeskDeps {
  readonly given: LoadedProgram;
  /** With the people whom it has now. */
  program(): Program;
  /** A program as it runs: the playground gives everybody an account. */
  shown(program: Program): Program;
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
  const { store, files, named, now } = deps;
  return {
    recognise: (name, bytes, sheet) => recognised(deps, name, bytes, sheet),
    fingerprint: fingerprintOf,
    readingOf: (part) => files.of(part)?.about.reading,
    async isInForce(part, fingerprint) {
      const [newest] = await store.filesOf(part);
      return newest?.about.fingerprint === fingerprint;
    },
    compare: (file) => (file.part === PEOPLE ? peopleDifference(deps, file) : rosterDifference(deps, file)),
    editPeople: (edit) => editedPeople(deps, edit),
    counts: (file, before) => fileCounts(deps, file, before),
    async firstVersion(part) {
      const own = named.find((one) => one.part === part);
      if (own !== undefined) return firstVersion(store, own, now());
      return (await store.filesOf(part))[0]?.place ?? 0;
    },
  };
}

/** What a file is of: the people by the columns of people.csv, else a roster; which one, by its name or because there is one. */
async function recognised(
  deps: FileDeskDeps,
  name: string,
  bytes: Uint8Array,
  sheet?: string,
): Promise<Recognised> {
  const { sources } = deps.given;
  const people = await peopleIn(deps, name, bytes, sheet);
  if (people !== undefined) return people;
  const rosters = sources.filter(({ path }) => path !== undefined);
  if (rosters.length === 0) return { kind: "feeds", names: sources.map((source) => source.name) };
  const alike = rosters.filter((source) => source.name.split("/").at(-1) === name);
  const [first, second] = alike.length > 0 ? alike : rosters;
  if (second === undefined) return { kind: "part", part: rosterPart(first!.name), bytes };
  return { kind: "several", parts: rosters.map((source) => rosterPart(source.name)) };
}
