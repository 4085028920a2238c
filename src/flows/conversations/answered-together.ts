import type { Item, ItemId } from "#src/domain/forms.ts";
import type { Seen, Step, View } from "../view/view.ts";

/** How an attending answers for several residents. */
export interface Grouping<Id extends ItemId> {
  /** The question whether once for everyone; undefined where there is nothing to choose. */
  readonly scope: Step<Id> | undefined;
  /** Those whom one answer is for. */
  readonly together: readonly Seen[];
  /** Those who are answered for one by one. */
  readonly apart: readonly Seen[];
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
  if (among.length <= 1) return { scope: undefined, together: [], apart: among };
  const saysIn = ({ replies }: Seen) =>
    replies.find((one) => one.person === view.reader.id && one.item === item.id);
  // It was said where the first of them stood then.
  const seen = among.find((one) => saysIn(one) !== undefined) ?? among[0]!;
  const scope: Step<Id> = { item, about: undefined, targets: [{ seen, about: undefined }] };
  const said = saysIn(seen)?.value;
  const begun = among.filter(({ circle, replies }) =>
    replies.some(
      (one) => one.person === view.reader.id && one.about === circle.resident && first.includes(one.item),
    ),
  );
  if (said === "each") return { scope, together: [], apart: among };
  if (begun.length === 0) return { scope, together: among, apart: [] };
  if (said === undefined) return { scope: undefined, together: [], apart: among };
  return { scope, together: begun, apart: among.filter((one) => !begun.includes(one)) };
}
