import { expect, it } from "vitest";
import { zoneOf } from "#src/domain/time.ts";
import { civilMoment } from "#src/schedule/plan-once.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const { policy, timeZone } = programOf();

it.each([
  ["at once at a civil hour", "2026-12-01T10:20", "2026-12-02T00:00", "2026-12-01T10:20"],
  ["at nine, early in the morning", "2026-12-01T05:00", "2026-12-02T00:00", "2026-12-01T09:00"],
  ["at nine on the next day, in the evening", "2026-12-01T20:00", "2026-12-03T00:00", "2026-12-02T09:00"],
  ["after a shift, in the middle of one", "2026-12-04T09:30", "2026-12-05T00:00", "2026-12-04T17:00"],
  ["not at all, where its time is over at nine", "2026-12-01T05:00", "2026-12-01T09:00", undefined],
  ["not at all, where its time is over", "2026-12-01T10:00", "2026-12-01T10:00", undefined],
])("whoever is asked once is asked %s", (_, from, until, wanted) => {
  const { assignments } = rosterOf(["r1 2026-12-04T08:00 2026-12-04T17:00"]);

  const at = civilMoment({ assignments, absences: [] }, local(from), local(until), zoneOf(timeZone), policy);

  expect(at).toBe(wanted && local(wanted));
});
