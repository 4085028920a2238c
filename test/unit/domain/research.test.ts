import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { researchAnswers, researchOccasion } from "#src/domain/research.ts";
import { said } from "#test/support/replies.ts";

const about = { occasion: researchOccasion("abcdefghijkl", personId("r1")) };

// domain: Whether answers may be used for a study is asked once
it("agrees to a study only by an answer to its own question, about a version of its text", () => {
  const others = [
    said("r1", "help", "yes", about),
    said("r1", "research", "yes"),
    said("r1", "research-trust", "yes", { occasion: "r1+a1@2026-W49" }),
  ];

  expect(researchAnswers(others)).toEqual([]);
  expect(researchAnswers([...others, said("r1", "research", "yes", about)])).toEqual([
    { version: "abcdefghijkl", at: 0, takesPart: true, withTrust: false },
  ]);
});
