import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { isAskKind, type PlannedNudge } from "#src/domain/nudge.ts";
import type { PersonId } from "#src/domain/person.ts";
import type { Assignment } from "#src/domain/roster.ts";
import { DAY, HOUR, MINUTE, type Instant } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { outlookOn } from "#test/support/plans.ts";
import { randomProgram, type RandomProgram } from "#test/support/random-rosters.ts";

const RUNS = { numRuns: 300 };
const plan = ({ program, roster, wishes }: RandomProgram) => planNudges(outlookOn(program, roster, wishes));
/** How this fails to hold for every nudge of any random program's plan, with the seed to try again; undefined when it holds. */
const failureOf = (holds: (nudge: PlannedNudge, random: RandomProgram) => boolean): string | undefined =>
  fc.defaultReportMessage(
    fc.check(
      fc.property(randomProgram, (random) => plan(random).every((one) => holds(one, random))),
      RUNS,
    ),
  );

describe("whatever the roster", () => {
  it("the same roster gives the same plan, in whatever order its lines are", () => {
    const shuffled = randomProgram.chain((random) =>
      fc.record({
        random: fc.constant(random),
        assignments: fc.shuffledSubarray([...random.roster.assignments], {
          minLength: random.roster.assignments.length,
        }),
        absences: fc.shuffledSubarray([...random.roster.absences], {
          minLength: random.roster.absences.length,
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ random, assignments, absences }) => {
        const first = plan(random);

        expect(plan(random)).toEqual(first);
        expect(plan({ ...random, roster: { assignments, absences } })).toEqual(first);
      }),
      RUNS,
    );
  });

  it("every message is due before it expires, and the plan is by due time and person", () => {
    expect(failureOf((one) => one.dueAt < one.expiresAt)).toBeUndefined();
    fc.assert(
      fc.property(randomProgram, (random) => {
        const order = plan(random);
        const isAfter = (a: PlannedNudge, b: PlannedNudge) =>
          a.dueAt > b.dueAt || (a.dueAt === b.dueAt && a.person > b.person);
        expect(order.some((one, i) => i > 0 && isAfter(order[i - 1]!, one))).toBe(false);
      }),
      RUNS,
    );
  });

  it("nobody is asked twice about one thing", () => {
    fc.assert(
      fc.property(randomProgram, (random) => {
        const keys = plan(random).map((one) => `${one.kind} ${one.person} ${one.subject}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      RUNS,
    );
  });

  it("nobody gets more asks than the policy admits, in a shift or in a local month", () => {
    fc.assert(
      fc.property(randomProgram, (random) => {
        const { asksPerShift, asksPerMonth } = random.program.policy;
        const asks = plan(random).filter(isAskOf);
        const ofShift = asks.filter((one) => one.kind.startsWith("shift-"));
        const most = (all: readonly PlannedNudge[], key: (one: PlannedNudge) => string) =>
          Math.max(
            0,
            ...[...Map.groupBy(all, (one) => `${one.person} ${key(one)}`).values()].map(
              (some) => some.length,
            ),
          );

        expect(most(ofShift, (one) => one.subject)).toBeLessThanOrEqual(asksPerShift);
        expect(
          most(asks, (one) => wall(random, one.dueAt).toPlainDate().toString().slice(0, 7)),
        ).toBeLessThanOrEqual(asksPerMonth);
      }),
      RUNS,
    );
  });

  it("somebody who stopped gets nothing, and nothing comes on leave or in a pause", () => {
    const failure = failureOf((one, random) => {
      const wish = random.wishes.get(one.person);
      const isOnLeave = random.roster.absences.some(
        (away) => away.person === one.person && away.start <= one.dueAt && one.dueAt < away.end,
      );
      return (
        wish?.out !== true && !isOnLeave && (wish?.pausedUntil === undefined || wish.pausedUntil <= one.dueAt)
      );
    });

    expect(failure).toBeUndefined();
  });

  it("the goal comes a quarter of an hour before the shift, unless the resident comes from another", () => {
    const failure = failureOf((one, random) => {
      if (one.kind !== "shift-goal") return true;
      const shift = random.roster.assignments.find(({ id }) => id === one.subject)!;
      const nominal = shift.start - 15 * MINUTE;
      const isBusy = dutiesOf(random, one.person).some(
        (other) => other.start < nominal && nominal < other.end,
      );
      return isBusy ? nominal < one.dueAt && one.dueAt <= shift.start : one.dueAt === nominal;
    });

    expect(failure).toBeUndefined();
  });

  // domain: No message comes mid-shift
  // domain: What is bound to no shift is silent off duty
  it("no weekly message comes in the middle of a shift or in the rest after a night", () => {
    const failure = failureOf((one, random) => {
      if (one.kind.startsWith("shift-")) return true;
      return dutiesOf(random, one.person).every((shift) => {
        const isMidShift = shift.start < one.dueAt && one.dueAt < shift.end;
        const isAfterIt = shift.end <= one.dueAt && one.dueAt < shift.end + 11 * HOUR;
        return !isMidShift && !(isAfterIt && isNight(random, shift));
      });
    });

    expect(failure).toBeUndefined();
  });

  // domain: A weekly message waits for the next duty start
  it("a weekly message comes at its hour, at a duty start or at nine, within a week", () => {
    const failure = failureOf((one, random) => {
      if (one.kind.startsWith("shift-") || one.kind === "consent") return true;
      const local = wall(random, one.dueAt);
      const isAtNine = local.hour === 9 && local.minute === 0;
      const isAtStart = dutiesOf(random, one.person).some((shift) => shift.start === one.dueAt);
      // A rotation may end on any day of its week, and is told of at the digests' moment after that.
      const [monday, days] =
        one.kind === "rotation-summary"
          ? [endOfRotation(one.subject, random), 14]
          : [mondayAfter(/\d{4}-W\d{2}$/.exec(one.subject)![0], random), 9];
      return (isAtNine || isAtStart) && one.dueAt > monday && one.dueAt < monday + days * DAY;
    });

    expect(failure).toBeUndefined();
  });
});

const isAskOf = ({ kind }: PlannedNudge): boolean => isAskKind(kind);

const wall = ({ program }: RandomProgram, at: Instant) =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(program.timeZone);

/** The duty that counts: none that begins on leave. */
const dutiesOf = ({ roster }: RandomProgram, person: PersonId): readonly Assignment[] =>
  roster.assignments.filter(
    (shift) =>
      shift.person === person &&
      !roster.absences.some(
        (away) => away.person === person && away.start <= shift.start && shift.start < away.end,
      ),
  );

/** Somebody is on duty at three in the morning of some day. */
function isNight(random: RandomProgram, shift: Assignment): boolean {
  const first = wall(random, shift.start).toPlainDate();
  return [0, 1, 2].some((days) => {
    const three = first
      .add({ days })
      .toZonedDateTime({ timeZone: random.program.timeZone, plainTime: "03:00" }).epochMilliseconds;
    return shift.start <= three && three < shift.end;
  });
}

/** Midnight after the last day of the rotation that began on this one. */
function endOfRotation(first: string, { program }: RandomProgram): number {
  const last = Temporal.PlainDate.from(program.rotations.find(({ from }) => from === first)!.to);
  return last.add({ days: 1 }).toZonedDateTime(program.timeZone).epochMilliseconds;
}

function mondayAfter(week: string, { program }: RandomProgram): number {
  const [year, number] = week.split("-W").map(Number);
  const fourth = Temporal.PlainDate.from({ year: year!, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ days: number! * 7 });
  return monday.toZonedDateTime(program.timeZone).epochMilliseconds;
}
