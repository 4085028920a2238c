import { expect, it } from "vitest";
import { playgroundLife } from "#test/support/web/life.ts";
import { wholeLife } from "#test/support/whole-life.ts";

it("the whole life of a program in the playground, in a real browser", async () => {
  await using life = await playgroundLife();

  const { planned, afresh } = await wholeLife(life);

  expect(planned.length).toBeGreaterThan(1_000);
  expect(afresh).toBe(planned);
});
