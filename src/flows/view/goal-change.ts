import type { ItemId } from "#src/domain/forms.ts";
import type { Ask } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import type { Context } from "../context.ts";

/**
 * When the goal that stands took the place of another that the reader of this ask had seen, or its line that of another line.
 * Undefined for an attending whose message went out later, or who was shown less at that time.
 *
 * @param visible the replies that the reader sees
 * @param replies all to the occasion
 */
export async function goalChangedAt(
  { store }: Context,
  nudge: Ask,
  resident: PersonId,
  visible: readonly Reply[],
  replies: readonly Reply[],
): Promise<Instant | undefined> {
  if (nudge.kind !== "shift-goal" && nudge.kind !== "shift-plan") return undefined;
  const moments: number[] = [];
  for (const item of ["goal", "line"] satisfies ItemId[]) {
    const now = visible.find((one) => one.person === resident && one.item === item);
    if (now === undefined || now.value === null) continue;
    const before = (await store.replyBefore(now))?.value ?? null;
    if (before !== null && before !== now.value) moments.push(now.at);
  }
  if (moments.length === 0) return undefined;
  const at = instant(Math.max(...moments));
  if (nudge.kind === "shift-goal") return at;
  const shared = replies.find((one) => one.person === resident && one.item === "share");
  const wasSeen =
    nudge.sentAt !== undefined && nudge.sentAt <= at && (shared === undefined || shared.at <= at);
  return wasSeen ? at : undefined;
}
