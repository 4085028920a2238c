import { ITEMS, type Item, type ItemId } from "#src/domain/forms.ts";
import type { PersonId } from "#src/domain/person.ts";
import { hasAnswered } from "#src/domain/visibility.ts";
import type { Seen, Step, View } from "../view/view.ts";

/** How an attending answers for several residents. */
export interface Grouping<Id extends ItemId> {
  /** The question whether once for everyone; undefined where there is nothing to choose. */
  readonly scope: Step<Id> | undefined;
  /** Those whom one answer is for. */
  readonly together: readonly Seen[];
  /** Those who are answered for one by one: each resident with all of their shifts. */
  readonly apart: readonly (readonly Seen[])[];
}

/**
 * Who of several residents gets the same answer. Whoever joins after the first answer for everyone is answered for by
 * themselves: what was said before was not said of them.
 *
 * @param item the question whether once for everyone
 * @param first the items by which it is known whom an answer was given for
 */
export function answeredTogether<Id extends ItemId>(
  view: View,
  among: readonly Seen[],
  item: Item<Id>,
  ...first: readonly ItemId[]
): Grouping<Id> {
  const isBegun = ({ circle, replies }: Seen) =>
    replies.some(
      (one) => one.person === view.reader.id && one.about === circle.resident && first.includes(one.item),
    );
  const isWhole = ({ circle, replies }: Seen) =>
    first.some((id) => hasAnswered(replies, view.reader.id, circle.resident, ITEMS[id]));
  const each = (those: readonly Seen[]) => byResident(those).map((shifts) => joined(shifts, isWhole));
  if (residentsIn(among).length <= 1) return { scope: undefined, together: [], apart: each(among) };
  const saysIn = ({ replies }: Seen) =>
    replies.find((one) => one.person === view.reader.id && one.item === item.id);
  // It was said where the first of them stood then.
  const seen = among.find((one) => saysIn(one) !== undefined) ?? among[0]!;
  const scope: Step<Id> = { item, about: undefined, targets: [{ seen, about: undefined }] };
  const said = saysIn(seen)?.value;
  if (said === "each") return { scope, together: [], apart: each(among) };
  if (!among.some(isBegun)) return { scope, together: among, apart: [] };
  if (said === undefined) return { scope: undefined, together: [], apart: each(among) };
  return { scope, together: among.filter(isBegun), apart: each(among.filter((one) => !isBegun(one))) };
}

/** A resident may have two entries on the roster within one shift of their attending: that is one person to plan and look back with. */
export const byResident = (among: readonly Seen[]): readonly (readonly Seen[])[] => [
  ...Map.groupBy(among, ({ circle }) => circle.resident).values(),
];

/** The residents of some circles, each once. */
export const residentsIn = (among: readonly Seen[]): readonly PersonId[] => [
  ...new Set(among.map(({ circle }) => circle.resident)),
];

/** A shift that a resident was put on after they were answered for is asked about by itself. */
function joined(shifts: readonly Seen[], isWhole: (seen: Seen) => boolean): readonly Seen[] {
  const rest = shifts.filter((one) => !isWhole(one));
  return rest.length === 0 ? shifts : rest;
}
