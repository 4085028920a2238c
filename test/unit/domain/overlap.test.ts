import { describe, expect, it } from "vitest";
import { overlapsOf, together } from "#src/domain/outlook.ts";
import { HOUR, MINUTE, utc } from "#src/domain/time.ts";
import { duty, local } from "#test/support/programs.ts";

const found = (duties: readonly string[], minimum = HOUR): readonly string[] =>
  overlapsOf(
    duties.map((text) => duty(text)),
    minimum,
  ).map((one) => `${one.resident.person}+${one.attending.person} ${(one.end - one.start) / MINUTE}`);

describe("an overlap", () => {
  it("is the time that both are on duty", () => {
    const span = together(
      duty("r1 2026-12-01T08:00 2026-12-01T17:00"),
      duty("a1 2026-12-01T15:30 2026-12-02T00:30"),
    );

    expect(span).toEqual({ start: local("2026-12-01T15:30"), end: local("2026-12-01T17:00") });
    expect(utc(span!.start)).toBe("2026-12-01T06:30:00Z");
  });

  it("is none where one leaves as the other comes", () => {
    expect(
      together(duty("r1 2026-12-01T08:00 2026-12-01T17:00"), duty("a1 2026-12-01T17:00 2026-12-02T01:00")),
    ).toBeUndefined();
  });

  // domain: An overlap counts from 60 minutes
  it("counts from the policy's minimum, to the minute", () => {
    const resident = "r1 2026-12-01T08:00 2026-12-01T17:00";

    expect(found([resident, "a1 2026-12-01T16:00 2026-12-02T00:00"])).toEqual(["r1+a1 60"]);
    expect(found([resident, "a1 2026-12-01T16:01 2026-12-02T00:00"])).toEqual([]);
  });

  it("is of a resident with an attending, never of two of a kind", () => {
    const span = "2026-12-01T08:00 2026-12-01T17:00";

    expect(found([`r1 ${span}`, `r2 ${span}`])).toEqual([]);
    expect(found([`a1 ${span}`, `a2 ${span}`])).toEqual([]);
  });

  it("crosses midnight", () => {
    expect(found(["r1 2026-12-01T22:00 2026-12-02T08:00", "a1 2026-12-02T00:00 2026-12-02T09:00"])).toEqual([
      "r1+a1 480",
    ]);
  });

  it("is found under a long shift that began days before", () => {
    expect(
      found([
        "a1 2026-12-01T00:00 2026-12-04T00:00",
        "a2 2026-12-02T00:00 2026-12-02T01:00",
        "r1 2026-12-03T08:00 2026-12-03T17:00",
      ]),
    ).toEqual(["r1+a1 540"]);
  });

  it("is one for each pair of shifts, by the resident's start and then the attending's", () => {
    expect(
      found([
        "a2 2026-12-01T12:00 2026-12-01T20:00",
        "r2 2026-12-01T10:00 2026-12-01T18:00",
        "a1 2026-12-01T08:00 2026-12-01T17:00",
        "r1 2026-12-01T08:00 2026-12-01T17:00",
      ]),
    ).toEqual(["r1+a1 540", "r1+a2 300", "r2+a1 420", "r2+a2 360"]);
  });
});
