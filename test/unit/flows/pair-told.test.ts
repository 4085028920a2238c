import { describe, expect, it } from "vitest";
import { itemsSideBySide } from "#src/domain/forms.ts";
import type { Reply } from "#src/domain/reply.ts";
import { later, weekOf, type Instant } from "#src/domain/time.ts";
import { pairHistory } from "#src/flows/digests/pair-told.ts";
import { spanOf } from "#src/flows/digests/week-span.ts";
import { contextOn, goalFor, shiftOf } from "#test/support/context-on.ts";
import { local, programOf } from "#test/support/programs.ts";
import { said, strategy } from "#test/support/replies.ts";

/** r1 and a1 on duty together: before the rotation of both begins on Wednesday, up to that midnight, and after it. */
const SHIFTS = ["2026-12-01T20:00 2026-12-02T00:00", "2026-12-03T08:00 2026-12-03T17:00"];
const BEGINS = "2026-12-03T08:00";
const ROTATIONS = [
  { name: "first", from: "2026-11-01", to: "2026-12-01" },
  { name: "second", from: "2026-12-02", to: "2026-12-31" },
];
const program = { ...programOf({ people: ["r1", "a1"] }), rotations: ROTATIONS };
const [r1, a1] = [program.people[0]!, program.people[1]!];

/** What a1 is told about r1 at a moment, of the week that it is in. */
async function told(replies: readonly Reply[], at: Instant, shifts = SHIFTS) {
  const duties = shifts.flatMap((span) => [`r1 ${span}`, `a1 ${span}`]);
  const context = contextOn({ program, duties, now: at, replies });
  const history = await pairHistory(context, a1, r1, context.roster.outlook.overlaps, at);
  return history.told(spanOf(context, weekOf(context.zone.dayOf(at))), at);
}

const [TUESDAY, THURSDAY] = ["r1 2026-12-01T20:00", "r1 2026-12-03T08:00"] as const;

// domain: A resident in full has the goals in their own words
describe("an attending is told of a resident's goals", () => {
  const goals = [...goalFor(TUESDAY, "of Tuesday"), ...goalFor(THURSDAY, "of Thursday")];
  const linesAt = async (at: string) => (await told(goals, local(at))).goals.map(({ line }) => line);

  it("from the moment on at which the time together ends", async () => {
    expect(await linesAt("2026-12-03T16:59")).toEqual([]);
    expect(await linesAt("2026-12-03T17:00")).toEqual(["of Thursday"]);
  });

  it("not of a shift that ended as this rotation began, nor as that week did", async () => {
    const monday = ["2026-12-06T20:00 2026-12-07T00:00", "2026-12-07T08:00 2026-12-07T17:00"];
    const replies = [
      ...goalFor("r1 2026-12-06T20:00", "of Sunday"),
      ...goalFor("r1 2026-12-07T08:00", "of Monday"),
    ];

    const { goals: inTheWeek } = await told(replies, local("2026-12-08T09:00"), monday);

    expect(await linesAt("2026-12-02T09:00")).toEqual([]);
    expect(inTheWeek.map(({ line }) => line)).toEqual(["of Monday"]);
  });

  it("with what came of them by then, to the very moment", async () => {
    const at = local("2026-12-03T18:00");
    const looksBack = (person: string, moment: Instant): readonly Reply[] =>
      itemsSideBySide("shift-debrief").map(({ id }) =>
        said(person, id, id === "happened" ? "2" : "yes", {
          occasion: shiftOf(THURSDAY),
          at: moment,
          ...(person === "a1" ? { about: r1.id } : {}),
        }),
      );
    const cameOf = async (moment: Instant) => {
      const all = [...goals, ...looksBack("a1", local("2026-12-03T17:00")), ...looksBack("r1", moment)];
      const { goals: shared, between } = await told(all, at);
      return [shared[0]?.outcome?.value, between.happened?.resident];
    };

    expect(await cameOf(at)).toEqual(["yes", "2"]);
    expect(await cameOf(later(at, 1))).toEqual([undefined, undefined]);
  });
});

// domain: A resident in full has the goals in their own words
it("tells a wish until the shift for which it was said has begun", async () => {
  const wishAt = async (at: Instant) => {
    const wish = said("r1", "next", "your plan before mine", {
      text: true,
      at,
      about: a1.id,
      occasion: "r1+a1@2026-W48",
    });
    return (await told([wish], local("2026-12-03T18:00"))).between.wishes.length;
  };

  expect(await wishAt(later(local(BEGINS), 1))).toBe(1);
  expect(await wishAt(local(BEGINS))).toBe(0);
});

// domain: A mismatch is open → settled
it("tells what was settled and closed in the week, from its first moment on", async () => {
  const shifts = ["2026-12-03T08:00 2026-12-03T17:00", "2026-12-07T08:00 2026-12-07T17:00"];
  const monday = local("2026-12-07T00:00");
  const answers = (start: string, at: Instant, help: number) => {
    const here = { occasion: shiftOf(start), at };
    return [
      ...strategy("r1", 3, 2, "end", here),
      ...strategy("a1", help, 2, "end", { ...here, about: r1.id }),
    ];
  };
  const closedAt = async (at: Instant) => {
    const on = { occasion: shiftOf(THURSDAY), at: local("2026-12-03T09:00"), about: a1.id };
    const all = [
      ...answers(THURSDAY, local("2026-12-03T08:00"), 1),
      said("r1", "settled-help", "2", on),
      ...answers("r1 2026-12-07T08:00", at, 3),
    ];
    return (await told(all, local("2026-12-08T09:00"), shifts)).between.mismatch?.state;
  };

  expect(await closedAt(monday)).toBe("closed");
  expect(await closedAt(later(monday, -1))).toBeUndefined();
});
