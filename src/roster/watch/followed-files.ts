import type { Absence, Assignment, Roster } from "#src/domain/roster.ts";
import type { Instant } from "#src/domain/time.ts";
import { rosterNameOf, type FilePart } from "#src/domain/files.ts";
import type { ShiftCounts } from "#src/ports/file-desk.ts";
import type { KeptFile } from "#src/ports/files.ts";
import type { RosterChange, Store } from "#src/ports/store.ts";
import { changesNothing } from "../change/merge.ts";

/** What one version of a roster changed, so that it can be taken back exactly. */
interface Taken {
  readonly place: number;
  readonly added: readonly Assignment[];
  readonly moved: RosterChange["moved"];
  readonly removed: readonly Assignment[];
  readonly away: readonly Absence[];
  readonly back: readonly Absence[];
}

/** Which versions the stored roster follows already. */
interface Followed {
  readonly places: Readonly<Record<string, number>>;
  readonly taken: Readonly<Record<string, Taken>>;
}

/** One look at the rosters, as far as versions are concerned that people have put in force. */
export interface Turn {
  /**
   * A version is in force that the stored roster does not follow yet, and somebody has decided so: nothing of it is doubted.
   */
  readonly isDecided: boolean;
  /** What is to be done first: what the version that was undone has changed is taken back. */
  first(stored: Roster, now: Instant): RosterChange | undefined;
  /** This is what the versions change. */
  change(change: RosterChange, stored: Roster): Promise<void>;
  /** The stored roster follows them. */
  done(): Promise<void>;
}

const KEY = "roster files followed";
const NONE: Followed = { places: {}, taken: {} };

/** Remembers which versions are followed, also over a restart and in every replica. */
export function followedFiles(notes: Pick<Store, "note" | "setNote">) {
  const read = async (): Promise<Followed> => {
    const text = await notes.note(KEY);
    return text === undefined ? NONE : (JSON.parse(text) as Followed);
  };
  const write = (followed: Followed): Promise<void> => notes.setNote(KEY, JSON.stringify(followed));

  return {
    /** Undefined where the stored roster follows all of them. */
    async begin(inForce: readonly KeptFile[]): Promise<Turn | undefined> {
      const rosters = inForce.filter(({ part }) => rosterNameOf(part) !== undefined);
      if (rosters.length === 0) return undefined;
      const followed = await read();
      const fresh = rosters.filter(({ part, place }) => place !== followed.places[part]);
      if (fresh.length === 0) return undefined;
      const undone = fresh.flatMap(({ part, place = 0, why }) => {
        const taken = followed.taken[part];
        return why === "undo" && taken?.place === place - 1 ? [taken] : [];
      });
      return {
        isDecided: fresh.some(({ why }) => why !== "file"),
        first(stored, now) {
          const changes = undone.map((taken) => takenBack(taken, stored, now));
          return changes.find((one) => !changesNothing(one, stored));
        },
        async change(change, stored) {
          const [only, other] = fresh;
          if (only?.place === undefined || other !== undefined) return;
          if (followed.taken[only.part]?.place === only.place) return;
          await write({
            ...followed,
            taken: { ...followed.taken, [only.part]: takenOf(only.place, change, stored) },
          });
        },
        async done() {
          const places = fresh.map(({ part, place = 0 }): [FilePart, number] => [part, place]);
          await write({ ...(await read()), places: { ...followed.places, ...Object.fromEntries(places) } });
        },
      };
    },
  };
}

/** How many shifts a version in force has changed, where it changed any and was the only new one then. */
export async function changedBy(
  notes: Pick<Store, "note">,
  { part, place }: Pick<KeptFile, "part" | "place">,
): Promise<ShiftCounts | undefined> {
  const text = await notes.note(KEY);
  const taken = text === undefined ? undefined : (JSON.parse(text) as Followed).taken[part];
  if (taken === undefined || taken.place !== place) return undefined;
  const { added, removed, moved } = taken;
  return { added: added.length, removed: removed.length, moved: moved.length };
}

function takenOf(place: number, { added, moved, removed, absences }: RosterChange, stored: Roster): Taken {
  return {
    place,
    added,
    moved,
    removed,
    away: without(absences, stored.absences),
    back: without(stored.absences, absences),
  };
}

const keyOf = ({ person, start, end }: Absence): string => `${person} ${start} ${end}`;

function without(all: readonly Absence[], those: readonly Absence[]): readonly Absence[] {
  const known = new Set(those.map(keyOf));
  return all.filter((one) => !known.has(keyOf(one)));
}

/** The change backwards, of what is still so and not over. Once it is made, it changes nothing. */
function takenBack({ added, moved, removed, away, back }: Taken, stored: Roster, now: Instant): RosterChange {
  const there = new Map(stored.assignments.map((one) => [one.id, one]));
  const lost = back.filter(({ end }) => end > now);
  return {
    added: removed.filter(({ id, end }) => end > now && !there.has(id)),
    removed: added.filter(({ id }) => (there.get(id)?.end ?? now) > now).map(({ id }) => there.get(id)!),
    moved: moved.flatMap(({ from, to }) => {
      const is = there.get(from.id);
      return is !== undefined && is.end > now && is.start === to.start && is.end === to.end
        ? [{ from: is, to: from }]
        : [];
    }),
    absences: [...without(stored.absences, away), ...without(lost, stored.absences)],
  };
}
