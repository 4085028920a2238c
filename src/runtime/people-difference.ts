import type { PeopleWatch } from "#src/config/people-watch.ts";
import { PEOPLE } from "#src/domain/files.ts";
import { peopleChange, peopleKept } from "#src/domain/people-change.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { FileDifference, UnreadablePart } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Store } from "#src/ports/store.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import { workbookKind } from "#src/roster/sheets/workbook.ts";
import { placeOf, shortened, type Problem } from "#src/roster/text/problem.ts";
import { peopleSheetsIn } from "./given-people.ts";
import { areAlike, peopleDoubts, withOtherIds } from "./people-doubts.ts";
import { differenceFingerprint } from "./roster-difference.ts";

interface Comparing {
  program(): Program;
  /** A program as it runs: the playground gives everybody an account. */
  shown(program: Program): Program;
  readonly store: Store;
  readonly people: PeopleWatch | undefined;
  readonly room: ReadingRoom;
  now(): Instant;
}

/** What a people file would change, or every mistake in it. */
export async function peopleDifference(deps: Comparing, file: KeptFile): Promise<FileDifference> {
  const { program, people: watch, store } = deps;
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
  if (isElsewhere(before.people, people)) {
    const known = withOtherIds(before.people, people);
    if (known.length > 0) return { kind: "other-ids", people: known };
    return { kind: "strangers", names: people.map(({ name }) => name) };
  }
  if (before.people.some(coordinates) && !people.some(coordinates))
    return {
      kind: "unreadable",
      problems: [{ place: file.about.name, mistake: { code: "no-coordinator" } }],
    };
  return comparedPeople(deps, before, people);
}

async function comparedPeople(
  { shown, store, now }: Comparing,
  before: Program,
  people: readonly Person[],
): Promise<FileDifference> {
  const after = shown({ ...before, people });
  const change = peopleChange(peopleKept(before.people), peopleKept(after.people));
  const doubts = await peopleDoubts(before.people, after.people, change, store);
  // Each is told once: what is in doubt says more than that a name or an address is another.
  const isOther = new Set<string>(doubts.others.map(({ id }) => id));
  const isUnreached = new Set<string>(doubts.unreached.map(({ id }) => id));
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
    fingerprint: differenceFingerprint([over, people, doubts]),
    people: people.length,
    joined: change.joined.map((id) => {
      const { name, roles, rotations = [] } = is.get(id)!;
      return { name, roles: roles.join("+"), rotations };
    }),
    left,
    ...doubts,
    renamed: change.renamed
      .filter((id) => !isOther.has(id))
      .map((id) => ({ from: was.get(id)!.name, to: is.get(id)!.name })),
    inLatin: change.inLatin.map((id) => ({ name: is.get(id)!.name, nameEn: is.get(id)!.nameEn })),
    moved: change.moved
      .filter((id) => !isOther.has(id) && !isUnreached.has(id))
      .map((id) => is.get(id)!.name),
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

/**
 * Programs give out the same ids: a list in which nobody has kept both id and name, or id and an address, is another program's, and would
 * make people others.
 */
const isElsewhere = (before: readonly Person[], after: readonly Person[]): boolean => {
  const was = byId(before);
  return before.length > 1 && !after.some((person) => areAlike(was.get(person.id), person));
};

const byId = (people: readonly Person[]): ReadonlyMap<string, Person> =>
  new Map(people.map((person) => [person.id, person]));
