import { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
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

it("nobody is asked off duty, in rest or on leave, in any zone, across any clock change of 2024–2030", () => {
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
        const told = `${zone} ${change.toString()} ${nudge.kind} ${nudge.person}`;
        const shifts = roster.assignments.filter((one) => one.person === nudge.person);
        const isAway = nudge.person === leave.person && leave.start <= nudge.dueAt && nudge.dueAt < leave.end;
        expect(isAway, told).toBe(false);
        if (nudge.kind.startsWith("shift-")) {
          const shift = shifts.find((one) => one.id === nudge.subject)!;
          const due = {
            "shift-goal": shift.start - 15 * MINUTE,
            "shift-plan": shift.start,
            "shift-debrief": shift.end,
          };
          expect(nudge.dueAt, told).toBe(due[nudge.kind as keyof typeof due]);
          continue;
        }
        const isMidShift = shifts.some((one) => one.start < nudge.dueAt && nudge.dueAt < one.end);
        const nights = shifts.filter(
          (one) => Temporal.Instant.fromEpochMilliseconds(one.start).toZonedDateTimeISO(zone).hour > 17,
        );
        const isResting = nights.some((one) => one.end <= nudge.dueAt && nudge.dueAt < one.end + 11 * HOUR);
        expect([isMidShift, isResting], told).toEqual([false, false]);
      }
    }
  }
  expect(changes).toBeGreaterThan(200);
  expect(nudges).toBeGreaterThan(2_000);
}, 120_000);
