import { expect, it } from "vitest";
import type { NudgeReason, NudgeState } from "#src/domain/nudge-life.ts";
import { nudgeId, type Nudge, type NudgeKind } from "#src/domain/nudge.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { personId } from "#src/domain/person.ts";
import { DAY, later, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import { deliveryDuring, deliveryOf } from "#src/flows/digests/delivery.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const DUE = local("2026-12-01T08:00");
const NOON = local("2026-12-01T12:00");
const program = programOf({ people: ["r1", "a1"] });
const outlook = outlookOf({
  program,
  zone: zoneOf(program.timeZone),
  roster: rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00"]),
  wishes: new Map(),
});

function nudge(kind: NudgeKind, state: NudgeState, reason?: NudgeReason): Nudge {
  return {
    id: nudgeId(1),
    kind,
    person: personId("r1"),
    subject: outlook.shiftsOf(personId("r1"))[0]!.id,
    dueAt: DUE,
    firstDue: DUE,
    expiresAt: local("2026-12-01T17:00"),
    state,
    ...(reason !== undefined && { reason }),
  };
}

// domain: Delivery is told by person only
it.each([
  // Held back because of what its person left unanswered: only they may know, so it counts as any other.
  ["shift-plan", "withdrawn", "back-off", 1, 0],
  ["shift-plan", "withdrawn", "month-cap", 1, 0],
  ["shift-plan", "withdrawn", "day-cap", 0, 0],
  ["shift-plan", "withdrawn", "roster", 0, 0],
  ["shift-plan", "withdrawn", undefined, 0, 0],
  ["shift-plan", "sent", undefined, 1, 0],
  ["shift-plan", "failed", "unreachable", 1, 1],
  ["shift-plan", "answered", "ambiguous", 1, 1],
  ["shift-goal", "withdrawn", "roster", 1, 0],
  ["shift-goal", "withdrawn", "unasked", 0, 0],
  ["shift-debrief", "failed", "unreachable", 0, 0],
] as const)("a %s that is %s because of %s is %i due and %i lost", (kind, state, reason, due, lost) => {
  const told = deliveryOf([nudge(kind, state, reason)], outlook, NOON);

  expect([told.due, told.lost.length]).toEqual([due, lost]);
});

// domain: A message counts to the week in which it was first due
it("a message counts to the week in whose span it was first due, from its first moment to before its last", async () => {
  const week = { from: DUE, to: later(DUE, 7 * DAY) };
  const dueIn = async (firstDue: Instant) => {
    const one = { ...nudge("coordinator-digest", "sent"), firstDue };
    const store = { nudgesDuring: async () => [one] };
    const context = { store, roster: { outlook }, now: later(week.to, DAY) } as unknown as Context;
    return (await deliveryDuring(context, week)).due;
  };

  expect([await dueIn(later(week.from, -1)), await dueIn(week.from)]).toEqual([0, 1]);
  expect([await dueIn(later(week.to, -1)), await dueIn(week.to)]).toEqual([1, 0]);
});
