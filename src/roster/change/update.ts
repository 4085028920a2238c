import { outlookOf, type Outlook } from "#src/domain/outlook.ts";
import type { Roster } from "#src/domain/roster.ts";
import type { FindRosterUpdate, RosterUpdate } from "#src/ports/roster.ts";
import type { RosterChange } from "#src/ports/store.ts";

/** A change of the roster, with the roster as planning reads it once the change is made. */
export const updateOf = (before: Outlook, change: RosterChange): RosterUpdate => ({
  change,
  after: outlookOf({ ...before.input, roster: changed(before.input.roster, change) }),
});

/** A roster that is given and not read: all of it at the first look, and no change after that. */
export function givenRoster({ assignments, absences }: Roster): FindRosterUpdate {
  let isGiven = false;
  return async (before) => {
    if (isGiven) return undefined;
    isGiven = true;
    return updateOf(before, { added: assignments, moved: [], removed: [], absences });
  };
}

/** The roster once a change is made, as the store makes it: in the same order, too. */
function changed(roster: Roster, { added, moved, removed, absences }: RosterChange): Roster {
  const gone = new Set([...removed, ...moved.map(({ from }) => from)].map((one) => one.id));
  const kept = roster.assignments.filter((one) => !gone.has(one.id));
  const assignments = [...kept, ...moved.map(({ to }) => to), ...added].toSorted(
    (a, b) => a.start - b.start || order(a.id, b.id),
  );
  return {
    assignments,
    absences: absences.toSorted((a, b) => a.start - b.start || order(a.person, b.person)),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
