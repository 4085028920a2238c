import { describe, expect, it } from "vitest";
import type { Figure } from "#src/domain/aggregate.ts";
import { figureGroups } from "#src/flows/digests/figure-groups.ts";
import type { ProgramFigures } from "#src/flows/digests/program-figures.ts";
import { wordsFor } from "#src/words/words.ts";
import { programOf } from "#test/support/programs.ts";

const program = programOf();
const words = wordsFor("en", program);
const { coordinator } = words.say;
const of100 = (hits: number): Figure => ({ hits, of: 100 });
const figure = (hits: number) => ({ figure: of100(hits) });
const wanted = { wanted: { residents: 5, attendings: 3 } };

/** What is told of goals where these are the figures. */
function goals(over: Partial<ProgramFigures>) {
  const figures: ProgramFigures = {
    both: wanted,
    single: new Map(),
    closed: figure(40),
    partly: figure(30),
    feedback: figure(50),
    categories: new Map(),
    gaps: new Map(),
    settled: undefined,
    easy: wanted,
    ...over,
  };
  return figureGroups({ program }, words, figures).filter((group) => group.of === "goals");
}

// domain: A share of 0 % or 100 % is shown as
describe("goals that were partly worked on", () => {
  it.each([
    ["stand by themselves where others had no chance", {}, [coordinator.partly, figure(30)]],
    [
      "stand with those worked on where next to none had no chance",
      { partly: figure(55) },
      [coordinator.atLeastPartly, figure(95)],
    ],
    [
      "are still to come where they are counted only since a newer version",
      { partly: wanted },
      [coordinator.partly, wanted],
    ],
    [
      "stand by themselves where the others are still to come",
      { closed: wanted },
      [coordinator.partly, figure(30)],
    ],
  ])("%s", (_, over, line) => {
    expect(goals(over)[0]?.lines[1]).toEqual(line);
  });
});

// domain: A share of 0 % or 100 % is shown as
describe("the goals by category", () => {
  const others = (procedures: number) =>
    goals({
      categories: new Map([
        ["leading", of100(60)],
        ["procedures", of100(procedures)],
      ]),
    })[1];

  it("name no category that a tenth has not chosen, and say that there are others only where there are", () => {
    const [few, enough] = [others(9), others(10)];

    expect([few?.lines.length, few?.others]).toEqual([1, coordinator.otherCategories]);
    expect([enough?.lines.length, enough?.others]).toEqual([2, undefined]);
  });
});
