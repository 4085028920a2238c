import { personId, type Person } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import type { Instant } from "#src/domain/time.ts";
import type { RosterDifference } from "#src/ports/file-desk.ts";
import { readIn } from "#src/roster/reading/read-roster.ts";
import type { ReadingRoom } from "#src/roster/reading/reading-task.ts";
import type { RosterSource } from "#src/roster/reading/source.ts";
import { isShortened, placeOf, type RosterProblem } from "#src/roster/text/problem.ts";
import { isUnknownName, unknownNames, type UnknownName } from "#src/roster/text/people/unknown-names.ts";

interface Unread {
  readonly room: ReadingRoom;
  readonly program: Program;
  readonly source: RosterSource;
  readonly bytes: Uint8Array;
  readonly now: Instant;
}

/** The names that are asked about, and what else was left out. */
export async function unreadOf(
  of: Unread,
  problems: readonly RosterProblem[],
): Promise<Pick<RosterDifference, "unknown" | "leftOut">> {
  const names = unknownNames(problems, of.program.people);
  const isPast = await namesOfThePast(of, names);
  // Of a name that was cut, an answer would be kept and never found again.
  const isAsked = (one: UnknownName): boolean => !isPast.has(one) && !isShortened(one.name);
  const unasked = names.filter((one) => !isAsked(one)).map(({ first }) => first);
  return {
    unknown: names
      .filter(isAsked)
      .map(({ name, shifts, nearest }) => ({ name, shifts, nearest: nearest.map(({ id }) => id) })),
    leftOut: [...problems.filter((one) => !isUnknownName(one)), ...unasked].map(placed),
  };
}

/**
 * Names all of whose shifts are over: who had left, say. They are history, and nobody is asked who they are. When a shift is over is
 * known once it is read: so the file is read as if each name were somebody's.
 */
async function namesOfThePast(
  { room, program, source, bytes, now }: Unread,
  names: readonly UnknownName[],
): Promise<ReadonlySet<UnknownName>> {
  if (names.length === 0) return new Set();
  const { bearers, reading } = await readAsThough({ room, program, source, bytes }, names);
  const entries = Map.groupBy(reading.entries, ({ person }) => person);
  return new Set(
    names.filter((one) => {
      const theirs = entries.get(bearers.get(one)!.id) ?? [];
      return theirs.length > 0 && theirs.every(({ end }) => end <= now);
    }),
  );
}

/** The file as it reads if each of these names were somebody's. */
async function readAsThough(
  { room, program, source, bytes }: Omit<Unread, "now">,
  names: readonly UnknownName[],
) {
  const bearers = new Map(
    names.map((one, at): [UnknownName, Person] => [
      one,
      {
        id: personId(`unknown-${at}`),
        name: one.name,
        roles: ["resident"],
        locale: program.locale,
        accounts: {},
      },
    ]),
  );
  const known = { ...program, people: [...program.people, ...bearers.values()] };
  const aliases = Object.fromEntries([...bearers].map(([{ name }, { id }]) => [name, id]));
  const read = await readIn(room, known, { ...source, aliases: { ...source.aliases, ...aliases } }, [bytes]);
  return { bearers, reading: read.reading };
}

/** Where something was left out, and why. */
export const placed = (problem: RosterProblem) => ({ place: placeOf(problem), why: problem.why });
