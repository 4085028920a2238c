import { describe, expect, it } from "vitest";
import { storable } from "#src/domain/text.ts";
import { instant } from "#src/domain/time.ts";
import { duty } from "#test/support/programs.ts";

const sound = duty("r1 2026-12-01T08:00 2026-12-01T17:00");
const FARTHEST = 8.64e15;

describe("an entry of a roster that no store can keep", () => {
  it.each([
    ["names nobody", { person: "" }],
    ["names somebody in letters that nobody sees", { person: "r1\u0000" }],
    ["has no name of its own", { id: "" }],
    ["starts at no moment", { start: Number.NaN }],
    ["starts after the last moment of any calendar", { start: FARTHEST + 1 }],
    ["ends at no moment", { end: Number.POSITIVE_INFINITY }],
    ["ends between two milliseconds", { end: sound.end + 0.5 }],
  ])("%s: it alone is refused, and the others are kept", (_, over) => {
    const bad = { ...sound, ...over } as typeof sound;

    expect(storable([sound, bad, sound])).toEqual({ entries: [sound, sound], refused: [bad] });
  });

  it("is none of those up to the last moment, nor one without a label or a name of its own", () => {
    const { person, start } = sound;
    const last = { person, start, end: instant(FARTHEST) };

    expect(storable([last])).toEqual({ entries: [last], refused: [] });
  });

  it("has a label of 200 letters as it is, and a longer one cut to as many", () => {
    const labelled = (label: string) => storable([{ ...sound, label }]).entries[0]!.label;

    expect(labelled("a".repeat(200))).toBe("a".repeat(200));
    expect(labelled("a".repeat(201))).toBe(`${"a".repeat(199)}…`);
    expect(labelled("😀".repeat(200))).toBe("😀".repeat(200));
    expect(labelled("😀".repeat(201))).toBe(`${"😀".repeat(199)}…`);
  });
});
