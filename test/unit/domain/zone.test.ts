import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  HOUR,
  MINUTE,
  instant,
  utc,
  dateText,
  dayNumber,
  mondayOf,
  weekFromLabel,
  weekLabel,
  weekOf,
  zoneOf,
} from "#src/domain/time.ts";

const utcOf = (timeZone: string, date: string, hour: number, minute = 0): string =>
  utc(zoneOf(timeZone).at(dayNumber(date), hour, minute));

describe("a wall time becomes a moment", () => {
  it.each([
    ["Asia/Tokyo", "2026-03-29", 2, 30, "2026-03-28T17:30:00Z"],
    ["Europe/Berlin", "2026-03-28", 8, 0, "2026-03-28T07:00:00Z"],
    ["Europe/Berlin", "2026-03-30", 8, 0, "2026-03-30T06:00:00Z"],
    ["America/New_York", "2026-03-09", 8, 0, "2026-03-09T12:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-04", 8, 0, "2026-04-03T21:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-06", 8, 0, "2026-04-05T21:30:00Z"],
  ])("%s %s %i:%i is %s", (zone, date, hour, minute, expected) => {
    expect(utcOf(zone, date, hour, minute)).toBe(expected);
  });

  it.each([
    ["Europe/Berlin", "2026-03-29", 2, 30, "2026-03-29T01:30:00Z"],
    ["America/New_York", "2027-03-14", 2, 30, "2027-03-14T07:30:00Z"],
    ["Australia/Lord_Howe", "2026-10-04", 2, 15, "2026-10-03T15:45:00Z"],
  ])("in a gap the clock has moved on: %s %s %i:%i is %s", (zone, date, hour, minute, expected) => {
    expect(utcOf(zone, date, hour, minute)).toBe(expected);
  });

  it.each([
    ["Europe/Berlin", "2026-10-25", 2, 30, "2026-10-25T00:30:00Z"],
    ["America/New_York", "2026-11-01", 1, 30, "2026-11-01T05:30:00Z"],
    ["Australia/Lord_Howe", "2027-04-04", 1, 45, "2027-04-03T14:45:00Z"],
  ])("in an overlap the first of the two counts: %s %s %i:%i is %s", (zone, date, hour, minute, expected) => {
    expect(utcOf(zone, date, hour, minute)).toBe(expected);
  });
});

describe("a moment has a local day and hour", () => {
  it("on both sides of a jump", () => {
    const berlin = zoneOf("Europe/Berlin");
    const jump = instant(Date.parse("2026-03-29T01:00:00Z"));

    expect(berlin.hourOf(instant(jump - 1))).toBe(1);
    expect(berlin.hourOf(jump)).toBe(3);
  });

  it("on both sides of Lord Howe's half hour", () => {
    const zone = zoneOf("Australia/Lord_Howe");
    const before = instant(Date.parse("2026-10-03T15:29:59Z"));

    expect(zone.hourOf(before)).toBe(1);
    expect(zone.hourOf(instant(before + 1_000))).toBe(2);
    expect(zone.hourOf(instant(before + 1_000 + 30 * MINUTE))).toBe(3);
  });

  it("changes at local midnight", () => {
    const zone = zoneOf("America/New_York");
    const midnight = zone.at(dayNumber("2026-11-02"), 0);

    expect(dateText(zone.dayOf(midnight))).toBe("2026-11-02");
    expect(dateText(zone.dayOf(instant(midnight - 1)))).toBe("2026-11-01");
  });

  it("before 1970 too", () => {
    const tokyo = zoneOf("Asia/Tokyo");

    expect(tokyo.hourOf(instant(-10 * HOUR))).toBe(23);
    expect(dateText(tokyo.dayOf(instant(-10 * HOUR)))).toBe("1969-12-31");
  });
});

it("refuses a name that is no time zone", () => {
  expect(() => zoneOf("Europe/Atlantis")).toThrow(RangeError);
});

describe("weeks", () => {
  it("begin on Monday and are named as ISO 8601 has it", () => {
    const label = (date: string) => weekLabel(weekOf(dayNumber(date)));

    expect(label("2026-03-29")).toBe("2026-W13");
    expect(label("2026-03-30")).toBe("2026-W14");
    expect(label("2026-12-31")).toBe("2026-W53");
    expect(label("2027-01-03")).toBe("2026-W53");
    expect(label("2027-01-04")).toBe("2027-W01");
    expect(dateText(mondayOf(weekOf(dayNumber("2026-04-05"))))).toBe("2026-03-30");
  });

  it("are read back from their name", () => {
    for (const date of ["2024-12-30", "2026-03-30", "2026-12-31", "2027-01-04"]) {
      const week = weekOf(dayNumber(date));
      expect(weekFromLabel(weekLabel(week))).toBe(week);
    }
    expect(weekFromLabel("2026-14")).toBeUndefined();
  });

  it("are all read back from their name, and nothing else is", () => {
    const day = fc.integer({ min: dayNumber("1900-01-01"), max: dayNumber("9999-12-26") });
    const year = fc.integer({ min: 1900, max: 9999 });
    const named = fc.tuple(year, fc.nat(99)).map(([of, week]) => `${of}-W${String(week).padStart(2, "0")}`);

    fc.assert(
      fc.property(day, named, (date, label) => {
        const week = weekFromLabel(label);

        expect(weekFromLabel(weekLabel(weekOf(date)))).toBe(weekOf(date));
        expect(week === undefined ? label : weekLabel(week)).toBe(label);
      }),
    );
  });

  it.each(["2026-W00", "2025-W53", "2026-W54", "2026-W99", "9999-W53"])(
    "are none where the year has no such week: %s",
    (label) => {
      expect(weekFromLabel(label)).toBeUndefined();
    },
  );
});
