import { pairWeek } from "./nudge.ts";
import type { CheckInPair } from "./check-in-week.ts";
import type { Outlook, Overlap } from "./outlook.ts";
import { mondayOf, weekOf, type WeekNumber, type Zone } from "./time.ts";

/** How long a pair was on duty together in a week. */
export interface Together extends CheckInPair {
  readonly week: WeekNumber;
  /** Milliseconds. */
  readonly time: number;
}

/** How long each pair was on duty together in each local week. An overlap across Sunday midnight counts for both. */
export function timeTogether(overlaps: readonly Overlap[], zone: Zone): readonly Together[] {
  const found = new Map<string, { -readonly [Part in keyof Together]: Together[Part] }>();
  for (const { resident, attending, start, end } of overlaps) {
    for (let from = start; from < end;) {
      const week = weekOf(zone.dayOf(from));
      const monday = zone.at(mondayOf(week + 1), 0);
      const to = end < monday ? end : monday;
      const key = pairWeek(resident.person, attending.person, week);
      const known = found.get(key);
      if (known !== undefined) known.time += to - from;
      else found.set(key, { resident: resident.person, attending: attending.person, week, time: to - from });
      from = to;
    }
  }
  return [...found.values()];
}

/** Whether a pair was on duty together for long enough in a week to be asked about it; never where one of them takes no part. */
export function wereLongEnough(
  outlook: Outlook,
  { resident, attending }: CheckInPair,
  week: WeekNumber,
): boolean {
  const { program, zone } = outlook.input;
  const overlaps = outlook.shiftsOf(resident).flatMap((shift) => outlook.overlapsOf(shift));
  return timeTogether(
    overlaps.filter((one) => one.resident.person === resident && one.attending.person === attending),
    zone,
  ).some((one) => one.week === week && one.time >= program.policy.checkInOverlap);
}
