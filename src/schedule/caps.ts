import { NUDGES, isAsk, type Nudge, type PlannedNudge } from "#src/domain/nudge.ts";
import type { Policy } from "#src/domain/program.ts";
import { monthText, type Zone } from "#src/domain/zone.ts";

/** Leaves out what goes beyond the asks that one shift and one local month admit. `planned` is by due time, and so the first ones stay. */
export function capped(
  planned: readonly PlannedNudge[],
  policy: Policy,
  zone: Zone,
): readonly PlannedNudge[] {
  const counts = new Map<string, number>();
  const admits = (key: string, most: number): boolean => {
    const count = (counts.get(key) ?? 0) + 1;
    if (count <= most) counts.set(key, count);
    return count <= most;
  };
  const months = new Map<number, string>();
  const monthOf = (day: number): string => {
    let month = months.get(day);
    if (month === undefined) months.set(day, (month = monthText(day)));
    return month;
  };
  return planned.filter(
    ({ kind, person, subject, dueAt }) =>
      !NUDGES[kind].asks ||
      ((!NUDGES[kind].shiftBound || admits(`${person} ${subject}`, policy.asksPerShift)) &&
        admits(`${person} ${monthOf(zone.dayOf(dueAt))}`, policy.asksPerMonth)),
  );
}

/**
 * Whether a person was asked in the local month of `nudge`, an ask, as often as the policy admits. The plan heeds that already,
 * but it knows only asks that the roster still implies, and not those about shifts that were taken off it since.
 * `asks`: the person's nudges of that month at least.
 */
export function isMonthFull(nudge: Nudge, asks: readonly Nudge[], policy: Policy, zone: Zone): boolean {
  const monthOf = ({ dueAt }: Nudge): string => monthText(zone.dayOf(dueAt));
  const asked = asks.filter(
    (one) => one.id !== nudge.id && isAsk(one) && one.sentAt !== undefined && monthOf(one) === monthOf(nudge),
  );
  return asked.length >= policy.asksPerMonth;
}
