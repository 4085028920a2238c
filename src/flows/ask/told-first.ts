import { revealed, type PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import { later } from "#src/domain/time.ts";
import { hasBoth, type Seen, type View } from "../view/view.ts";

/**
 * One short new message to each partner who had answered first, where there is something to talk about: by now both have
 * answered, and the partner's card stands further up. None once their time together has run for a while (domain.md, "When
 * Attune speaks": no message mid-shift): then the card changes in place, silently.
 *
 * @param before the reader's view as they answer
 * @param after the same with the answer in it
 */
export function toldFirst(before: View, after: View): readonly PlannedNudge[] {
  const { kind } = after.nudge;
  if (kind !== "shift-goal" && kind !== "shift-plan") return [];
  return after.seen.flatMap((seen) =>
    seen.partners
      .filter(({ id }) => hasBoth(after, seen, id) && !hadBoth(before, seen, id))
      .filter(({ id }) => (after.gaps.get(`${seen.circle.occasion} ${id}`)?.size ?? 0) > 0)
      .flatMap(({ id }) => noticeTo(after, seen, id) ?? []),
  );
}

function hadBoth(before: View, { circle }: Seen, partner: PersonId): boolean {
  const seen = before.seen.find((one) => one.circle.occasion === circle.occasion);
  return seen !== undefined && hasBoth(before, seen, partner);
}

function noticeTo(
  { context, reader, role }: View,
  { circle }: Seen,
  partner: PersonId,
): PlannedNudge | undefined {
  const { program, roster, now } = context;
  const shift = roster.assignment(circle.occasion);
  if (shift === undefined) return undefined;
  const attending = role === "resident" ? partner : reader.id;
  const together = roster.outlook.overlapsOf(shift).find((one) => one.attending.person === attending);
  if (together === undefined) return undefined;
  const expiresAt = later(together.start, program.policy.revealWindow + 1);
  // Who works later is not told before their own shift is near.
  const own = role === "resident" ? together.attending : together.resident;
  const near = later(own.start, -program.policy.goalLead);
  const dueAt = near > now ? near : now;
  return dueAt < expiresAt
    ? { kind: "shift-reveal", person: partner, subject: revealed(shift.id, reader.id), dueAt, expiresAt }
    : undefined;
}
