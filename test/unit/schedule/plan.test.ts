import { describe, expect, it } from "vitest";
import { personId, type PersonId } from "#src/domain/person.ts";
import type { Absence } from "#src/domain/roster.ts";
import type { Wishes } from "#src/domain/wishes.ts";
import { HOUR } from "#src/domain/time.ts";
import { outlookOf } from "#src/domain/outlook.ts";
import { planNudges } from "#src/schedule/plan.ts";
import { line, outlookOn, planOf } from "#test/support/plans.ts";
import { local, programOf, rosterOf, type ProgramWish } from "#test/support/programs.ts";

const DAY_SHIFT = "2026-12-01T08:00 2026-12-01T17:00";
/** The asks about shifts that a Tokyo roster implies, in UTC. */
const asks = (
  duties: readonly string[],
  wish: ProgramWish = {},
  wishes?: ReadonlyMap<PersonId, Wishes>,
  absences: readonly Absence[] = [],
) => {
  const people = [...new Set(duties.map((text) => text.split(" ")[0]!))];
  return planOf(programOf({ people, ...wish }), rosterOf(duties, "Asia/Tokyo", absences), wishes)
    .filter((one) => one.kind.startsWith("shift-"))
    .map(line);
};
const whoIsAsked = (lines: readonly string[]) => lines.map((text) => text.split(" ").slice(0, 2).join(" "));

// domain: Until a coordinator starts the program, nobody
it("greets its coordinators alone before the program starts, and until its last rotation ends", () => {
  const rotations = [
    { name: "second", from: "2027-01-25", to: "2027-03-21" },
    { name: "first", from: "2026-11-30", to: "2027-01-24" },
  ];
  const program = { ...programOf({ people: ["r1", "a1", "c1"] }), rotations };
  const { input } = outlookOn(program, rosterOf([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`]));

  const plan = planNudges(outlookOf({ ...input, beginning: { since: local("2026-11-20T03:00") } }));

  expect(plan.map(line)).toEqual(["greeting c1 2026-11-19T18:00:00Z – 2027-03-21T15:00:00Z"]);
});

describe("around one shift", () => {
  // domain: Times follow the roster
  it("the goal comes before it, the plan at its start, the look back at its end", () => {
    expect(asks([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`])).toEqual([
      "shift-goal r1 2026-11-30T22:45:00Z – 2026-12-01T08:00:00Z",
      "shift-plan a1 2026-11-30T23:00:00Z – 2026-12-01T08:00:00Z",
      "shift-debrief a1 2026-12-01T08:00:00Z – 2026-12-02T08:00:00Z",
      "shift-debrief r1 2026-12-01T08:00:00Z – 2026-12-02T08:00:00Z",
    ]);
  });

  it("that starts at midnight, the goal comes the day before", () => {
    const night = "2026-12-02T00:00 2026-12-02T08:00";

    expect(asks([`r1 ${night}`])).toEqual(["shift-goal r1 2026-12-01T14:45:00Z – 2026-12-01T23:00:00Z"]);
  });

  // domain: A goal or plan is not sent later than 3 h
  it("the goal takes answers until it ends, however long it is", () => {
    expect(asks(["r1 2026-12-01T08:00 2026-12-01T10:00"])[0]).toMatch(/ – 2026-12-01T01:00:00Z$/);
    expect(asks(["r1 2026-12-01T08:00 2026-12-02T08:00"])[0]).toMatch(/ – 2026-12-01T23:00:00Z$/);
  });

  it("each is asked to look back when their own duty ends", () => {
    const lines = asks([`r1 ${DAY_SHIFT}`, "a1 2026-12-01T06:00 2026-12-01T12:00"]);

    expect(lines).toContain("shift-debrief a1 2026-12-01T03:00:00Z – 2026-12-02T03:00:00Z");
    expect(lines).toContain("shift-debrief r1 2026-12-01T08:00:00Z – 2026-12-02T08:00:00Z");
  });
});

describe("back to back", () => {
  it("the second goal waits for the end of the first shift", () => {
    const lines = asks(["r1 2026-12-01T08:00 2026-12-01T17:00", "r1 2026-12-01T17:00 2026-12-02T01:00"]);

    expect(lines).toContain("shift-goal r1 2026-12-01T08:00:00Z – 2026-12-01T16:00:00Z");
  });

  // domain: An ask bound to a shift follows the shift
  it("the goal comes at the end of a shift that leaves five minutes", () => {
    const lines = asks(["r1 2026-12-01T08:00 2026-12-01T16:55", "r1 2026-12-01T17:00 2026-12-02T01:00"]);

    expect(lines).toContain("shift-goal r1 2026-12-01T07:55:00Z – 2026-12-01T16:00:00Z");
  });

  it("the look back at a shift waits for the end of one that runs into it", () => {
    const lines = asks([`r1 ${DAY_SHIFT}`, "r1 2026-12-01T16:00 2026-12-01T20:00", `a1 ${DAY_SHIFT}`]);

    expect(lines.filter((text) => text.startsWith("shift-debrief r1"))).toEqual([
      "shift-debrief r1 2026-12-01T11:00:00Z – 2026-12-02T11:00:00Z",
      "shift-debrief r1 2026-12-01T11:00:00Z – 2026-12-02T11:00:00Z",
    ]);
  });
});

describe("who is asked", () => {
  // domain: A resident whose shift overlaps no attending
  it("a resident without an attending gets the goal, and nobody a plan or a look back", () => {
    expect(whoIsAsked(asks([`r1 ${DAY_SHIFT}`, "a1 2026-12-01T18:00 2026-12-02T02:00"]))).toEqual([
      "shift-goal r1",
    ]);
  });

  it("an attending without a resident is not asked", () => {
    expect(asks([`a1 ${DAY_SHIFT}`])).toEqual([]);
  });

  // domain: An overlap counts from 60 minutes
  it("an overlap of 59 minutes does not count, one of 60 does", () => {
    const plans = (start: string) =>
      whoIsAsked(asks([`r1 ${DAY_SHIFT}`, `a1 2026-12-01T${start} 2026-12-02T01:00`])).filter(
        (text) => text === "shift-plan a1",
      );

    expect(plans("16:01")).toHaveLength(0);
    expect(plans("16:00")).toHaveLength(1);
  });

  it("an attending with two residents gets one plan for both, for as long as any of them is there", () => {
    const lines = asks([`a1 ${DAY_SHIFT}`, `r1 ${DAY_SHIFT}`, "r2 2026-12-01T12:00 2026-12-01T20:00"]);

    expect(lines.filter((text) => text.startsWith("shift-plan"))).toEqual([
      "shift-plan a1 2026-11-30T23:00:00Z – 2026-12-01T08:00:00Z",
    ]);
  });

  it("each attending of a resident's shift gets a plan", () => {
    const asked = whoIsAsked(asks([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`, `a2 ${DAY_SHIFT}`]));

    expect(asked.filter((text) => text.startsWith("shift-plan"))).toEqual(["shift-plan a1", "shift-plan a2"]);
  });

  it("nobody outside a rotation is asked", () => {
    expect(asks([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`], { from: "2026-12-02" })).toEqual([]);
  });
});

describe("what people wish", () => {
  const both = [`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`];
  const wish = (id: string, wishes: Wishes) => new Map([[personId(id), wishes]]);

  it("somebody who stopped is not asked, and is nobody's partner", () => {
    expect(whoIsAsked(asks(both, {}, wish("a1", { out: true })))).toEqual(["shift-goal r1"]);
    expect(asks(both, {}, wish("r1", { out: true }))).toEqual([]);
  });

  it("somebody who paused is not asked until then, and their partner still is", () => {
    const paused = wish("r1", { out: false, pausedUntil: local("2026-12-01T12:00") });

    expect(whoIsAsked(asks(both, {}, paused))).toEqual([
      "shift-plan a1",
      "shift-debrief a1",
      "shift-debrief r1",
    ]);
  });
});

describe("leave", () => {
  const leave = (id: string, start: string, end: string): Absence => ({
    person: personId(id),
    start: local(start),
    end: local(end),
  });
  const both = [`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`];

  it("takes the duty that falls in it off the roster", () => {
    expect(
      whoIsAsked(asks(both, {}, new Map(), [leave("a1", "2026-12-01T00:00", "2026-12-02T00:00")])),
    ).toEqual(["shift-goal r1"]);
    expect(asks(both, {}, new Map(), [leave("r1", "2026-12-01T00:00", "2026-12-02T00:00")])).toEqual([]);
  });

  it("that begins after the shift did keeps only what comes before it", () => {
    const asked = whoIsAsked(
      asks(both, {}, new Map(), [leave("r1", "2026-12-01T12:00", "2026-12-03T00:00")]),
    );

    expect(asked).toEqual(["shift-goal r1", "shift-plan a1", "shift-debrief a1"]);
  });
});

describe("the plan itself", () => {
  it("keeps an attending's plan open until the last of their residents leaves, whoever came first", () => {
    const lines = asks([
      "r1 2026-12-01T08:00 2026-12-01T12:00",
      "r2 2026-12-01T09:00 2026-12-01T16:00",
      "r1 2026-12-01T13:00 2026-12-01T15:00",
      `a1 ${DAY_SHIFT}`,
    ]);

    expect(lines).toContain("shift-plan a1 2026-11-30T23:00:00Z – 2026-12-01T07:00:00Z");
  });

  it("has no more asks in a local month than the policy admits, and keeps the first ones", () => {
    const lines = asks([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`, "r1 2026-12-02T08:00 2026-12-02T17:00"], {
      policy: { asksPerMonth: 1 },
    });

    expect(whoIsAsked(lines)).toEqual(["shift-goal r1", "shift-plan a1"]);
  });

  it("follows the policy's lead and window", () => {
    const policy = { goalLead: HOUR, debriefWindow: 12 * HOUR };

    expect(asks([`r1 ${DAY_SHIFT}`, `a1 ${DAY_SHIFT}`], { policy })).toEqual([
      "shift-goal r1 2026-11-30T22:00:00Z – 2026-12-01T08:00:00Z",
      "shift-plan a1 2026-11-30T23:00:00Z – 2026-12-01T08:00:00Z",
      "shift-debrief a1 2026-12-01T08:00:00Z – 2026-12-01T20:00:00Z",
      "shift-debrief r1 2026-12-01T08:00:00Z – 2026-12-01T20:00:00Z",
    ]);
  });
});
