import { expect, it } from "vitest";
import { weekOf, zoneOf } from "#src/domain/time.ts";
import { spanOf } from "#src/flows/digests/week-span.ts";
import { local } from "#test/support/programs.ts";

it("a week is over when the next begins, at the Monday's midnight", () => {
  const zone = zoneOf("Asia/Tokyo");
  const week = weekOf(zone.dayOf(local("2026-12-02T12:00")));

  expect(spanOf({ zone }, week)).toEqual({ from: local("2026-11-30T00:00"), to: local("2026-12-07T00:00") });
});
