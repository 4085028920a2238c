import { expect, it } from "vitest";
import { pairWeek, readPairWeek } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { dayNumber, weekOf } from "#src/domain/time.ts";

const week = weekOf(dayNumber("2026-03-30"));

it("names a pair's week and reads it back", () => {
  const subject = pairWeek(personId("r1"), personId("a2"), week);

  expect(subject).toBe("r1+a2@2026-W14");
  expect(readPairWeek(subject)).toEqual({ resident: "r1", attending: "a2", week });
});

it.each(["r1@2026-03-30T08:00Z", "2026-W14", "r1+a2", "+a2@2026-W14", "r1+a2@2026-14", "r1+a2@2026-W54"])(
  "takes %s for no pair's week",
  (subject) => {
    expect(readPairWeek(subject)).toBeUndefined();
  },
);
