import { describe, expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { line, planOf } from "#test/support/plans.ts";
import { local, programOf, rosterOf, type ProgramWish } from "#test/support/programs.ts";

/** What comes once a week of a Tokyo roster: subject, then the nudge in UTC. */
const weekly = (duties: readonly string[], wish: ProgramWish = {}) =>
  planOf(programOf(wish), rosterOf(duties))
    .filter((one) => !one.kind.startsWith("shift-"))
    .map((one) => `${one.subject} ${line(one)}`);
const both = (span: string) => ["r1", "a1"].map((id) => `${id} ${span}`);
const checkIns = (duties: readonly string[], wish: ProgramWish = {}) =>
  weekly(duties, wish).filter((text) => text.includes("pair-check-in"));

describe("a check-in", () => {
  // domain: The check-in is weekly, one message a person
  it("is asked of both on the Monday after a week of four hours together", () => {
    expect(checkIns(both("2026-12-01T08:00 2026-12-01T12:00"))).toEqual([
      "2026-W49 pair-check-in a1 2026-12-07T00:00:00Z – 2026-12-10T00:00:00Z",
      "2026-W49 pair-check-in r1 2026-12-07T00:00:00Z – 2026-12-10T00:00:00Z",
    ]);
    expect(checkIns(both("2026-12-01T08:00 2026-12-01T11:59"))).toEqual([]);
  });

  it("adds up the shifts of the week", () => {
    const twice = [
      ...both("2026-12-01T08:00 2026-12-01T10:00"),
      ...both("2026-12-03T08:00 2026-12-03T10:00"),
    ];

    expect(checkIns(twice)).toHaveLength(2);
  });

  it("counts a night from Sunday to Monday for each week by its own hours", () => {
    expect(checkIns(both("2026-12-06T20:00 2026-12-07T03:00"))).toEqual([
      expect.stringContaining("2026-W49 pair-check-in a1"),
      expect.stringContaining("2026-W49 pair-check-in r1"),
    ]);
  });

  it("waits for each of the two until it is a civil moment for them", () => {
    const [attending, resident] = checkIns([
      ...both("2026-12-01T08:00 2026-12-01T17:00"),
      "r1 2026-12-06T22:00 2026-12-07T08:00",
      "a1 2026-12-07T08:00 2026-12-07T17:00",
    ]).toSorted();

    expect(attending).toContain("a1 2026-12-08T00:00:00Z");
    expect(resident).toContain("r1 2026-12-08T00:00:00Z");
  });
});

describe("a digest", () => {
  // domain: The attending's digest is weekly, about the residents
  it("comes to an attending for each week with a resident, in it or in the next", () => {
    const digests = weekly(both("2026-12-09T08:00 2026-12-09T17:00")).filter((text) =>
      text.includes("attending-digest"),
    );

    expect(digests).toEqual([
      "2026-W49 attending-digest a1 2026-12-08T00:00:00Z – 2026-12-10T00:00:00Z",
      "2026-W50 attending-digest a1 2026-12-15T00:00:00Z – 2026-12-17T00:00:00Z",
    ]);
  });

  it("does not come to an attending who meets nobody", () => {
    expect(weekly(["a1 2026-12-09T08:00 2026-12-09T17:00"])).toEqual([]);
  });

  // domain: The coordinator's digest is weekly, in two parts
  it("comes to a coordinator for every week that a rotation runs", () => {
    const digests = weekly([], { people: ["c1"], from: "2026-12-02", to: "2026-12-14" });

    expect(digests).toEqual([
      "2026-W49 coordinator-digest c1 2026-12-08T00:00:00Z – 2026-12-10T00:00:00Z",
      "2026-W50 coordinator-digest c1 2026-12-15T00:00:00Z – 2026-12-17T00:00:00Z",
      "2026-W51 coordinator-digest c1 2026-12-22T00:00:00Z – 2026-12-24T00:00:00Z",
    ]);
  });

  it("follows the day and hour of the policy", () => {
    const [first] = weekly([], {
      people: ["c1"],
      from: "2026-12-02",
      to: "2026-12-02",
      policy: { digest: { day: 5, hour: 16 } },
    });

    expect(first).toBe("2026-W49 coordinator-digest c1 2026-12-11T07:00:00Z – 2026-12-13T07:00:00Z");
  });
});

describe("a rotation's summary", () => {
  const summaries = (duties: readonly string[], wish: ProgramWish = {}) =>
    weekly(duties, wish).filter((text) => text.includes("rotation-summary"));

  // domain: My rotation comes as a message when the rotation ends
  it("comes to each resident of the rotation at the digests' moment after its last day, and to nobody else", () => {
    const duties = [...both("2026-12-01T08:00 2026-12-01T17:00"), "r2 2026-12-02T08:00 2026-12-02T17:00"];

    expect(summaries(duties, { people: ["r1", "r2", "r3", "a1", "c1"] })).toEqual([
      "2026-11-30 rotation-summary r1 2027-01-26T00:00:00Z – 2027-01-28T00:00:00Z",
      "2026-11-30 rotation-summary r2 2027-01-26T00:00:00Z – 2027-01-28T00:00:00Z",
    ]);
  });

  it("comes in the week after where the last day is that of the digests, or a later one", () => {
    const due = (to: string) => summaries(["r1 2026-12-01T08:00 2026-12-01T17:00"], { to })[0]!.split(" ")[3];

    expect(["2026-12-07", "2026-12-08", "2026-12-09"].map(due)).toEqual([
      "2026-12-08T00:00:00Z",
      "2026-12-15T00:00:00Z",
      "2026-12-15T00:00:00Z",
    ]);
  });

  it("waits, as a digest does, until the rest after a night is over", () => {
    const nights = [
      "r1 2026-12-01T08:00 2026-12-01T17:00",
      "r1 2026-12-07T22:00 2026-12-08T08:00",
      "a1 2026-12-07T22:00 2026-12-08T08:00",
    ];

    expect(summaries(nights, { to: "2026-12-06" })).toEqual([
      "2026-11-30 rotation-summary r1 2026-12-09T00:00:00Z – 2026-12-11T00:00:00Z",
    ]);
  });

  it("does not come where every day of the week after it is leave", () => {
    const program = programOf({ to: "2026-12-06" });
    const leave = {
      person: personId("r1"),
      start: local("2026-12-07T00:00"),
      end: local("2026-12-22T00:00"),
    };
    const roster = rosterOf(["r1 2026-12-01T08:00 2026-12-01T17:00"], "Asia/Tokyo", [leave]);

    const kinds = planOf(program, roster).map(({ kind }) => kind);

    expect(kinds).toContain("shift-goal");
    expect(kinds).not.toContain("rotation-summary");
  });
});
