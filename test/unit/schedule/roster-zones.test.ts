import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { HOUR, MINUTE } from "#src/domain/time.ts";
import { planOf } from "#test/support/plans.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";

/* Every clock change of 2024–2030 in every zone of the database; zones that change alike are looked at once. */
const FROM = Temporal.Instant.from("2024-01-01T00:00Z");
const TO = Temporal.Instant.from("2031-01-01T00:00Z");

function changesOf(zone: string): readonly Temporal.ZonedDateTime[] {
  const found: Temporal.ZonedDateTime[] = [];
  let at = FROM.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  while (at !== null && at.epochMilliseconds < TO.epochMilliseconds) {
    found.push(at);
    at = at.getTimeZoneTransition("next");
  }
  return found;
}

const alike = new Map(
  Intl.supportedValuesOf("timeZone").map((zone) => {
    const changes = changesOf(zone);
    const offsets = changes.map((one) => `${one.epochMilliseconds}${one.offset}`).join(" ");
    return [offsets, { zone, changes }] as const;
  }),
);

// domain: What is bound to no shift is silent off duty
// domain: Times follow the roster
it("nobody is asked off duty, in rest or on leave, in any zone, across any clock change of 2024–2030", () => {
  const wrong: string[] = [];
  let [changes, nudges] = [0, 0];
  for (const { zone, changes: own } of alike.values()) {
    for (const change of own) {
      changes += 1;
      const day = (days: number) => change.toPlainDate().add({ days }).toString();
      // The night of the change, another after it, a day shift; a1 is on leave on the day of that one.
      const duties = [
        `${day(-1)}T21:00 ${day(0)}T08:00`,
        `${day(0)}T21:00 ${day(1)}T08:00`,
        `${day(3)}T08:00 ${day(3)}T17:00`,
      ];
      const bare = rosterOf(
        ["r1", "a1"].flatMap((id) => duties.map((one) => `${id} ${one}`)),
        zone,
      );
      const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
      const leave = {
        person: bare.assignments[3]!.person,
        start: at(`${day(3)}T00:00`) as never,
        end: at(`${day(4)}T00:00`) as never,
      };
      const roster = { ...bare, absences: [leave] };
      const program = programOf({ people: ["r1", "a1", "c1"], timeZone: zone, from: day(-7), to: day(7) });

      for (const nudge of planOf(program, roster)) {
        nudges += 1;
        const shifts = roster.assignments.filter((one) => one.person === nudge.person);
        const isAway = nudge.person === leave.person && leave.start <= nudge.dueAt && nudge.dueAt < leave.end;
        if (isAway || !isRight(nudge, shifts, zone))
          wrong.push(`${zone} ${change.toString()} ${nudge.kind} ${nudge.person}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(changes).toBeGreaterThan(200);
  expect(nudges).toBeGreaterThan(2_000);
}, 120_000);

/** An ask about a shift comes at its very minute; all else neither in a shift nor in the rest after a night. */
function isRight(nudge: PlannedNudge, shifts: readonly Assignment[], zone: string): boolean {
  const shift = shifts.find((one) => one.id === nudge.subject);
  if (shift !== undefined) {
    const due: Partial<Record<NudgeKind, number>> = {
      "shift-goal": shift.start - 15 * MINUTE,
      "shift-plan": shift.start,
      "shift-debrief": shift.end,
    };
    return nudge.dueAt === due[nudge.kind];
  }
  const hourOf = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).hour;
  return shifts.every((one) => {
    const isMidShift = one.start < nudge.dueAt && nudge.dueAt < one.end;
    const isResting = hourOf(one.start) > 17 && one.end <= nudge.dueAt && nudge.dueAt < one.end + 11 * HOUR;
    return !isMidShift && !isResting;
  });
}
