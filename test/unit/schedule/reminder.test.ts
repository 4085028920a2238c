import { describe, expect, it } from "vitest";
import type { NudgeKind, PlannedNudge } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import { later, utc, zoneOf } from "#src/domain/time.ts";
import { reminderOf } from "#src/schedule/before-sending.ts";
import { duty, local } from "#test/support/programs.ts";

const tokyo = zoneOf("Asia/Tokyo");
const shift = duty("r1 2026-12-01T08:00 2026-12-01T17:00");
const nudge = (kind: NudgeKind, due: string, expires: string): PlannedNudge => ({
  kind,
  person: personId("r1"),
  subject: shift.id,
  dueAt: local(due),
  expiresAt: local(expires),
});
const goal = nudge("shift-goal", "2026-12-01T07:45", "2026-12-01T17:00");
const remind = (
  one: PlannedNudge,
  sent: string,
  duties: readonly string[] = ["r1 2026-12-01T08:00 2026-12-01T17:00"],
) => {
  const days = { assignments: duties.map((text) => duty(text)), absences: [] };
  const at = reminderOf(one, local(sent), days, tokyo, DEFAULT_POLICY);
  return at === undefined ? undefined : utc(at);
};

describe("what comes at the start of a shift", () => {
  // domain: A goal or a plan has no reminder
  it.each(["shift-goal", "shift-plan"] as const)("has no reminder: %s", (kind) => {
    expect(remind({ ...goal, kind }, "2026-12-01T07:45")).toBeUndefined();
    expect(remind({ ...goal, kind }, "2026-12-01T07:45", [])).toBeUndefined();
  });
});

describe("whether somebody takes part", () => {
  const consent = nudge("consent", "2026-11-29T09:00", "2027-01-25T00:00");
  const reminded = (sent: string, expiresAt = consent.expiresAt) =>
    reminderOf(
      { ...consent, expiresAt },
      local(sent),
      { assignments: [], absences: [] },
      tokyo,
      DEFAULT_POLICY,
      () => goal.dueAt,
    );

  it("is asked once more before the first shift, if that is not right after", () => {
    expect(reminded("2026-11-29T09:00")).toBe(goal.dueAt);
    expect(reminded("2026-12-01T07:00")).toBeUndefined();
    expect(reminded("2026-12-05T09:00")).toBeUndefined();
  });

  it("is asked once more three hours later at the soonest, and before the question is over", () => {
    expect(reminded("2026-12-01T04:45")).toBe(goal.dueAt);
    expect(reminded("2026-12-01T04:46")).toBeUndefined();
    expect(reminded("2026-11-29T09:00", later(goal.dueAt, 1))).toBe(goal.dueAt);
    expect(reminded("2026-11-29T09:00", goal.dueAt)).toBeUndefined();
  });
});

// domain: A goal or a plan has no reminder
describe("what is bound to no moment is reminded of", () => {
  const debrief = nudge("shift-debrief", "2026-12-01T17:00", "2026-12-02T17:00");
  const checkIn = nudge("pair-check-in", "2026-12-07T09:00", "2026-12-10T09:00");

  it("at the first civil moment that is half a day later", () => {
    expect(remind(debrief, "2026-12-01T17:00")).toBe("2026-12-02T00:00:00Z");
    expect(remind(checkIn, "2026-12-07T09:00")).toBe("2026-12-08T00:00:00Z");
  });

  // domain: No message comes mid-shift
  it("not in the middle of the next shift, but when that starts", () => {
    const next = ["r1 2026-12-02T08:00 2026-12-02T17:00"];

    expect(remind(debrief, "2026-12-01T17:00", next)).toBe("2026-12-01T23:00:00Z");
  });

  it("not in the rest after a night shift", () => {
    const night = nudge("shift-debrief", "2026-12-02T08:00", "2026-12-03T08:00");

    expect(remind(night, "2026-12-02T08:00", ["r1 2026-12-01T22:00 2026-12-02T08:00"])).toBeUndefined();
  });

  it("not after it has closed", () => {
    expect(remind(checkIn, "2026-12-09T22:00")).toBeUndefined();
  });
});

it("never reminds of a digest", () => {
  expect(
    remind(nudge("attending-digest", "2026-12-08T09:00", "2026-12-15T09:00"), "2026-12-08T09:00"),
  ).toBeUndefined();
  expect(
    remind(nudge("coordinator-digest", "2026-12-08T09:00", "2026-12-15T09:00"), "2026-12-08T09:00"),
  ).toBeUndefined();
});
