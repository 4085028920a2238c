import type { Policy } from "./program.ts";
import { DAY, HOUR, MINUTE } from "./time.ts";

/** What holds where a program's file sets nothing else. */
export const DEFAULT_POLICY: Policy = {
  goalLead: 15 * MINUTE,
  goalWindow: 3 * HOUR,
  revealWindow: 30 * MINUTE,
  debriefWindow: 24 * HOUR,
  checkInWindow: 72 * HOUR,
  overlapMinimum: 60 * MINUTE,
  checkInOverlap: 4 * HOUR,
  checkIn: { day: 1, hour: 9 },
  checkInPartners: 2,
  digest: { day: 2, hour: 9 },
  restAfterNight: 11 * HOUR,
  nightHour: 3,
  civilHour: 9,
  asksPerShift: 2,
  asksPerMonth: 60,
  messagesPerDay: 5,
  messagesPerWeek: 9,
  reminderAfter: 12 * HOUR,
  backOff: { after: 4, pause: 7 * DAY },
  textMaximum: 140,
  mismatch: {
    // One step apart is the base rate of two-sided ratings: 60 % equal, 3.5 % beyond one step
    // ("Mind the Gap", 8,681 cases). So one shift speaks at two steps, and one step needs a run.
    ordinalSteps: 2,
    run: { at: 3, of: 5 },
    nominal: { at: 2, of: 3 },
    checkInPoints: 2,
    checkInLow: 2,
  },
  aggregate: { residents: 5, attendings: 3 },
};
