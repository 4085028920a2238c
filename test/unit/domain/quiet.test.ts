import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Days } from "#src/domain/outlook.ts";
import {
  afterDuty,
  isAway,
  isCivil,
  isMidShift,
  isNightShift,
  isQuiet,
  isResting,
  nextMoment,
  weeklyMoment,
} from "#src/domain/quiet.ts";
import type { Absence } from "#src/domain/roster.ts";
import { zoneOf } from "#src/domain/time.ts";
import { duty, local, someone } from "#test/support/programs.ts";

const tokyo = zoneOf("Asia/Tokyo");
const at = local;
const days = (duties: readonly string[], over: Partial<Days> = {}): Days => ({
  assignments: duties.map((text) => duty(`r1 ${text}`)),
  absences: [],
  ...over,
});
const away = (start: string, end: string): Absence => ({
  person: someone("r1").id,
  start: at(start),
  end: at(end),
});
const NIGHT = "2026-12-01T22:00 2026-12-02T08:00";
const DAY_SHIFT = "2026-12-02T08:00 2026-12-02T17:00";

describe("a night shift", () => {
  it.each([
    [NIGHT, true],
    ["2026-12-02T00:00 2026-12-02T03:00", false],
    ["2026-12-02T03:00 2026-12-02T11:00", true],
    ["2026-12-02T03:01 2026-12-02T11:00", false],
    [DAY_SHIFT, false],
    ["2026-12-01T08:00 2026-12-02T08:00", true],
  ])("is one with somebody on duty at three: %s → %s", (span, expected) => {
    expect(isNightShift(duty(`r1 ${span}`), tokyo, DEFAULT_POLICY)).toBe(expected);
  });

  it("is one also when the clock jumps over three", () => {
    const lordHowe = "Australia/Lord_Howe";
    const shift = duty("r1 2026-10-03T20:00 2026-10-04T06:00", lordHowe);

    expect(isNightShift(shift, zoneOf(lordHowe), DEFAULT_POLICY)).toBe(true);
  });
});

// domain: What is bound to no shift is silent off duty
describe("quiet", () => {
  it("lasts for eleven hours after a night shift, and not after a day shift", () => {
    const resting = (span: string, text: string) => isResting(days([span]), at(text), tokyo, DEFAULT_POLICY);

    expect(resting(NIGHT, "2026-12-02T08:00")).toBe(true);
    expect(resting(NIGHT, "2026-12-02T18:59")).toBe(true);
    expect(resting(NIGHT, "2026-12-02T19:00")).toBe(false);
    expect(resting(DAY_SHIFT, "2026-12-02T17:01")).toBe(false);
  });

  it("is kept in the middle of a shift, not at its start nor at its end", () => {
    const mid = (text: string) => isMidShift(days([DAY_SHIFT]), at(text));

    expect([mid("2026-12-02T08:00"), mid("2026-12-02T08:01")]).toEqual([false, true]);
    expect([mid("2026-12-02T16:59"), mid("2026-12-02T17:00")]).toEqual([true, false]);
  });

  it("is kept on leave and until a pause ends", () => {
    const leave = days([], { absences: [away("2026-12-02T00:00", "2026-12-03T00:00")] });
    const pause = days([], { pausedUntil: at("2026-12-03T00:00") });

    for (const one of [leave, pause]) {
      expect(isAway(one, at("2026-12-02T12:00"))).toBe(true);
      expect(isAway(one, at("2026-12-03T00:00"))).toBe(false);
      expect(isQuiet(one, at("2026-12-02T12:00"), tokyo, DEFAULT_POLICY)).toBe(true);
    }
  });
});

it.each([
  ["2026-12-02T08:59", false],
  ["2026-12-02T09:00", true],
  ["2026-12-02T20:59", true],
  ["2026-12-02T21:00", false],
])("the civil hours of a day are twelve: %s → %s", (text, expected) => {
  expect(isCivil(days([]), at(text), tokyo, DEFAULT_POLICY)).toBe(expected);
});

describe("after duty", () => {
  it("is the end of the shift that goes on, through every one that follows in it", () => {
    const busy = days([
      "2026-12-02T08:00 2026-12-02T17:00",
      "2026-12-02T16:00 2026-12-02T22:00",
      "2026-12-02T23:00 2026-12-03T02:00",
    ]);

    expect(afterDuty(busy, at("2026-12-02T12:00"))).toBe(at("2026-12-02T22:00"));
  });

  it("is the moment itself at a shift's start, at its end and off duty", () => {
    const one = days([DAY_SHIFT]);

    for (const text of ["2026-12-02T08:00", "2026-12-02T17:00", "2026-12-02T20:00"]) {
      expect(afterDuty(one, at(text))).toBe(at(text));
    }
  });
});

// domain: A weekly message waits for the next duty start
describe("a weekly message", () => {
  const from = at("2026-12-07T09:00");
  const until = at("2026-12-14T09:00");
  const moment = (one: Days) => weeklyMoment(one, from, until, tokyo, DEFAULT_POLICY);

  it("comes at the program's moment to somebody who is off", () => {
    expect(moment(days([]))).toBe(from);
  });

  it("comes at the moment that a shift starts", () => {
    expect(moment(days(["2026-12-07T09:00 2026-12-07T18:00"]))).toBe(from);
  });

  it("waits for the next morning when it falls into a shift", () => {
    expect(moment(days(["2026-12-07T08:00 2026-12-07T17:00"]))).toBe(at("2026-12-08T09:00"));
  });

  it("waits for the next duty start when that is sooner", () => {
    const busy = days(["2026-12-07T08:00 2026-12-07T17:00", "2026-12-08T08:00 2026-12-08T17:00"]);

    expect(moment(busy)).toBe(at("2026-12-08T08:00"));
  });

  it("does not come at a duty start or a morning in the rest after a night", () => {
    const nights = days(["2026-12-06T22:00 2026-12-07T08:00", "2026-12-07T16:00 2026-12-08T00:00"]);

    expect(moment(nights)).toBe(at("2026-12-08T09:00"));
  });

  it("waits for the end of leave and of a pause", () => {
    expect(moment(days([], { absences: [away("2026-12-05T00:00", "2026-12-10T00:00")] }))).toBe(
      at("2026-12-10T09:00"),
    );
    expect(moment(days([], { pausedUntil: at("2026-12-11T00:00") }))).toBe(at("2026-12-11T09:00"));
  });

  it("does not come when its week has no moment left", () => {
    expect(moment(days([], { pausedUntil: until }))).toBeUndefined();
  });

  it("comes at the civil hour of the day itself when that is still to come", () => {
    const early = at("2026-12-07T05:00");

    expect(nextMoment(days([]), early, until, tokyo, DEFAULT_POLICY)).toBe(from);
    expect(nextMoment(days([]), from, until, tokyo, DEFAULT_POLICY)).toBe(at("2026-12-08T09:00"));
  });
});
