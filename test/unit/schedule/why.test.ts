import { describe, expect, it } from "vitest";
import { NUDGE_STATES, type NudgeReason } from "#src/domain/nudge-life.ts";
import { nudgeId, type Nudge, type NudgeKind } from "#src/domain/nudge.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { personId } from "#src/domain/person.ts";
import { DAY, HOUR, MINUTE, later, dayNumber, zoneOf, type Instant } from "#src/domain/time.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { whyOf, wishOf } from "#src/schedule/why.ts";
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
    ["is on no shift", absentOn(rosterOf([])), []],
  ])("says that its person %s", (_, seen, wanted) => {
    expect(seen).toEqual(wanted);
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
  ) => wishOf(person, { ...standing, ...change }, reused, NOON);

  expect(wish({})).toBe("agreed");
  expect(wish({ pausedUntil: later(NOON, 1) })).toBe("paused");
  expect(wish({ pausedUntil: NOON })).toBe("agreed");
  expect(wish({ consent: "unasked" })).toBe("unasked");
  expect(wish({ stopped: true })).toBe("stopped");
  expect(wish({ consent: "declined" })).toBe("declined");
  expect(wish({}, { id: R1 }, new Set([R1]))).toBe("reused");
  expect(wishOf(undefined, standing, new Set(), NOON)).toBe("left");
});
