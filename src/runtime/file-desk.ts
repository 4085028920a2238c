import type { PeopleWatch } from "#src/config/people-watch.ts";
import type { LoadedProgram } from "#src/config/load-program.ts";
import { peopleChange, peopleKept } from "#src/domain/people-change.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { FileDesk, FileDifference, Recognised, UnreadablePart } from "#src/ports/file-desk.ts";
import { PEOPLE, rosterPart } from "#src/domain/files.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Store } from "#src/ports/store.ts";
import {
  fingerprintOf,
  firstVersion,
  type FilesInForce,
  type NamedFile,
} from "#src/roster/reading/files-in-force.ts";
import { placeOf, shortened, type Problem } from "#src/roster/text/problem.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { workbookKind } from "#src/roster/sheets/workbook.ts";
import { peopleIn, peopleSheetsIn } from "./given-people.ts";
import { fileCounts } from "./file-counts.ts";
import { editedPeople } from "./edited-people.ts";
import { digestOf, rosterDifference } from "./roster-difference.ts";

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

/** What a people file would change, or every mistake in it. */
async function peopleDifference(deps: FileDeskDeps, file: KeptFile): Promise<FileDifference> {
  const { program, people: watch, store, now } = deps;
  const bytes = await store.fileBytes(file.id);
  const before = program();
  if (workbookKind(bytes) !== undefined)
    return {
      kind: "question",
      ask: "people-sheet",
      choices: await peopleSheetsIn(deps, file.about.name, bytes),
    };
  const found = watch?.check(before.id, { about: file.about, bytes });
  const { problems = [], people = [], shared = 0 } = found ?? {};
  if (found === undefined || problems.length > 0)
    return {
      kind: "unreadable",
      problems: problems.map((problem, at) =>
        mistakeOf(found?.file ?? "", problem, at >= problems.length - shared),
      ),
    };
  if (isElsewhere(before.people, people)) return { kind: "strangers", names: people.map(({ name }) => name) };
  if (before.people.some(coordinates) && !people.some(coordinates))
    return {
      kind: "unreadable",
      problems: [{ place: file.about.name, mistake: { code: "no-coordinator" } }],
    };
  const after = deps.shown({ ...before, people });
  const change = peopleChange(peopleKept(before.people), peopleKept(after.people));
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
    joined: change.joined.map((id) => {
      const { name, roles, rotations = [] } = is.get(id)!;
      return { name, roles: roles.join("+"), rotations };
    }),
    left,
    renamed: change.renamed.map((id) => ({ from: was.get(id)!.name, to: is.get(id)!.name })),
    inLatin: change.inLatin.map((id) => ({ name: is.get(id)!.name, nameEn: is.get(id)!.nameEn })),
    moved: change.moved.map((id) => is.get(id)!.name),
    recast: change.recast.map((id) => ({ name: is.get(id)!.name, roles: is.get(id)!.roles.join("+") })),
    inLanguage: change.inLanguage.map((id) => ({ name: is.get(id)!.name, locale: is.get(id)!.locale })),
    rotated: change.rotated.map((id) => ({ name: is.get(id)!.name, rotations: is.get(id)!.rotations ?? [] })),
    large: left.length > Math.max(1, before.people.length / 4) || left.some(({ shifts }) => shifts > 0),
  };
}

/** What is wrong with a list, for coordinators. Whose an address is in another program is that program's own matter. */
function mistakeOf(list: string, problem: Problem, isShared: boolean): UnreadablePart {
  const { file, field, mistake } = problem;
  const place = placeOf(problem);
  if (isShared) return { place, mistake: { code: "shared" } };
  // Whatever else it may be stands in program.yaml, and is nothing that a coordinator can mend.
  const { text, ...what } = mistake ?? { code: "program" };
  return {
    place,
    mistake: { ...what, ...(text !== undefined && { text: shortened(text) }) },
    // A column that is missing is named by its sentence.
    ...(file === list && field !== undefined && what.code !== "no-column" && { column: field }),
  };
}

const coordinates = ({ roles }: Person): boolean => roles.includes("coordinator");

/** Programs give out the same ids: a list in which nobody has kept both id and name is another program's, and would make people others. */
const isElsewhere = (before: readonly Person[], after: readonly Person[]): boolean => {
  const was = byId(before);
  return before.length > 1 && after.every(({ id, name }) => was.get(id)?.name !== name);
};

const byId = (people: readonly Person[]): ReadonlyMap<string, Person> =>
  new Map(people.map((person) => [person.id, person]));
