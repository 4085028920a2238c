import { keepable } from "#src/domain/keepable.ts";
import type { RosterChange } from "#src/ports/store.ts";

/** A change of the roster without what no database can keep, and how much that was. Readers have named it. */
export function keepableChange(given: RosterChange): {
  readonly change: RosterChange;
  readonly refused: number;
} {
  const added = keepable(given.added);
  const absences = keepable(given.absences);
  const moved = keepable(given.moved.map(({ from, to }) => ({ ...to, from })));
  return {
    change: {
      ...given,
      added: added.entries,
      moved: moved.entries.map(({ from, ...to }) => ({ from, to })),
      absences: absences.entries,
    },
    refused: added.refused.length + moved.refused.length + absences.refused.length,
  };
}
