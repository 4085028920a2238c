import { expect, it } from "vitest";
import type { Act } from "#src/card/card.ts";
import { canCarry } from "#src/flows/files/file-parts.ts";

it.each([
  [[5_000], true],
  [[5_001], false],
  [[2_500, 2_500], true],
  [[2_500, 2_501], false],
])("a card carries buttons of 5,000 letters together: %j", (lengths, can) => {
  expect(canCarry(lengths.map((length) => ({ act: "x".repeat(length) as Act })))).toBe(can);
});
