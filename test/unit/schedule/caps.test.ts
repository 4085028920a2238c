import { expect, it } from "vitest";
import { NUDGE_KINDS, isAskKind, type NudgeKind, type PlannedNudge } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { zoneOf } from "#src/domain/time.ts";
import { capped } from "#src/schedule/plan.ts";
import { local } from "#test/support/programs.ts";

const tokyo = zoneOf("Asia/Tokyo");
const nudge = (kind: NudgeKind, due: string, subject = "s1", person = "r1"): PlannedNudge => ({
  kind,
  person: personId(person),
  subject,
  dueAt: local(due),
  expiresAt: local("2027-12-31T00:00"),
});
const left = (planned: readonly PlannedNudge[], policy: Partial<typeof DEFAULT_POLICY>) =>
  capped(planned, { ...DEFAULT_POLICY, ...policy }, tokyo).map((one) => planned.indexOf(one));

it("counts questions as asks, and neither digests, the consent nor that both have answered", () => {
  expect(NUDGE_KINDS.filter((kind) => !isAskKind(kind))).toEqual([
    "greeting",
    "consent",
    "research",
    "shift-reveal",
    "attending-digest",
    "whose-account",
    "coordinator-digest",
    "file-taken-over",
    "rotation-summary",
  ]);
});

// domain: A shift brings one person at most 2 asks
it("admits so many asks for one person's shift, the first ones", () => {
  const asks = [
    nudge("shift-goal", "2026-12-01T07:45"),
    nudge("shift-debrief", "2026-12-01T17:00"),
    nudge("shift-debrief", "2026-12-01T17:00", "s2"),
  ];

  expect(left(asks, { asksPerShift: 1 })).toEqual([0, 2]);
});

// domain: A person gets at most so many asks a month
it("admits so many asks in one person's local month, the first ones", () => {
  const asks = [
    nudge("shift-goal", "2026-12-31T07:45"),
    nudge("shift-debrief", "2026-12-31T23:30"),
    nudge("shift-goal", "2026-12-31T23:45", "s1", "r2"),
    nudge("pair-check-in", "2027-01-01T00:00", "r1+a1@2026-W53"),
  ];

  expect(left(asks, { asksPerMonth: 1 })).toEqual([0, 2, 3]);
});

it("does not count what the cap of a shift has left out for the month", () => {
  const asks = [
    nudge("shift-goal", "2026-12-01T07:45"),
    nudge("shift-debrief", "2026-12-01T17:00"),
    nudge("shift-goal", "2026-12-02T07:45", "s2"),
  ];

  expect(left(asks, { asksPerShift: 1, asksPerMonth: 2 })).toEqual([0, 2]);
});

it("lets every digest through", () => {
  const digests = [
    nudge("attending-digest", "2026-12-01T09:00", "2026-W48"),
    nudge("attending-digest", "2026-12-08T09:00", "2026-W49"),
  ];

  expect(left(digests, { asksPerMonth: 1, asksPerShift: 1 })).toEqual([0, 1]);
});
