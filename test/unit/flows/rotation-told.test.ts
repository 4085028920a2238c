import { describe, expect, it } from "vitest";
import type { Rotation } from "#src/domain/program.ts";
import type { Reply } from "#src/domain/reply.ts";
import { HOUR, later, type Instant } from "#src/domain/time.ts";
import { rotationTold } from "#src/flows/view/rotation-told.ts";
import { contextOn, goalFor, shiftOf } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";
import { said } from "#test/support/replies.ts";

const FIRST: Rotation = { name: "first", from: "2026-12-01", to: "2026-12-06" };
const SECOND: Rotation = { name: "second", from: "2026-12-07", to: "2026-12-31" };
const program = { ...programOf({ people: ["r1", "a1", "a2"] }), rotations: [FIRST, SECOND] };
const [resident] = program.people;
const MIDNIGHT = local("2026-12-07T00:00");

/** What r1 reads of a rotation. */
const told = (
  replies: readonly Reply[],
  duties: readonly string[],
  { of = FIRST, now = local("2026-12-20T12:00") }: { of?: Rotation; now?: Instant } = {},
) => rotationTold(contextOn({ program, duties, now, replies }), resident!, of);
const lines = async (...given: Parameters<typeof told>) =>
  (await told(...given)).shifts.map(({ own }) => own.get("line"));

// domain: My rotation has goals by week with what came of them
describe("my rotation has the shifts", () => {
  it("that begin in it, from its first midnight to the one after its last day", async () => {
    const spans = ["2026-12-01T00:00 2026-12-01T08:00", "2026-12-07T00:00 2026-12-07T08:00"];
    const duties = spans.map((span) => `r1 ${span}`);
    const goals = [
      ...goalFor("r1 2026-12-01T00:00", "of the 1st"),
      ...goalFor("r1 2026-12-07T00:00", "of the 7th"),
    ];

    expect(await lines(goals, duties)).toEqual(["of the 1st"]);
    expect(await lines(goals, duties, { of: SECOND })).toEqual(["of the 7th"]);
  });

  it("that the roster has lost, by the moment at which their goal was set", async () => {
    const lost = (at: Instant) => goalFor("r1 2026-12-05T08:00", "of a lost one", { at });
    const rotations = [FIRST, SECOND];

    const inEach = (at: Instant) =>
      Promise.all(rotations.map(async (of) => (await lines(lost(at), [], { of })).length));

    expect(await inEach(later(MIDNIGHT, -1))).toEqual([1, 0]);
    expect(await inEach(MIDNIGHT)).toEqual([0, 1]);
  });

  it("to come, from eighteen hours before them on", async () => {
    const duties = ["r1 2026-12-02T08:00 2026-12-02T17:00"];
    const opens = later(local("2026-12-02T08:00"), -18 * HOUR);
    const goal = goalFor("r1 2026-12-02T08:00", "of tomorrow", { at: later(opens, -1) });

    expect(await lines(goal, duties, { now: opens })).toEqual(["of tomorrow"]);
    expect(await lines(goal, duties, { now: later(opens, -1) })).toEqual([]);
  });
});

// domain: My rotation has goals by week with what came of them
it("my rotation has the help that was settled on last, of several attendings", async () => {
  const duties = ["r1", "a1", "a2"].map((id) => `${id} 2026-12-02T08:00 2026-12-02T17:00`);
  const settles = (by: string, step: string, minute: string) =>
    said(by, "settled-help", step, {
      occasion: shiftOf("r1 2026-12-02T08:00"),
      about: resident!.id,
      at: local(`2026-12-02T09:${minute}`),
    });
  const settledOn = async (...words: readonly Reply[]) => (await told(words, duties)).shifts[0]?.settled;

  expect(await settledOn(settles("a2", "2", "00"), settles("a1", "3", "10"))).toBe(3);
  expect(await settledOn(settles("a1", "3", "00"), settles("a2", "2", "10"))).toBe(2);
});
