import type { PersonId } from "#src/domain/person.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { ReadingWindow } from "./merge.ts";
import type { RosterProblem } from "../text/problem.ts";
import type { RosterEntry, RosterReading } from "../text/reader.ts";

/** One roster of several, as it was read. */
export interface PartOfRoster {
  readonly reading: RosterReading;
  /** Everything in it is about this person. */
  readonly person: PersonId | undefined;
}

/**
 * Each roster speaks about the people it names. Who is in none of them has no shifts any more, unless a
 * roster could not be read: then nothing is known about the people that it may have named.
 */
export function windowsOf(
  people: readonly PersonId[],
  parts: readonly PartOfRoster[],
): readonly ReadingWindow[] {
  const named = new Set(parts.flatMap(({ reading }) => reading.entries.map((entry) => entry.person)));
  const unknown = parts.filter(({ reading }) => reading.unreadable ?? reading.incomplete ?? false);
  const unnamed = unknown.length > 0 ? [] : people.filter((id) => !named.has(id));
  // Somebody's own calendar that cannot be read may have what the other rosters lack.
  const silent = new Set(unknown.map(({ person }) => person));
  return parts.flatMap(({ reading, person }): readonly ReadingWindow[] => {
    const duties = reading.entries.filter((entry) => entry.kind === "duty");
    if (duties.length === 0 || reading.incomplete === true) return [];
    let start: Instant = instant(Number.MAX_SAFE_INTEGER);
    let end: Instant = instant(Number.MIN_SAFE_INTEGER);
    for (const duty of duties) {
      if (duty.start < start) start = duty.start;
      if (duty.end > end) end = duty.end;
    }
    const own = new Set(reading.entries.map((entry) => entry.person));
    if (person === undefined) for (const id of unnamed) own.add(id);
    for (const id of own) if (silent.has(id)) own.delete(id);
    return [{ people: own, start, end, ...(person === undefined ? {} : { personal: true as const }) }];
  });
}

/** Nobody works two shifts at once: both are kept, since nobody can tell which is right. */
export function doubled(entries: readonly RosterEntry[]): readonly RosterProblem[] {
  const duties = Map.groupBy(
    entries.filter((entry) => entry.kind === "duty"),
    (entry) => entry.person,
  );
  return [...duties].flatMap(([person, own]) => {
    const ordered = own.toSorted((a, b) => a.start - b.start || a.end - b.end);
    return ordered.flatMap((duty, index): readonly RosterProblem[] => {
      const before = ordered[index - 1];
      const isCopy = before?.start === duty.start && before.end === duty.end;
      if (before === undefined || before.end <= duty.start || isCopy) return [];
      const when = [before, duty]
        .map((one) => `${new Date(one.start).toISOString().slice(0, 16)}Z`)
        .join(" and ");
      const message = `${person} is on two shifts at once, starting ${when}`;
      const why = { code: "doubled", people: [person], at: duty.start } as const;
      return [{ file: "roster", message, todo: "take one of them out", why }];
    });
  });
}
