import { describe, expect, it } from "vitest";
import { startPlatforms } from "#src/composition/start-platforms.ts";
import { AttuneError } from "#src/errors.ts";
import type { Platform } from "#src/ports/platform.ts";
import { SILENT } from "#test/support/attune.ts";

const REFUSED = new AttuneError("config", "The token is refused.");

/** A platform whose starts go as they are told, one after the other; the last for good. */
function platform(name: string, ...fates: readonly ("starts" | "hangs" | "refuses" | "breaks")[]) {
  let starts = 0;
  const self = {
    name,
    starts: () => starts,
    async start() {
      const fate = fates[Math.min(starts++, fates.length - 1)];
      if (fate === "hangs") await new Promise(() => {});
      if (fate === "refuses") throw REFUSED;
      if (fate === "breaks") throw new TypeError("no such thing");
    },
  };
  return self as unknown as Platform & typeof self;
}

const eventually = async (holds: () => boolean): Promise<void> => {
  for (let left = 50; left > 0 && !holds(); left--) await new Promise((resolve) => setImmediate(resolve));
};

describe("platforms that are started together", () => {
  it.each(["hangs", "refuses", "breaks"] as const)(
    "do not wait for one that %s, in whatever order",
    async (fate) => {
      for (const names of [[fate, "starts"] as const, ["starts", fate] as const]) {
        const both = names.map((one, place) => platform(`p${place}`, one));

        await startPlatforms(both, {
          log: SILENT,
          shutdown: new AbortController().signal,
          sleep: () => new Promise(() => {}),
        });

        expect(both.map((one) => one.starts())).toEqual([1, 1]);
      }
    },
  );

  it("try one again that refused, with longer and longer waits, until it starts", async () => {
    const waits: number[] = [];
    const late = platform("late", "refuses", "breaks", "refuses", "starts");

    await startPlatforms([platform("well", "starts"), late], {
      log: SILENT,
      shutdown: new AbortController().signal,
      sleep: async (wait) => void waits.push(wait),
    });
    await eventually(() => late.starts() === 4);

    expect(waits).toEqual([30_000, 60_000, 120_000]);
  });

  it("leave it when the process closes", async () => {
    const shutdown = new AbortController();
    const late = platform("late", "refuses");

    await startPlatforms([platform("well", "starts"), late], {
      log: SILENT,
      shutdown: shutdown.signal,
      sleep: async () => shutdown.abort(),
    });
    await eventually(() => late.starts() > 1);

    expect(late.starts()).toBe(1);
  });

  it("end the start where all refuse", async () => {
    const started = startPlatforms([platform("one", "refuses"), platform("two", "refuses")], {
      log: SILENT,
      shutdown: new AbortController().signal,
    });

    await expect(started).rejects.toBe(REFUSED);
  });
});
