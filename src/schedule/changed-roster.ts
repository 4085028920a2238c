import type { Roster } from "#src/domain/roster.ts";
import type { RosterChange } from "#src/ports/store.ts";

/** The roster once a change is made, as the store makes it. */
export function changed(roster: Roster, { added, moved, removed, absences }: RosterChange): Roster {
  const gone = new Set([...removed, ...moved.map(({ from }) => from)].map((one) => one.id));
  const kept = roster.assignments.filter((one) => !gone.has(one.id));
  return { assignments: [...kept, ...moved.map(({ to }) => to), ...added], absences };
}
