import { expect, it } from "vitest";
import { outlookOf } from "#src/domain/outlook.ts";
import { later, HOUR, MINUTE } from "#src/domain/time.ts";
import { zoneOf } from "#src/domain/zone.ts";
import type { Context } from "#src/flows/context.ts";
import type { Claim } from "#src/ports/outbox.ts";
import { quietUntil } from "#src/schedule/before-sending.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";

const NIGHT = local("2026-12-01T03:30");
const program = programOf();
const [resident] = program.people;
const zone = zoneOf(program.timeZone);
const consent = {
  nudge: { kind: "consent", dueAt: later(NIGHT, -24 * HOUR), expiresAt: local("2026-12-31T00:00") },
  reminder: false,
} as Claim;

const putOffBy = (duties: readonly string[]) =>
  quietUntil(
    {
      now: NIGHT,
      zone,
      program,
      roster: { outlook: outlookOf({ program, zone, roster: rosterOf(duties), wishes: new Map() }) },
    } as Context,
    consent,
    resident!,
  );

it("a late consent comes with the goal of the first shift, also before the civil hour", () => {
  expect(putOffBy(["r1 2026-12-01T06:00 2026-12-01T12:00"])).toBe(local("2026-12-01T05:45"));
});

it("a process that has not read the roster by which another has planned a consent looks again in a minute", () => {
  expect(putOffBy([])).toBe(later(NIGHT, MINUTE));
});
