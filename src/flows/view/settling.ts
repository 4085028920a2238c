import { ITEMS, type ItemId } from "#src/domain/forms.ts";
import type { Gap } from "#src/domain/gap.ts";
import type { Person } from "#src/domain/person.ts";
import { afterDuty } from "#src/domain/outlook.ts";
import {
  settledBy,
  settlementsOf,
  talkAs,
  type SettleableId,
  type Settlement,
} from "#src/domain/settlement.ts";
import { later, type Instant } from "#src/domain/time.ts";
import type { Seen, Step, View } from "./view.ts";

/** A difference with one partner that can be settled, or is. */
export interface Settling {
  readonly seen: Seen;
  readonly partner: Person;
  readonly item: SettleableId;
}

/** What stands between the reader and each partner to be settled, the weightiest first. */
export const settlingsWith = (view: View, seen: Seen, partner: Person): readonly Settling[] =>
  [...(view.gaps.get(`${seen.circle.occasion} ${partner.id}`)?.values() ?? [])]
    .map((gap) => gap.item)
    .filter(isSettleable)
    .map((item) => ({ seen, partner, item }));

const isSettleable = (item: Gap["item"]): item is SettleableId => item !== "happened";

/** Until when a settlement is taken: a shift's, until the reader's debrief of it closes; a week's, with its check-in. */
function settlesUntil({ context, nudge, reader, shift }: View): Instant {
  if (shift === undefined) return nudge.expiresAt;
  const days = context.roster.outlook.daysOf(reader.id);
  return later(afterDuty(days, shift.end), context.program.policy.debriefWindow);
}

/** Whether what the two settle on is still taken, also after the ask itself is over. */
export const mayStillSettle = (view: View): boolean =>
  view.context.now < settlesUntil(view) && view.nudge.state !== "withdrawn";

/** What stands settled of it. Of older versions, that the two talked is all that is known. */
export function settlementOf({ reader }: View, { seen, partner, item }: Settling): Settlement | undefined {
  const said = settlementsOf(reader.id, partner.id, seen.replies).find((one) => one.item === item);
  const talk = seen.replies.findLast(
    (one) =>
      one.item === "talked" &&
      ((one.person === reader.id && one.about === partner.id) ||
        (one.person === partner.id && one.about === reader.id)),
  );
  return said ?? (talk && talkAs(talk, item));
}

/** The step by which a partner says what was settled; undefined if there is nothing of it to settle. */
export function settlingStep(view: View, item: ItemId, about: string | undefined): Step | undefined {
  const settled = settledBy(item);
  const found = view.seen
    .flatMap((seen) => seen.partners.flatMap((partner) => settlingsWith(view, seen, partner)))
    .find((one) => one.item === settled && one.partner.id === about);
  if (found === undefined) return undefined;
  const seen = { ...found.seen, partners: [found.partner] };
  return { item: ITEMS[item], about: found.partner.id, targets: [{ seen, about: found.partner.id }] };
}
