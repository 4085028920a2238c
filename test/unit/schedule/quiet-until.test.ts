import { expect, it } from "vitest";
import { outlookOf } from "#src/domain/outlook.ts";
import { later, HOUR, MINUTE, zoneOf } from "#src/domain/time.ts";
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

const putOffBy = (duties: readonly string[], claim = consent, now = NIGHT) =>
  quietUntil(
    {
      now,
      zone,
      program,
      roster: { outlook: outlookOf({ program, zone, roster: rosterOf(duties), wishes: new Map() }) },
    } as Context,
    claim,
    resident!,
  );

it("a late consent comes with the goal of the first shift, also before the civil hour", () => {
  expect(putOffBy(["r1 2026-12-01T06:00 2026-12-01T12:00"])).toBe(local("2026-12-01T05:45"));
});

it.each([
  ["2026-12-01T05:44", "2026-12-01T05:45"],
  ["2026-12-01T05:45", undefined],
  ["2026-12-01T08:59", undefined],
  // In the middle of duty it waits for the next morning.
  ["2026-12-01T09:00", "2026-12-02T09:00"],
])("a consent comes while the goal of a shift may come: at %s it waits until %s", (now, until) => {
  const wanted = until === undefined ? undefined : local(until);

  expect(putOffBy(["r1 2026-12-01T06:00 2026-12-01T12:00"], consent, local(now))).toBe(wanted);
});

it("a weekly message comes at its moment, whatever its reader does; half an hour later it waits for another one", () => {
  const dueAt = local("2026-12-01T10:00");
  const checkIn = { ...consent, nudge: { ...consent.nudge, kind: "pair-check-in", dueAt } } as Claim;
  const duty = ["r1 2026-12-01T08:00 2026-12-01T17:00"];

  expect(putOffBy(duty, checkIn, later(dueAt, 30 * MINUTE - 1))).toBeUndefined();
  expect(putOffBy(duty, checkIn, later(dueAt, 30 * MINUTE))).toBe(local("2026-12-02T09:00"));
  expect(putOffBy(duty, { ...checkIn, reminder: true }, later(dueAt, 30 * MINUTE))).toBeUndefined();
});

it("a message whose time ends at this very moment waits no more", () => {
  const checkIn = { ...consent, nudge: { ...consent.nudge, kind: "pair-check-in" } } as Claim;

  expect(putOffBy([], checkIn, later(checkIn.nudge.expiresAt, -1))).toBe(checkIn.nudge.expiresAt);
  expect(putOffBy([], checkIn, checkIn.nudge.expiresAt)).toBeUndefined();
});

it("a process that has not read the roster by which another has planned a consent looks again in a minute", () => {
  expect(putOffBy([])).toBe(later(NIGHT, MINUTE));
});

// domain: Whether answers may be used for a study is asked once
it.each([
  ["2026-12-01T03:30", "2026-12-01T09:00"],
  ["2026-12-01T08:59", "2026-12-01T09:00"],
  ["2026-12-01T09:30", undefined],
  ["2026-12-01T19:59", undefined],
  ["2026-12-01T20:00", "2026-12-02T09:00"],
  // In the middle of duty it waits for its end.
  ["2026-12-03T10:00", "2026-12-03T17:00"],
  // A night shift, and the rest after it.
  ["2026-12-05T20:30", "2026-12-06T18:00"],
])("the question about a study that comes up at %s waits until %s", (now, until) => {
  const duties = ["r1 2026-12-03T08:00 2026-12-03T17:00", "r1 2026-12-05T19:00 2026-12-06T07:00"];
  const asked = { ...consent, nudge: { ...consent.nudge, kind: "research" } } as Claim;

  expect(putOffBy(duties, asked, local(now))).toBe(until === undefined ? undefined : local(until));
});
