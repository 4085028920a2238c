import { describe, expect, it } from "vitest";
import { batching } from "#db/statements/batching.ts";

/** Writes down who was done in whose company. "bad" makes its company fail, and itself; "held" is refused in company. */
function context() {
  const companies: string[][] = [];
  const alone: string[] = [];
  const act = batching<string>(
    async (acts) => {
      companies.push([...acts]);
      if (acts.includes("unknown")) throw new Error("nobody knows");
      return acts.includes("bad") ? [] : acts.map((one) => one !== "held" && one !== "over");
    },
    async (one) => {
      alone.push(one);
      if (one === "bad") throw new Error("bad");
      return one !== "over";
    },
  );
  return { act, companies, alone };
}

describe("acts that are ready together", () => {
  it("are done together, and one that comes alone is done alone", async () => {
    const { act, companies, alone } = context();

    const told = await Promise.all(["a", "b", "c"].map(act));
    await act("d");

    expect(told).toEqual([true, true, true]);
    expect(companies).toEqual([["a", "b", "c"]]);
    expect(alone).toEqual(["d"]);
  });

  it("are refused only when they were refused alone", async () => {
    const { act, alone } = context();

    const told = await Promise.all(["a", "held", "over"].map(act));

    expect(told).toEqual([true, true, false]);
    expect(alone).toEqual(["held", "over"]);
  });

  it("do not fail with one of them", async () => {
    const { act } = context();

    const told = await Promise.allSettled(["a", "bad", "b"].map(act));

    expect(told.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("are not done again when nobody knows whether they were done", async () => {
    const { act, alone } = context();

    const told = await Promise.allSettled(["a", "unknown"].map(act));

    expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(alone).toEqual([]);
  });
});
