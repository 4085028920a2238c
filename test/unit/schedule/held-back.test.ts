import { describe, expect, it } from "vitest";
import { TAKING_PART, type Nudge } from "#src/domain/nudge.ts";
import { outlookOn } from "#test/support/plans.ts";
import { DAY, HOUR, instant, later, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Context } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Standing } from "#src/ports/store.ts";
import { reasonToHold } from "#src/schedule/before-sending.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const NOW = local("2026-12-10T08:10");
const AGREED: Standing = { consent: "given", stopped: false, unansweredInARow: 0 };
const program = programOf();
const outlook = outlookOn(
  program,
  rosterOf(["r1 2026-12-10T08:00 2026-12-10T17:00", "a1 2026-12-10T08:00 2026-12-10T17:00"]),
);
const [shift] = outlook.shiftsOf(program.people[0]!.id);

/** Why a message of this kind, about the shift that has begun, is not sent now. `nudges`: what else its person has got. */
const held = (
  kind: Nudge["kind"],
  standing: Partial<Standing> = {},
  { nudges = [] as readonly Partial<Nudge>[], consent = undefined as Partial<Nudge> | undefined } = {},
) => {
  const context = {
    now: NOW,
    program,
    zone: zoneOf(program.timeZone),
    roster: { outlook, assignment: () => shift },
    store: {
      nudgesOf: async () => nudges,
      nudgeAbout: async (_: string, __: string, subject: string) =>
        subject === TAKING_PART ? consent : undefined,
    },
  } as unknown as Context;
  const nudge = { kind, person: shift!.person, subject: shift!.id, dueAt: NOW };
  return reasonToHold(context, { nudge, reminder: false } as unknown as Claim, { ...AGREED, ...standing });
};

describe("a message is held back", () => {
  // domain: What is bound to no shift is silent off duty
  it.each([
    [1, "paused"],
    [0, undefined],
    [-1, undefined],
  ])("until a pause ends, and not at that very moment: %i milliseconds before it", async (left, reason) => {
    expect(await held("shift-goal", { pausedUntil: later(NOW, left) })).toBe(reason);
  });

  it.each([
    [DAY - 1, "consent-open"],
    [DAY, undefined],
  ])("for a day after a consent that did not arrive: %i milliseconds", async (ago, reason) => {
    const consent = { state: "failed", dueAt: later(NOW, -ago) } as const;

    expect(await held("shift-goal", { consent: "unasked" }, { consent })).toBe(reason);
  });

  // domain: Whoever answered first is told by one short new message
  it.each([
    [7 * DAY, "week-cap"],
    [7 * DAY + 1, undefined],
  ])(
    "where the seven days up to it have had nine messages, the first one %i milliseconds ago",
    async (ago, reason) => {
      const at = (before: number): Instant => instant(NOW - before);
      const others = Array.from({ length: 8 }, (_, day) => ({ sentAt: at(DAY + day * 12 * HOUR) }));

      expect(await held("shift-reveal", {}, { nudges: [{ sentAt: at(ago) }, ...others] })).toBe(reason);
    },
  );
});
