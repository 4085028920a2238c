import { expect, it } from "vitest";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { DAY, HOUR, MINUTE } from "#src/domain/time.ts";

it("where a program sets nothing else, people are asked as the domain's rules say", () => {
  const { mismatch, aggregate, checkIn, digest, backOff, ...numbers } = DEFAULT_POLICY;

  expect(numbers).toEqual({
    goalLead: 15 * MINUTE,
    goalWindow: 3 * HOUR,
    revealWindow: 30 * MINUTE,
    debriefWindow: 24 * HOUR,
    checkInWindow: 72 * HOUR,
    overlapMinimum: 60 * MINUTE,
    checkInOverlap: 4 * HOUR,
    checkInPartners: 2,
    restAfterNight: 11 * HOUR,
    nightHour: 3,
    civilHour: 9,
    asksPerShift: 2,
    asksPerMonth: 60,
    messagesPerDay: 5,
    messagesPerWeek: 9,
    reminderAfter: 12 * HOUR,
    textMaximum: 140,
  });
  // Monday's check-in, Tuesday's digest, both at nine.
  expect([checkIn, digest]).toEqual([
    { day: 1, hour: 9 },
    { day: 2, hour: 9 },
  ]);
  expect(backOff).toEqual({ after: 4, pause: 7 * DAY });
  expect(mismatch).toEqual({
    ordinalSteps: 2,
    run: { at: 3, of: 5 },
    nominal: { at: 2, of: 3 },
    checkInPoints: 2,
    checkInLow: 2,
  });
  expect(aggregate).toEqual({ residents: 5, attendings: 3 });
});
