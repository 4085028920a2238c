import { z } from "zod";
import { DEFAULT_POLICY } from "../domain/policy.ts";
import type { Policy, Weekday, WeeklyMoment } from "../domain/program.ts";
import { DAY, HOUR, MINUTE } from "../domain/time.ts";

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A number in [from, to]; the sentence is what a mistake gets as its answer. */
const number = (from: number, to: number, unit = "") => {
  const error = `a number from ${from} to ${to}${unit}; write one`;
  return z.number({ error }).min(from, { error }).max(to, { error });
};
const whole = (from: number, to: number) => {
  const error = `a whole number from ${from} to ${to}; write one`;
  return z.int({ error }).min(from, { error }).max(to, { error });
};

const block = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === "invalid_type" ? "settings below it; indent them" : undefined),
  });

const weekly = block({
  day: z.enum(WEEKDAYS, { error: "a day of the week; write monday … sunday" }).optional(),
  hour: whole(0, 23).optional(),
});

const count = block({ at: whole(1, 10).optional(), of: whole(1, 20).optional() });

/** The `policy` of program.yaml: every number of the domain, in the units that people speak of. */
export const policyShape = block({
  goalLeadMinutes: number(0, 240, " minutes").optional(),
  goalWindowHours: number(0.25, 12, " hours").optional(),
  revealWindowMinutes: number(0, 240, " minutes").optional(),
  debriefWindowHours: number(1, 168, " hours").optional(),
  checkInWindowHours: number(1, 168, " hours").optional(),
  overlapMinimumMinutes: number(1, 720, " minutes").optional(),
  checkInOverlapHours: number(0.25, 80, " hours").optional(),
  checkIn: weekly.optional(),
  checkInPartners: whole(1, 10).optional(),
  digest: weekly.optional(),
  restAfterNightHours: number(0, 24, " hours").optional(),
  nightHour: whole(0, 23).optional(),
  civilHour: whole(0, 23).optional(),
  asksPerShift: whole(1, 4).optional(),
  asksPerMonth: whole(1, 200).optional(),
  messagesPerDay: whole(1, 50).optional(),
  messagesPerWeek: whole(1, 200).optional(),
  reminderAfterHours: number(0.25, 72, " hours").optional(),
  backOff: block({ after: whole(1, 50).optional(), pauseDays: number(1, 60, " days").optional() }).optional(),
  textMaximum: whole(20, 500).optional(),
  mismatch: block({
    ordinalSteps: whole(1, 3).optional(),
    run: count.optional(),
    nominal: count.optional(),
    checkInPoints: whole(1, 4).optional(),
    checkInLow: whole(1, 3).optional(),
  }).optional(),
  // Below five residents an aggregate can be a person, so no program may go lower.
  aggregateResidents: whole(5, 100).optional(),
  aggregateAttendings: whole(3, 100).optional(),
  // What it was called while both sides were counted as people. Residents are the stricter reading of it.
  aggregatePeople: whole(5, 100).optional(),
});

/** A file's policy over the default one, with durations in milliseconds. */
export function policyOf(given: z.output<typeof policyShape> = {}): Policy {
  const base = DEFAULT_POLICY;
  return {
    goalLead: scaled(given.goalLeadMinutes, MINUTE, base.goalLead),
    goalWindow: scaled(given.goalWindowHours, HOUR, base.goalWindow),
    revealWindow: scaled(given.revealWindowMinutes, MINUTE, base.revealWindow),
    debriefWindow: scaled(given.debriefWindowHours, HOUR, base.debriefWindow),
    checkInWindow: scaled(given.checkInWindowHours, HOUR, base.checkInWindow),
    overlapMinimum: scaled(given.overlapMinimumMinutes, MINUTE, base.overlapMinimum),
    checkInOverlap: scaled(given.checkInOverlapHours, HOUR, base.checkInOverlap),
    checkIn: weeklyOf(given.checkIn, base.checkIn),
    checkInPartners: given.checkInPartners ?? base.checkInPartners,
    digest: weeklyOf(given.digest, base.digest),
    restAfterNight: scaled(given.restAfterNightHours, HOUR, base.restAfterNight),
    nightHour: given.nightHour ?? base.nightHour,
    civilHour: given.civilHour ?? base.civilHour,
    asksPerShift: given.asksPerShift ?? base.asksPerShift,
    asksPerMonth: given.asksPerMonth ?? base.asksPerMonth,
    messagesPerDay: given.messagesPerDay ?? base.messagesPerDay,
    messagesPerWeek: given.messagesPerWeek ?? base.messagesPerWeek,
    reminderAfter: scaled(given.reminderAfterHours, HOUR, base.reminderAfter),
    backOff: {
      after: given.backOff?.after ?? base.backOff.after,
      pause: scaled(given.backOff?.pauseDays, DAY, base.backOff.pause),
    },
    textMaximum: given.textMaximum ?? base.textMaximum,
    mismatch: {
      ordinalSteps: given.mismatch?.ordinalSteps ?? base.mismatch.ordinalSteps,
      run: countOf(given.mismatch?.run, base.mismatch.run),
      nominal: countOf(given.mismatch?.nominal, base.mismatch.nominal),
      checkInPoints: given.mismatch?.checkInPoints ?? base.mismatch.checkInPoints,
      checkInLow: given.mismatch?.checkInLow ?? base.mismatch.checkInLow,
    },
    aggregate: {
      residents: given.aggregateResidents ?? given.aggregatePeople ?? base.aggregate.residents,
      attendings: given.aggregateAttendings ?? base.aggregate.attendings,
    },
  };
}

const scaled = (given: number | undefined, unit: number, base: number): number =>
  given === undefined ? base : Math.round(given * unit);

const weeklyOf = (given: z.output<typeof weekly> | undefined, base: WeeklyMoment): WeeklyMoment => ({
  day: given?.day === undefined ? base.day : ((WEEKDAYS.indexOf(given.day) + 1) as Weekday),
  hour: given?.hour ?? base.hour,
});

const countOf = (
  given: z.output<typeof count> | undefined,
  base: { readonly at: number; readonly of: number },
) => ({
  at: given?.at ?? base.at,
  of: given?.of ?? base.of,
});
