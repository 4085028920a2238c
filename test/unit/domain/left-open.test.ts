import { describe, expect, it } from "vitest";
import { pressingOf } from "#src/domain/left-open.ts";
import { mismatchesOf } from "#src/domain/mismatch.ts";
import { personId } from "#src/domain/person.ts";
import { DEFAULT_POLICY } from "#src/domain/policy.ts";
import type { Reply } from "#src/domain/reply.ts";
import { instant } from "#src/domain/time.ts";
import { said, strategy } from "#test/support/replies.ts";

const pair = { resident: personId("r1"), attending: personId("a1") };
const WEEK = "r1+a1@2026-W14";
const NEXT = { occasion: "r1+a1@2026-W15", at: instant(1) };

/** What these replies leave open between the two, where the shift "shift" is of the week and no other. */
function leftBy(...replies: readonly (Reply | readonly Reply[])[]): number | undefined {
  const all = replies.flat();
  const { mismatch } = DEFAULT_POLICY;
  const mismatches = mismatchesOf(pair.resident, pair.attending, all, mismatch, instant(9), () => undefined);
  return pressingOf(pair, all, mismatches, (occasion) => occasion === "shift", mismatch);
}

const looksBack = (person: string, outcome: string, over: Partial<Reply> = {}): readonly Reply[] => [
  said(person, "outcome", outcome, over),
  said(person, "happened", "3", over),
];
const rates = (person: string, goal: string, over: Partial<Reply> = {}): readonly Reply[] =>
  (["week-goal", "week-strategy", "week-trust"] as const).map((item) =>
    said(person, item, item === "week-strategy" ? "4" : goal, { occasion: WEEK, ...over }),
  );

// domain: First comes what the week left open
describe("what a week leaves open between two", () => {
  it.each([
    ["nothing", undefined, [strategy("r1", 3, 2, "after"), strategy("a1", 3, 2, "after")]],
    [
      "a difference: more help than wanted",
      1,
      [strategy("r1", 3, 2, "after"), strategy("a1", 1, 2, "after")],
    ],
    [
      "less help than wanted, a safety matter",
      2,
      [strategy("r1", 1, 2, "after"), strategy("a1", 3, 2, "after")],
    ],
    [
      "patient safety first, whoever wanted to lead",
      3,
      [strategy("r1", 1, 2, "after"), said("a1", "safety", "yes")],
    ],
    [
      "nothing any more, once it is settled",
      undefined,
      [
        strategy("r1", 3, 2, "after"),
        strategy("a1", 1, 2, "after"),
        said("a1", "settled-help", "2", { about: personId("r1"), at: instant(1) }),
      ],
    ],
    [
      "what was settled about patient safety first",
      undefined,
      [
        strategy("r1", 4, 2, "after"),
        said("a1", "safety", "yes"),
        said("r1", "settled-safety", "2", { about: personId("a1"), at: instant(1) }),
      ],
    ],
    ["an outcome that the two saw differently", 1, [looksBack("r1", "no-chance"), looksBack("a1", "yes")]],
    ["an outcome that both saw alike", undefined, [looksBack("r1", "yes"), looksBack("a1", "yes")]],
    ["what both rated low the last time", 1, [rates("r1", "2"), rates("a1", "1")]],
    ["what only one rated low", undefined, [rates("r1", "3"), rates("a1", "2")]],
    [
      "what both rated low once, and better the last time",
      undefined,
      [rates("r1", "2"), rates("a1", "1"), rates("r1", "4", NEXT), rates("a1", "4", NEXT)],
    ],
  ] as const)("%s", (_name, pressing, replies) => {
    expect(leftBy(...replies)).toBe(pressing);
  });

  it("is nothing that only one of the two has answered", () => {
    expect(
      leftBy(strategy("r1", 1, 2, "after"), looksBack("a1", "no-chance"), rates("a1", "1")),
    ).toBeUndefined();
    expect(leftBy(said("a1", "safety", "yes"))).toBeUndefined();
  });

  it("is no outcome, and no patient safety first, of a shift of another week", () => {
    const before = { occasion: "a shift before" };

    expect(leftBy(looksBack("r1", "no-chance", before), looksBack("a1", "yes", before))).toBeUndefined();
    expect(
      leftBy(strategy("r1", 1, 2, "after", before), said("a1", "safety", "yes", before)),
    ).toBeUndefined();
  });
});
