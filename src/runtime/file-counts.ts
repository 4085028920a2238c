import type { PeopleWatch } from "#src/config/people-watch.ts";
import { PEOPLE } from "#src/domain/files.ts";
import { changedIn, peopleChange, peopleKept } from "#src/domain/people-change.ts";
import type { Program } from "#src/domain/program.ts";
import type { FileCounts } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { Store } from "#src/ports/store.ts";
import { changedBy } from "#src/roster/watch/followed-files.ts";

interface Counting {
  program(): Pick<Program, "id">;
  readonly store: Pick<Store, "note" | "fileBytes">;
  readonly people: PeopleWatch | undefined;
}

/** What a version in force has changed, in numbers: of a roster as it was taken up, of people by what both lists say. */
export async function fileCounts(
  { program, store, people }: Counting,
  file: KeptFile,
  before: KeptFile,
): Promise<FileCounts | undefined> {
  if (file.part !== PEOPLE) {
    const shifts = await changedBy(store, file);
    return shifts && { kind: "roster", ...shifts };
  }
  const readAs = async ({ id, about }: KeptFile) =>
    people?.check(program().id, { about, bytes: await store.fileBytes(id) });
  const [was, is] = [await readAs(before), await readAs(file)];
  if (was === undefined || is === undefined) return undefined;
  if (is.problems.length > 0) return { kind: "mistakes" };
  if (was.problems.length > 0) return undefined;
  const change = peopleChange(peopleKept(was.people), peopleKept(is.people));
  return {
    kind: "people",
    joined: change.joined.length,
    left: change.left.length,
    changed: changedIn(change).size,
  };
}
