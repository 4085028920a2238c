import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Program } from "#src/domain/program.ts";
import { latestRotation, rotationCalendar, rotationEnd, rotationOn } from "#src/domain/outlook.ts";
import { dayNumber, zoneOf } from "#src/domain/time.ts";
import { duty, local, programOf } from "#test/support/programs.ts";

const r1 = personId("r1");
const zone = zoneOf("Europe/Berlin");
const program: Program = {
  ...programOf({ timeZone: "Europe/Berlin" }),
  rotations: [
    { name: "spring", from: "2026-03-01", to: "2026-03-29", residents: [r1] },
    { name: "summer", from: "2026-06-01", to: "2026-06-30" },
  ],
};

it("runs from its first day to its last, for the residents on it", () => {
  const on = (id: string, date: string) => rotationOn(program, personId(id), dayNumber(date))?.name;

  expect([on("r1", "2026-03-01"), on("r1", "2026-03-29"), on("r1", "2026-03-30")]).toEqual([
    "spring",
    "spring",
    undefined,
  ]);
  expect(on("r2", "2026-03-10")).toBeUndefined();
  expect(on("r2", "2026-06-10")).toBe("summer");
});

it("is the one that program.yaml names first, of two on one day", () => {
  const [spring] = program.rotations;
  const both = {
    ...program,
    rotations: [spring!, { name: "spring ward", from: "2026-03-29", to: "2026-04-26" }],
  };
  const on = (date: string) => rotationOn(both, r1, dayNumber(date))?.name;

  expect([on("2026-03-28"), on("2026-03-29"), on("2026-03-30")]).toEqual(["spring", "spring", "spring ward"]);
});

it("is the last that has ended where somebody is on none, in whatever order program.yaml has them", () => {
  const [spring, summer] = program.rotations;
  const orders = [program, { ...program, rotations: [summer!, spring!] }];
  const latest = (date: string) => orders.map((one) => latestRotation(one, r1, dayNumber(date))?.name);

  expect(latest("2026-02-28")).toEqual([undefined, undefined]);
  expect(latest("2026-03-30")).toEqual(["spring", "spring"]);
  expect(latest("2026-06-01")).toEqual(["summer", "summer"]);
  expect(latest("2026-07-01")).toEqual(["summer", "summer"]);
});

it("ends at the midnight after its last day, on a day of 23 hours too", () => {
  const end = rotationEnd(program, zone, r1, local("2026-03-10T12:00", "Europe/Berlin"));

  expect(end).toBe(local("2026-03-30T00:00", "Europe/Berlin"));
  expect(rotationEnd(program, zone, r1, local("2026-05-10T12:00", "Europe/Berlin"))).toBeUndefined();
});

describe("a shift is part of a rotation", () => {
  const isOn = rotationCalendar(program, zone);
  const shift = (text: string) => duty(text, "Europe/Berlin");

  it("when it starts in it, also if it ends after it", () => {
    expect(isOn(shift("r1 2026-03-29T22:00 2026-03-30T08:00"))).toBe(true);
    expect(isOn(shift("r1 2026-03-30T00:00 2026-03-30T08:00"))).toBe(false);
    expect(isOn(shift("r1 2026-02-28T23:59 2026-03-01T08:00"))).toBe(false);
    expect(isOn(shift("r1 2026-03-01T00:00 2026-03-01T08:00"))).toBe(true);
  });

  it("for the residents on it, and for every attending", () => {
    const span = "2026-03-10T08:00 2026-03-10T17:00";

    expect(isOn(shift(`r2 ${span}`))).toBe(false);
    expect(isOn(shift(`a1 ${span}`))).toBe(true);
  });
});
