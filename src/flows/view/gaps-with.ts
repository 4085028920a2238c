import { exchangesOf } from "#src/domain/exchange.ts";
import type { ItemId } from "#src/domain/forms.ts";
import { gapsIn, type Gap } from "#src/domain/gap.ts";
import { gapInWhatHappened } from "#src/domain/mismatch.ts";
import type { Reply } from "#src/domain/reply.ts";
import type { Circle } from "#src/domain/visibility.ts";
import type { Context } from "../context.ts";
import type { Pair } from "./last-time.ts";

/** The gaps between two who have both answered about an occasion: in what they answered, and in what happened then. */
export async function gapsWith(
  context: Context,
  { resident, attending }: Pair,
  { circle, replies }: { readonly circle: Circle; readonly replies: readonly Reply[] },
): Promise<ReadonlyMap<ItemId, Gap>> {
  const { mismatch } = context.program.policy;
  const exchanges = exchangesOf(resident, attending, await context.store.repliesOfPair(resident, attending));
  const index = exchanges.findIndex(({ occasion }) => occasion === circle.occasion);
  const happened = gapInWhatHappened(resident, attending, replies, mismatch);
  return new Map([
    ...gapsIn(exchanges.slice(0, index + 1), mismatch),
    ...(happened === undefined ? [] : [[happened.item, happened] as const]),
  ]);
}
