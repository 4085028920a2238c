import type { ItemId } from "#src/domain/forms.ts";
import { replyTo, type Seen, type Step, type View } from "../view/view.ts";

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
 * @param first the item by which it is known whom an answer was given for
 */
export function answeredTogether<Id extends ItemId>(
  view: View,
  among: readonly Seen[],
  scope: Step<Id>,
  ...first: readonly ItemId[]
): Grouping<Id> {
  if (among.length <= 1) return { scope: undefined, together: [], apart: among };
  const isBegun = ({ circle, replies }: Seen) =>
    replies.some(
      (one) => one.person === view.reader.id && one.about === circle.resident && first.includes(one.item),
    );
  const begun = among.filter(isBegun);
  const said = replyTo(view, scope)?.value;
  if (said === "each") return { scope, together: [], apart: among };
  if (said === undefined && begun.length > 0) return { scope: undefined, together: [], apart: among };
  if (begun.length === 0) return { scope, together: among, apart: [] };
  return { scope, together: begun, apart: among.filter((seen) => !begun.includes(seen)) };
}
