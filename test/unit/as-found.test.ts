import { expect, it } from "vitest";
import { personId } from "#src/domain/person.ts";
import { instant, type Instant } from "#src/domain/time.ts";
import { asFound, type Context } from "#src/flows/context.ts";

const r1 = personId("r1");

it("what one act reads of the store twice is read once, and what it reads of another time is another reading", async () => {
  const read: string[] = [];
  const store = {
    repliesOf: async (person: string, from: Instant, to: Instant) => (
      read.push(`${person} ${from} ${to}`),
      []
    ),
  };
  const found = asFound({ store } as unknown as Context).store;

  for (const [from, to] of [
    [1, 2],
    [1, 2],
    [1, 3],
    [0, 2],
  ] as const)
    await found.repliesOf(r1, instant(from), instant(to));

  expect(read).toEqual(["r1 1 2", "r1 1 3", "r1 0 2"]);
});
