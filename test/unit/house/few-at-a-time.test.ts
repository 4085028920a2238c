import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { atMost, fewAtATime } from "#src/house/few-at-a-time.ts";

/** Work that knows how much of it runs at the same time. */
function counted() {
  const seen = { now: 0, most: 0, order: [] as number[] };
  const work = async (one: number): Promise<number> => {
    seen.order.push(one);
    seen.most = Math.max(seen.most, (seen.now += 1));
    await sleep(one % 3);
    seen.now -= 1;
    if (one === 4) throw new Error("four");
    return one * 10;
  };
  return { seen, work };
}

const TEN = Array.from({ length: 10 }, (_, i) => i + 5);

it("does a few at a time, and gives the results in order", async () => {
  const { seen, work } = counted();

  expect(await fewAtATime(3, TEN, work)).toEqual(TEN.map((one) => one * 10));
  expect(seen.most).toBe(3);
  await expect(fewAtATime(3, [1, 4, 7], work)).rejects.toThrow("four");
});

it("lets at most so many run, whoever asks, in the order they came and past a failure", async () => {
  const { seen, work } = counted();
  const inTurn = atMost(2);

  const done = await Promise.allSettled([4, ...TEN].map((one) => inTurn(() => work(one))));
  await inTurn(() => work(99));

  expect(done.map(({ status }) => status)).toEqual(["rejected", ...TEN.map(() => "fulfilled")]);
  expect(seen).toEqual({ now: 0, most: 2, order: [4, ...TEN, 99] });
});
