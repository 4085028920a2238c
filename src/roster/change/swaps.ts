import type { PersonId } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import type { RosterChange } from "#src/ports/store.ts";

/** One shift that goes from one person to another. */
export interface Handover {
  readonly shift: Assignment;
  readonly from: PersonId;
  readonly to: PersonId;
}

/** A change of the roster as people speak of it. */
export interface ClassifiedChange {
  /** Each gives the other a shift. */
  readonly swaps: readonly (readonly [Handover, Handover])[];
  readonly handovers: readonly Handover[];
  readonly moved: readonly { readonly from: Assignment; readonly to: Assignment }[];
  /** The same shift of the same person, in another role. */
  readonly recast: readonly { readonly from: Assignment; readonly to: Assignment }[];
  readonly added: readonly Assignment[];
  readonly removed: readonly Assignment[];
}

/**
 * Finds who swapped with whom and who took over from whom: one person lacks a shift, another has one of the very
 * same time. What is left is moved, new or off the roster.
 */
export function classified({ added: all, moved, removed: gone }: RosterChange): ClassifiedChange {
  const anew = new Map(all.map((one) => [`${one.person} ${spanOf(one)}`, one]));
  const recast = gone.flatMap((from) => {
    const to = anew.get(`${from.person} ${spanOf(from)}`);
    return to === undefined ? [] : [{ from, to }];
  });
  const both = new Set(recast.flatMap(({ from, to }) => [from, to]));
  const added = all.filter((one) => !both.has(one));
  const removed = gone.filter((one) => !both.has(one));
  const given = [...removed, ...moved.filter(isAnotherTime).map(({ from }) => from)];
  const taken = [...added, ...moved.filter(isAnotherTime).map(({ to }) => to)];
  const takers = Map.groupBy(taken, spanOf);
  const handovers: Handover[] = [];
  const settled = new Set<Assignment>();
  for (const shift of given.toSorted((a, b) => a.start - b.start)) {
    const others = (takers.get(spanOf(shift)) ?? []).filter(
      (one) => one.person !== shift.person && !settled.has(one),
    );
    const other = others.find((one) => one.label === shift.label) ?? others[0];
    if (other === undefined) continue;
    settled.add(shift).add(other);
    handovers.push({ shift, from: shift.person, to: other.person });
  }
  const left = moved.filter(({ from, to }) => !settled.has(from) && !settled.has(to));
  const halves = moved.filter(({ from, to }) => settled.has(from) !== settled.has(to));
  return {
    ...paired(handovers),
    recast,
    moved: left,
    added: [...added, ...halves.map(({ to }) => to)].filter((one) => !settled.has(one)),
    removed: [...removed, ...halves.map(({ from }) => from)].filter((one) => !settled.has(one)),
  };
}

const spanOf = ({ start, end }: Assignment): string => `${start} ${end}`;

const isAnotherTime = ({ from, to }: { readonly from: Assignment; readonly to: Assignment }): boolean =>
  spanOf(from) !== spanOf(to);

function paired(handovers: readonly Handover[]): Pick<ClassifiedChange, "swaps" | "handovers"> {
  const swaps: [Handover, Handover][] = [];
  const single: Handover[] = [];
  const done = new Set<Handover>();
  for (const one of handovers) {
    if (done.has(one)) continue;
    const back = handovers.find(
      (other) => other !== one && !done.has(other) && other.from === one.to && other.to === one.from,
    );
    done.add(one);
    if (back === undefined) single.push(one);
    else {
      done.add(back);
      swaps.push([one, back]);
    }
  }
  return { swaps, handovers: single };
}
