import type { GivenPeople } from "#src/config/load-program.ts";
import type { PeopleWatch } from "#src/config/people-watch.ts";
import {
  isNoChange,
  peopleChange,
  peopleKept,
  type PeopleChange,
  type PeopleKept,
} from "#src/domain/people-change.ts";
import type { Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { RosterTrouble } from "#src/domain/roster-report.ts";
import type { Instant } from "#src/domain/time.ts";
import type { Log } from "#src/ports/log.ts";
import type { Store } from "#src/ports/store.ts";
import { describeProblem } from "#src/roster/text/problem.ts";

/** The people of a running program, as its people.csv has them. */
export interface CurrentPeople {
  /** Reads the file if it has changed, or what counts in its place: the people, where they are others than those that were kept last. */
  look(now: Instant, given?: GivenPeople): readonly Person[] | undefined;
  /** Whom `look` has found is who the program has now: told in the log, and written down for `doctor` and `plan --diff`. */
  keep(now: Instant): Promise<void>;
  /** Why the file as it is now is not followed. */
  troubles(): readonly RosterTrouble[];
  /** What is stored was emptied: what this process has is to be written down anew. */
  forget(): void;
}

export interface CurrentPeopleDeps {
  /** As it was at the start. */
  readonly program: Pick<Program, "id" | "people">;
  readonly watch: PeopleWatch;
  readonly log: Log;
  readonly notes: Pick<Store, "note" | "setNote">;
}

/** Follows a program's people.csv. A broken file keeps the people of the last good one, and is told once. */
export function currentPeople({ program, watch, log, notes }: CurrentPeopleDeps): CurrentPeople {
  let current = program.people;
  let latest = current;
  let isWrittenDown = false;
  let trouble: RosterTrouble | undefined;
  let told = "";

  return {
    look(now, given) {
      const found = watch.look(program.id, given);
      const problems = (found?.problems ?? []).map(describeProblem);
      if (found !== undefined) {
        for (const problem of problems.join("\n") === told ? [] : problems)
          log.warn({ problem }, "people.csv stays as it was last read");
        told = problems.join("\n");
        trouble = troubleOf(found.file, problems, trouble?.since ?? now);
      }
      const read = found?.people ?? current;
      // A file that was only touched is no news: written down once more, it would take the place of what another replica has noted since.
      latest = JSON.stringify(read) === JSON.stringify(current) ? current : read;
      return latest === current ? undefined : latest;
    },
    async keep(now) {
      if (latest !== current) {
        const change = peopleChange(peopleKept(current), peopleKept(latest));
        if (!isNoChange(change)) log.info(counted(change), "people.csv has changed");
        current = latest;
        isWrittenDown = false;
      }
      if (isWrittenDown) return;
      await writeDown(notes, { at: now, people: peopleKept(current) });
      isWrittenDown = true;
    },
    troubles: () => (trouble === undefined ? [] : [trouble]),
    forget() {
      isWrittenDown = false;
    },
  };
}

/** The operator finds every mistake in the log; here the first one stands for all. */
function troubleOf(name: string, problems: readonly string[], since: Instant): RosterTrouble | undefined {
  const [first, ...others] = problems;
  if (first === undefined) return undefined;
  return {
    name,
    of: "people",
    since,
    reason: others.length === 0 ? first : `${first} (and ${others.length} more)`,
    mend: true,
  };
}

const counted = (change: PeopleChange): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries<readonly string[]>({ ...change }).map(([what, ids]) => [what, ids.length]),
  );

/** People.csv as a running Attune has it, and since when. */
export interface NotedPeople {
  readonly at: Instant;
  readonly people: PeopleKept;
}

const KEY = "people.csv";

/** Every replica reads its own copy of the file: the note keeps the moment of whoever read it first. */
async function writeDown(notes: CurrentPeopleDeps["notes"], has: NotedPeople): Promise<void> {
  const before = await notedPeople(notes);
  // Not by what has changed: a note of an older version does not know every column, and is to.
  if (JSON.stringify(before?.people) === JSON.stringify(has.people)) return;
  await notes.setNote(KEY, JSON.stringify(has));
}

/** What a running Attune has taken up of people.csv; undefined before it has. */
export async function notedPeople(notes: Pick<Store, "note">): Promise<NotedPeople | undefined> {
  const text = await notes.note(KEY);
  return text === undefined ? undefined : (JSON.parse(text) as NotedPeople);
}
