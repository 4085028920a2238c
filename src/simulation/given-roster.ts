import type { Roster } from "#src/domain/roster.ts";
import type { FindRosterUpdate } from "#src/ports/roster.ts";
import { updateOf } from "#src/roster/change/merge.ts";

/** A roster that is given and not read: all of it at the first look, and no change after that. */
export function givenRoster({ assignments, absences }: Roster): FindRosterUpdate {
  let isGiven = false;
  return async (before) => {
    if (isGiven) return undefined;
    isGiven = true;
    return updateOf(before, { added: assignments, moved: [], removed: [], absences });
  };
}
