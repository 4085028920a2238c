import { describe, expect, it } from "vitest";
import { NUDGE_STATES, type NudgeReason } from "#src/domain/nudge-life.ts";
import { nudgeId, type Nudge, type NudgeKind } from "#src/domain/nudge.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { personId, type PersonId } from "#src/domain/person.ts";
import { DAY, HOUR, MINUTE, later, dayNumber, zoneOf, type Instant } from "#src/domain/time.ts";
import type { Wishes } from "#src/domain/wishes.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { whyOf, participationOf } from "#src/schedule/why.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const program = programOf();
const zone = zoneOf(program.timeZone);
const [R1, A1] = [personId("r1"), personId("a1")];
const DAY_OF = dayNumber("2026-12-01");
const NOON = local("2026-12-01T12:00");
const SHIFT = "2026-12-01T08:00 2026-12-01T17:00";
const outlook = (roster = rosterOf([`r1 ${SHIFT}`, `a1 ${SHIFT}`])) =>
  outlookOf({ program, zone, roster, wishes: new Map([[R1, { out: false, agreed: true as const }]]) });

/** The nudge of this kind on that day, with what became of it. */
function nudge(kind: NudgeKind, change: Partial<Nudge>): Nudge {
  const planned = planNudges(outlook()).find((one) => one.kind === kind)!;
  return { ...planned, id: nudgeId(1), firstDue: planned.dueAt, state: "planned", ...change };
}

const told = (one: Nudge, now: Instant = NOON) =>
  whyOf(outlook(), one.person, [one], DAY_OF, now).rows.map((row) => ("fate" in row ? row.fate : row.absent));

describe("why somebody got a message or did not", () => {
  const due = nudge("shift-goal", {}).dueAt;

  it("tells what is to come, what waits and what went out", () => {
    expect(told(nudge("shift-goal", {}), later(due, -HOUR))).toEqual(["ahead"]);
    expect(told(nudge("shift-goal", {}))).toEqual(["waiting"]);
    expect(told(nudge("shift-goal", { state: "sent", sentAt: due }))).toEqual(["shown"]);
    expect(told(nudge("shift-goal", { state: "expired" }))).toEqual(["unsent"]);
  });

  it("tells nothing of whether it was answered: what was sent looks the same for ever", () => {
    const sent = { sentAt: due } as const;
    const all = NUDGE_STATES.filter(
      (state) => !["planned", "claimed", "sending", "uncertain"].includes(state),
    );

    const seen = all.flatMap((state) => [
      told(nudge("shift-goal", { ...sent, state })),
      told(nudge("shift-goal", { ...sent, state, reason: "recalled" })),
    ]);

    expect(new Set(seen.flat())).toEqual(new Set(["shown"]));
    expect(told(nudge("shift-goal", { state: "answered" }))).toEqual(["shown"]);
    expect(told(nudge("shift-goal", { ...sent, state: "answered", reason: "ambiguous" }))).toEqual([
      "ambiguous",
    ]);
  });

  it("tells nothing of a look back, and of an answer that both have given", () => {
    const seen = NUDGE_STATES.flatMap((state) => [
      ...told(nudge("shift-debrief", { state, dueAt: NOON })),
      ...told(nudge("shift-debrief", { state, dueAt: NOON, reason: "nothing-to-ask" })),
    ]);

    // The other row is the shift, whose goal is not among these.
    expect(new Set(seen)).toEqual(new Set(["theirs", "not-planned"]));
    expect(
      whyOf(outlook(), R1, [nudge("shift-debrief", { kind: "shift-reveal", dueAt: NOON })], DAY_OF, NOON)
        .rows,
    ).not.toContainEqual(expect.objectContaining({ kind: "shift-reveal" }));
  });

  it("tells a plan at its planned time, though a goal that came in has hastened it", () => {
    const plan = nudge("shift-plan", {});
    const hastened = { ...plan, dueAt: later(plan.dueAt, -10 * MINUTE), state: "sent" as const };

    const [row] = whyOf(outlook(), A1, [{ ...hastened, sentAt: hastened.dueAt }], DAY_OF, NOON).rows;

    expect(row).toMatchObject({ kind: "shift-plan", at: plan.dueAt, fate: "shown" });
  });

  const answered: readonly (readonly [string, NudgeKind, Partial<Nudge>])[] = [
    ["a plan that has come", "shift-plan", { state: "sent", sentAt: later(due, -MINUTE) }],
    ["a plan that has come and is answered", "shift-plan", { state: "answered", sentAt: later(due, -1) }],
    ["a plan that may have arrived", "shift-plan", { state: "uncertain", reason: "ambiguous" }],
    ["a plan that could not arrive", "shift-plan", { state: "failed", reason: "rejected" }],
    ["a goal that was set", "shift-goal", { state: "answered" }],
  ];
  const early = (kind: NudgeKind, change: Partial<Nudge>): Nudge => {
    const { dueAt } = nudge(kind, {});
    return nudge(kind, { dueAt: later(dueAt, -10 * MINUTE), ...change });
  };

  it.each([
    ...answered,
    ["a plan that a limit holds back", "shift-plan", { state: "withdrawn", reason: "month-cap" }] as const,
  ])("tells of %s before its time what it tells of one that nobody has answered", (_, kind, change) => {
    const one = early(kind, change);

    expect(told(one, later(one.firstDue, -1))).toEqual(["ahead"]);
    expect(told(one, one.firstDue)).not.toEqual(["ahead"]);
  });

  it.each([
    ...answered,
    ["one that was not sent", "shift-plan", { state: "withdrawn", reason: "roster" }] as const,
    ["one that was sent", "shift-plan", { state: "withdrawn", reason: "recalled", sentAt: due }] as const,
  ])("tells of %s that its shift was taken off the roster before its time", (_, kind, change) => {
    const one = early(kind, change);
    const before = later(one.firstDue, -1);

    const { rows } = whyOf(outlook(rosterOf([])), one.person, [one], DAY_OF, before);

    expect(rows).toMatchObject([{ fate: "roster" }]);
  });

  it("tells what the roster no longer asks for as that, unless its person had stopped, or paused until later", () => {
    const withdrawn = nudge("shift-goal", { state: "withdrawn", reason: "roster" });
    const wished = (wishes: ReadonlyMap<PersonId, Wishes>) => {
      const { input } = outlook(rosterOf([]));
      return whyOf(outlookOf({ ...input, wishes }), R1, [withdrawn], DAY_OF, NOON).rows;
    };

    expect(wished(new Map())).toMatchObject([{ fate: "roster" }]);
    expect(wished(new Map([[R1, { out: false }]]))).toMatchObject([{ fate: "roster" }]);
    expect(wished(new Map([[R1, { out: true }]]))).toMatchObject([{ fate: "stopped" }]);
    expect(wished(new Map([[R1, { out: false, pausedUntil: due }]]))).toMatchObject([{ fate: "roster" }]);
    expect(wished(new Map([[R1, { out: false, pausedUntil: later(due, 1) }]]))).toMatchObject([
      { fate: "paused" },
    ]);
  });

  it("has words for every reason, in both languages, and one sentence for all limits", () => {
    for (const { why } of Object.values(CATALOGUES)) {
      const reasons = Object.keys(why.reasons) as NudgeReason[];
      for (const reason of reasons.filter((one) => one !== "ambiguous"))
        expect(told(nudge("shift-goal", { state: "withdrawn", reason }))).toEqual([reason]);
      const limits = (["back-off", "month-cap", "day-cap", "week-cap", "unasked"] as const).map(
        (one) => why.reasons[one],
      );
      expect(new Set(limits).size).toBe(1);
    }
  });

  it("names the next one, by time, that comes whatever anybody answers", () => {
    const tomorrow = { ...nudge("shift-goal", {}), subject: "later", dueAt: later(due, DAY) };
    const after = [tomorrow, { ...tomorrow, dueAt: later(due, 2 * DAY), subject: "even later" }];

    expect(whyOf(outlook(), R1, [...after].toReversed(), DAY_OF, NOON).next).toMatchObject({
      at: tomorrow.dueAt,
    });
  });

  it("tells by time, and a week's check-ins about several partners as the one message that they are", () => {
    const at = (dueAt: Instant, kind: NudgeKind, subject: string): Nudge => ({
      ...nudge("shift-debrief", { dueAt, firstDue: dueAt, subject }),
      kind,
    });
    const evening = later(NOON, 7 * HOUR);
    const stored = [
      at(evening, "pair-check-in", "r1+a1@2026-W48"),
      at(later(evening, 1), "pair-check-in", "r1+a2@2026-W47"),
      at(evening, "pair-check-in", "r1+a2@2026-W48"),
      at(evening, "attending-digest", "2026-W48"),
      at(NOON, "shift-debrief", "one"),
      at(NOON, "shift-debrief", "another"),
    ];

    const { rows } = whyOf(outlook(), R1, stored, DAY_OF, NOON);

    expect(rows.map((row) => ("subject" in row ? row.subject : row.absent))).toEqual([
      "not-planned",
      "one",
      "another",
      "r1+a1@2026-W48",
      "2026-W48",
      "r1+a2@2026-W47",
    ]);
  });

  it("names as the next one what comes after the day: from midnight on, and not later on the day itself", () => {
    const midnight = local("2026-12-02T00:00");
    const nextOf = (dueAt: Instant) =>
      whyOf(outlook(), R1, [nudge("shift-goal", { subject: "later", dueAt })], DAY_OF, NOON).next;

    expect(nextOf(later(midnight, -1))).toBeUndefined();
    expect(nextOf(midnight)).toMatchObject({ at: midnight });
  });
});

describe("a shift without any ask", () => {
  const absentOn = (roster = rosterOf([`r1 ${SHIFT}`, `a1 ${SHIFT}`]), person = R1, wishes = {}) =>
    whyOf(
      outlookOf({ program, zone, roster, wishes: new Map([[person, { out: false, ...wishes }]]) }),
      person,
      [],
      DAY_OF,
      NOON,
    ).rows.map((row) => ("absent" in row ? row.absent : row.fate));
  const away = { person: R1, start: local("2026-12-01T00:00"), end: local("2026-12-02T00:00") };

  it.each([
    ["is not planned yet", absentOn(), ["not-planned"]],
    ["is on leave", absentOn({ ...rosterOf([`r1 ${SHIFT}`]), absences: [away] }), ["on-leave"]],
    ["has no partner", absentOn(rosterOf([`a1 ${SHIFT}`]), A1), ["no-partner"]],
    ["takes no part", absentOn(undefined, R1, { out: true }), ["takes-no-part"]],
    ["has paused", absentOn(undefined, R1, { pausedUntil: later(NOON, DAY) }), ["paused"]],
    ["has paused, with a partner", absentOn(undefined, A1, { pausedUntil: later(NOON, DAY) }), ["paused"]],
    [
      "has paused, alone on the shift",
      absentOn(rosterOf([`r1 ${SHIFT}`]), R1, { pausedUntil: later(NOON, DAY) }),
      ["paused"],
    ],
    ["is on no shift", absentOn(rosterOf([])), []],
  ])("says that its person %s", (_, seen, wanted) => {
    expect(seen).toEqual(wanted);
  });

  it("says that the program has not started", () => {
    const { input } = outlook();
    const waiting = outlookOf({ ...input, beginning: { since: NOON } });

    expect(whyOf(waiting, R1, [], DAY_OF, NOON).rows).toMatchObject([{ absent: "not-started" }]);
  });

  it("says that it is no part of a rotation", () => {
    const shift = "2020-12-01T08:00 2020-12-01T17:00";
    const long = whyOf(outlook(rosterOf([`r1 ${shift}`])), R1, [], dayNumber("2020-12-01"), NOON).rows;

    expect(long).toMatchObject([{ absent: "off-rotation" }]);
  });
});

it("how somebody stands is told by what matters most", () => {
  const standing = { consent: "given", stopped: false, unansweredInARow: 9 } as const;
  const wish = (
    change: object,
    person: { id: typeof R1 } | undefined = { id: R1 },
    reused = new Set<typeof R1>(),
  ) => participationOf(person, { ...standing, ...change }, reused, NOON);

  expect(wish({})).toBe("agreed");
  expect(wish({ pausedUntil: later(NOON, 1) })).toBe("paused");
  expect(wish({ pausedUntil: NOON })).toBe("agreed");
  expect(wish({ consent: "unasked" })).toBe("unasked");
  expect(wish({ stopped: true })).toBe("stopped");
  expect(wish({ consent: "declined" })).toBe("declined");
  expect(wish({}, { id: R1 }, new Set([R1]))).toBe("reused");
  expect(participationOf(undefined, standing, new Set(), NOON)).toBe("left");
});
