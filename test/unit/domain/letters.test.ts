import { expect, it } from "vitest";
import { lettersIn } from "#src/domain/text.ts";

it.each([
  ["", 0],
  ["abc", 3],
  ["縫合を一例", 5],
  ["🙏🙏🙏🙏🙏", 5],
  ["👍🏽👍🏽👍🏽👍🏽👍🏽", 5],
  ["👩‍⚕️👨‍👩‍👧‍👦❤️🇯🇵1️⃣", 5],
  ["葛󠄀が", 2],
  ["𠮷𠮷", 2],
])("%s is as long as people see it: %i", (text, letters) => {
  expect(lettersIn(text)).toBe(letters);
});

it("one letter cannot hide a whole text in its marks", () => {
  expect(lettersIn(`a${"\u0301".repeat(1_000)}`)).toBeGreaterThan(100);
});
