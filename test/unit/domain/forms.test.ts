import { describe, expect, it } from "vitest";
import { ITEMS, itemOf, itemsOf, itemsSideBySide, valuesOf } from "#src/domain/forms.ts";
import { NUDGE_KINDS, rulesOf } from "#src/domain/nudge.ts";

const items = NUDGE_KINDS.flatMap(itemsOf);

describe("the forms", () => {
  it("ask nothing in a digest", () => {
    expect(itemsOf("attending-digest")).toEqual([]);
    expect(itemsOf("coordinator-digest")).toEqual([]);
  });

  // domain: A goal is followed by the optional line
  it("ask goal, own line, help, call and feedback before the shift, in this order", () => {
    const asked = itemsOf("shift-goal").filter((item) => item.asked);

    expect(asked.map((item) => item.id)).toEqual(["goal", "line", "help", "call", "feedback"]);
  });

  // domain: The plan then asks help, call and feedback
  it("ask both sides the very same strategy items", () => {
    const strategy = (kind: "shift-goal" | "shift-plan") =>
      itemsOf(kind).filter((item) => item.component === "strategy" && item.asked);

    expect(strategy("shift-plan")).toEqual(strategy("shift-goal"));
  });

  it("name an item once, but for the strategy items that both sides share", () => {
    const ids = items.map((item) => item.id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);

    expect(twice).toEqual(["help", "call", "feedback"]);
  });
});

// domain: An item's visibility is part of its definition
describe("an item's visibility", () => {
  it.each([
    ["goal", "shared"],
    ["line", "shared"],
    ["help", "pair"],
    ["call", "pair"],
    ["feedback", "pair"],
    ["safety", "pair"],
    ["counter", "shared"],
    ["outcome", "pair"],
    ["to", "pair"],
    ["to-line", "pair"],
    ["feedback-given", "pair"],
    ["happened", "pair"],
    ["whom", "self"],
    ["note", "shared"],
    ["week-goal", "pair"],
    ["week-strategy", "pair"],
    ["week-trust", "self"],
    ["next", "shared"],
  ])("%s is %s", (id, visibility) => {
    expect(itemOf(id)?.visibility).toBe(visibility);
  });

  // domain: self: only the person who answered
  it("keeps every answer about trust to the person who gave it", () => {
    const trust = items.filter((item) => item.component === "trust");

    expect(trust.map((item) => item.visibility)).toEqual(["self"]);
  });

  it("puts nothing side by side that is not for the pair", () => {
    for (const kind of NUDGE_KINDS) {
      for (const item of itemsSideBySide(kind)) expect(item.visibility).toBe("pair");
    }
    expect(itemsSideBySide("pair-check-in").map((item) => item.id)).toEqual(["week-goal", "week-strategy"]);
  });
});

// domain: The debrief asks whether there was feedback
// domain: The debrief asks whether the goal was worked on
it("knows the answers that each scale admits", () => {
  expect(valuesOf(ITEMS.help)).toEqual(["1", "2", "3", "4"]);
  expect(valuesOf(ITEMS["week-trust"])).toEqual(["1", "2", "3", "4", "5"]);
  expect(valuesOf(ITEMS.feedback)).toEqual(["moment", "after", "end"]);
  expect(valuesOf(ITEMS.outcome)).toEqual(["yes", "partly", "no-chance", "changed"]);
  expect(valuesOf(ITEMS["feedback-given"])).toEqual(["yes", "not-yet", "not-needed"]);
  expect(valuesOf(ITEMS.line)).toBeUndefined();
  expect(valuesOf(ITEMS.whom)).toBeUndefined();
});

it("sends each role its own", () => {
  const asked = (role: "resident" | "attending" | "coordinator") =>
    NUDGE_KINDS.filter((kind) => rulesOf(kind).roles.includes(role));

  expect(asked("resident")).toEqual([
    "consent",
    "research",
    "shift-goal",
    "shift-debrief",
    "shift-reveal",
    "pair-check-in",
    "rotation-summary",
  ]);
  expect(asked("attending")).toEqual([
    "consent",
    "research",
    "shift-plan",
    "shift-debrief",
    "shift-reveal",
    "pair-check-in",
    "attending-digest",
  ]);
  expect(asked("coordinator")).toEqual([
    "greeting",
    "consent",
    "whose-account",
    "coordinator-digest",
    "file-taken-over",
  ]);
});
