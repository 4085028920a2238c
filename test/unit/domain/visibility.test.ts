import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import type { Reply } from "#src/domain/reply.ts";
import { instant } from "#src/domain/time.ts";
import { goalChangedAt, visibleTo, type Circle } from "#src/domain/visibility.ts";
import { said, strategy } from "#test/support/replies.ts";

const r1 = personId("r1");
const about = { about: r1 };
const circle: Circle = {
  occasion: "shift",
  resident: r1,
  attendings: [personId("a1"), personId("a2")],
};
const sees = (reader: string, replies: readonly Reply[]): readonly string[] =>
  visibleTo(personId(reader), circle, replies).map((one) => `${one.person} ${one.item}`);
const residentSaid = strategy("r1", 3, 2, "end");
const attendingSaid = strategy("a1", 1, 2, "end", about);

// domain: pair: the two partners, after both
describe("what two partners answer", () => {
  it("is seen without the answer that it took the place of, but by whoever gave both", () => {
    const goal: Reply = { ...said("r1", "goal", "procedures"), before: { value: "imaging", text: false } };
    const before = (reader: string) =>
      visibleTo(personId(reader), circle, [goal]).map((one) => one.before?.value);

    expect(before("r1")).toEqual(["imaging"]);
    expect(before("a1")).toEqual([undefined]);
  });

  it("is hidden from both while one is silent, but not from whoever answered", () => {
    expect(sees("a1", residentSaid)).toEqual([]);
    expect(sees("r1", attendingSaid)).toEqual([]);
    expect(sees("r1", residentSaid)).toHaveLength(3);
  });

  it("stays hidden until both have answered all that is shown together", () => {
    const half = attendingSaid.slice(0, 2);

    expect(sees("r1", [...residentSaid, ...half])).toEqual(["r1 help", "r1 call", "r1 feedback"]);
    expect(sees("a1", [...residentSaid, ...half])).toEqual(["a1 help", "a1 call"]);
  });

  it("is seen by both once both have answered", () => {
    for (const reader of ["r1", "a1"])
      expect(sees(reader, [...residentSaid, ...attendingSaid])).toHaveLength(6);
  });

  it("is not seen by another attending of the shift who has not answered", () => {
    expect(sees("a2", [...residentSaid, ...attendingSaid])).toEqual([]);
  });

  it("is not seen by somebody outside", () => {
    for (const reader of ["a9", "r2", "c1"])
      expect(sees(reader, [...residentSaid, ...attendingSaid])).toEqual([]);
  });

  it("about one resident is not seen by another", () => {
    const other: Circle = { ...circle, resident: personId("r2") };
    const replies = [...strategy("r2", 1, 1, "end"), ...attendingSaid];

    expect(visibleTo(personId("r2"), other, replies).map((one) => one.person)).toEqual(["r2", "r2", "r2"]);
  });

  it("is an answer to the whole set when patient safety comes first", () => {
    const safety = said("a1", "safety", "yes", about);

    expect(sees("a1", [...residentSaid, safety])).toHaveLength(4);
    expect(sees("r1", [...residentSaid, safety])).toContain("a1 safety");
  });

  it("is no longer there once patient safety took its place", () => {
    const replaced = [said("a1", "help", "1", about), said("a1", "safety", "yes", about)];

    expect(sees("r1", [...residentSaid, ...replaced])).not.toContain("a1 help");
  });

  it("is no answer when it was taken back", () => {
    expect(sees("a1", [...residentSaid, said("a1", "safety", null, about)])).toEqual(["a1 safety"]);
  });

  it("of another occasion is not shown here", () => {
    const elsewhere = residentSaid.map((one) => ({ ...one, occasion: "another shift" }));

    expect(sees("r1", elsewhere)).toEqual([]);
  });
});

// domain: shared: the partner at once
describe("a goal", () => {
  const goal = said("r1", "goal", "flow");
  const line = said("r1", "line", "keep three patients in mind", { text: true });
  const share = (value: string) => said("r1", "share", value);

  it("and its line are seen by the attendings of the shift at once", () => {
    for (const reader of ["a1", "a2"]) expect(sees(reader, [goal, line])).toEqual(["r1 goal", "r1 line"]);
  });

  it("can be shared by its category only, or not at all", () => {
    expect(sees("a1", [goal, line, share("category")])).toEqual(["r1 goal"]);
    expect(sees("a1", [goal, line, share("private")])).toEqual([]);
    expect(sees("a1", [goal, line, share("full")])).toEqual(["r1 goal", "r1 line"]);
  });

  it("is never seen by another resident or a coordinator", () => {
    for (const reader of ["r2", "c1"]) expect(sees(reader, [goal, line])).toEqual([]);
  });

  it("that an attending suggests is seen by that resident at once, and by no other attending", () => {
    const counter = said("a1", "counter", "tests", about);

    expect(sees("r1", [counter])).toEqual(["a1 counter"]);
    expect(sees("a2", [counter])).toEqual([]);
  });
});

it("what is said about one partner is not seen by another, though both share the shift", () => {
  const talked = said("r1", "talked", "yes", { about: personId("a2") });

  expect(sees("a2", [talked])).toEqual(["r1 talked"]);
  expect(sees("a1", [talked])).toEqual([]);
});

// domain: Trust answers never reach the partner
it("never shows an answer about trust to the partner, whoever has answered what", () => {
  const all = (person: string, partner: string) =>
    (["week-goal", "week-strategy", "week-trust"] as const).map((item) =>
      said(person, item, "2", { about: personId(partner) }),
    );
  const replies = [...all("r1", "a1"), ...all("a1", "r1")];

  expect(sees("a1", replies)).not.toContain("r1 week-trust");
  expect(sees("r1", replies)).not.toContain("a1 week-trust");
  expect(sees("a1", replies)).toContain("r1 week-strategy");
});

describe("the moment that a goal took the place of another", () => {
  const SENT = instant(10);
  const plan = { kind: "shift-plan", person: personId("a1"), sentAt: SENT } as const;
  const own = { kind: "shift-goal", person: r1 } as const;
  const was = (value: string | null) => ({ before: { value, text: false } });
  const goal = (at: number, over: Partial<Reply> = {}) =>
    said("r1", "goal", "flow", { at: instant(at), ...was("tests"), ...over });
  const line = (at: number) =>
    said("r1", "line", "two lines at once", { text: true, at: instant(at), ...was("keep three in mind") });
  const share = (value: string, at: number) => said("r1", "share", value, { at: instant(at) });
  const changed = (ask: Parameters<typeof goalChangedAt>[0], ...replies: readonly Reply[]) =>
    goalChangedAt(ask, circle, replies);

  it("is when the later of the goal and its line was changed", () => {
    expect(changed(plan, goal(20), line(30))).toBe(30);
    expect(changed(plan, goal(30), line(20))).toBe(30);
  });

  it("is none where nothing stood there before, the same stood there, or nothing stands there now", () => {
    expect(changed(plan, said("r1", "goal", "flow", { at: instant(20) }))).toBeUndefined();
    expect(changed(plan, goal(20, was(null)))).toBeUndefined();
    expect(changed(plan, goal(20, was("flow")))).toBeUndefined();
    expect(changed(own, goal(20, { value: null }))).toBeUndefined();
  });

  it("is told to an attending whose message had gone out by then, and to the resident in any case", () => {
    expect(changed(plan, goal(10))).toBe(10);
    expect(changed(plan, goal(9))).toBeUndefined();
    expect(changed({ kind: plan.kind, person: plan.person }, goal(20))).toBeUndefined();
    expect(changed(own, goal(9))).toBe(9);
  });

  it("is not told of a line that the attending does not see, nor where more is shared since", () => {
    expect(changed(plan, goal(10, was(null)), line(20), share("category", 5))).toBeUndefined();
    expect(changed(plan, goal(20), line(20), share("private", 5))).toBeUndefined();
    expect(changed(plan, goal(20), share("full", 20))).toBe(20);
    expect(changed(plan, goal(20), share("full", 21))).toBeUndefined();
    expect(changed(own, line(20), share("private", 30))).toBe(20);
  });

  it("is none for an ask that shows no goal as it is set", () => {
    expect(changed({ ...plan, kind: "shift-debrief" }, goal(20))).toBeUndefined();
  });
});
