import { personId } from "#src/domain/person.ts";
import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import { DAY, instant, later, type Instant } from "#src/domain/time.ts";
import type { RosterEntry } from "../text/reader.ts";

/**
 * What each roster of a program said when it was last read, by its name in program.yaml. The stored roster does not
 * know where a shift is from, and only who said it can take it back: next month's table says nothing of this month,
 * also about somebody who stands in a feed that does.
 */
export type Provenance = ReadonlyMap<string, ReadonlySet<string>>;

type Kind = RosterEntry["kind"];

/** A shift, or an absence, as one roster says it. */
export const entryKey = ({ person, start }: Pick<RosterEntry, "person" | "start">, kind: Kind): string =>
  `${person} ${start}${kind === "absence" ? " away" : ""}`;

/** Whom a roster spoke of when it was last read, and from which start to which; undefined where it said nothing. */
export function extentOf(said: Provenance, name: string) {
  const own = [...(said.get(name) ?? [])].map((one) => one.split(" "));
  if (own.length === 0) return undefined;
  const starts = own.map(([, start]) => Number(start)).toSorted((a, b) => a - b);
  return {
    people: new Set(own.map(([person]) => personId(person!))),
    first: instant(starts[0]!),
    last: instant(starts.at(-1)!),
  };
}

/** One roster, by its name in program.yaml, with what it says. */
export interface SourceEntries {
  readonly name: string;
  readonly entries: readonly RosterEntry[];
  /** It cannot be read, or was cut short: nobody knows what it says now. */
  readonly isUnknown: boolean;
}

/** Nothing that has ended so long ago is taken back. */
const KEPT = 3 * DAY;

/**
 * What is said now, and what was said before of what is stored still and said by nobody now. So it does not matter which
 * of the two is kept first, this or the change of the roster.
 */
export function provenanceAfter(
  before: Provenance,
  sources: readonly SourceEntries[],
  stored: Roster,
  now: Instant,
): Provenance {
  const since = later(now, -KEPT);
  const isKept = ({ end }: Pick<RosterEntry, "end">) => end > since;
  const standing = new Set([
    ...stored.assignments.filter(isKept).map((one: Assignment) => entryKey(one, "duty")),
    ...stored.absences.filter(isKept).map((one: Absence) => entryKey(one, "absence")),
  ]);
  const saidNow = new Set(sources.flatMap(({ entries }) => entries.map((one) => entryKey(one, one.kind))));
  const unknown = new Set(sources.filter(({ isUnknown }) => isUnknown).map(({ name }) => name));
  const all = new Map<string, Set<string>>();
  for (const [name, keys] of before) {
    const isOpen = (one: string) => standing.has(one) && (unknown.has(name) || !saidNow.has(one));
    all.set(name, new Set([...keys].filter(isOpen)));
  }
  for (const { name, entries } of sources) {
    const own = all.get(name) ?? new Set();
    for (const one of entries) if (isKept(one)) own.add(entryKey(one, one.kind));
    all.set(name, own);
  }
  return new Map([...all].filter(([, keys]) => keys.size > 0));
}

/** Where it is kept from one reading to the next, also over a restart. */
export interface ProvenanceStore {
  read(): Promise<Provenance>;
  write(said: Provenance): Promise<void>;
}

/** The notes of a store. */
interface Notes {
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;
}

const KEY = "roster said";

/** Kept among a program's notes. Written only where it is not what was read last. */
export function provenanceInNotes(notes: Notes): ProvenanceStore {
  let kept: string | undefined;
  return {
    async read() {
      kept = await notes.note(KEY);
      const found = kept === undefined ? [] : (JSON.parse(kept) as [string, string[]][]);
      return new Map(found.map(([name, keys]) => [name, new Set(keys)]));
    },
    async write(said) {
      const text = JSON.stringify([...said].map(([name, keys]) => [name, [...keys].toSorted()]));
      if (text === kept) return;
      await notes.setNote(KEY, text);
      kept = text;
    },
  };
}

/** Kept as long as the process lives. */
export function provenanceInProcess(): ProvenanceStore {
  let kept: Provenance = new Map();
  return {
    read: () => Promise.resolve(kept),
    write: (said) => {
      kept = said;
      return Promise.resolve();
    },
  };
}
