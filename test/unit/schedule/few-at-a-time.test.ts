import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { each } from "#src/schedule/reach.ts";

it("eight messages are on their way at a time, and all are handled", async () => {
  const all = Array.from({ length: 30 }, (_, i) => i);
  const handled: number[] = [];
  let under = 0;
  let most = 0;

  await each(all, async (one) => {
    under += 1;
    most = Math.max(most, under);
    await turn();
    under -= 1;
    handled.push(one);
  });

  expect(most).toBe(8);
  expect(handled.toSorted((a, b) => a - b)).toEqual(all);
});
