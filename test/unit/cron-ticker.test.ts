import { describe, expect, it } from "vitest";
import { cronTicker } from "#adapters/cron/ticker.ts";
import type { WakeUps } from "#adapters/cron/wake-ups.ts";
import type { LogFields } from "#src/ports/log.ts";

/** A ticker whose minutes, watchdog and steady clock are moved by hand, and a beat that ends when told. */
function rig(options: { readonly work?: () => Promise<void> } = {}) {
  const lines: { level: string; fields: LogFields; message: string }[] = [];
  const line = (level: string) => (fields: LogFields, message: string) =>
    void lines.push({ level, fields, message });
  const log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };

  let calls: Parameters<WakeUps["start"]>[0] | undefined;
  let steady = 0;
  const ends: (() => void)[] = [];
  let begun = 0;
  const wakeUps: WakeUps = {
    start: (given) => void (calls = given),
    stop: async () => void (calls = undefined),
  };

  const ticker = cronTicker({ log, wakeUps, steady: () => steady });
  const work =
    options.work ??
    (() => {
      begun += 1;
      return new Promise<void>((resolve) => ends.push(resolve));
    });

  return {
    ticker,
    lines,
    start: () => ticker.start(work),
    begun: () => begun,
    passes: (milliseconds: number) => void (steady += milliseconds),
    minute: () => calls?.minute(),
    watch: () => calls?.watch(),
    ends: async (which: number) => {
      ends[which]?.();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("the ticker", () => {
  it("beats at start and at every minute", async () => {
    const tick = rig();

    tick.start();
    await tick.ends(0);
    tick.minute();

    expect(tick.begun()).toBe(2);
  });

  it("runs one beat at a time", async () => {
    const tick = rig();
    tick.start();

    tick.minute();
    tick.minute();
    await tick.ends(0);

    expect(tick.begun()).toBe(1);
  });

  it("lets the next beat begin when one is over its deadline, and says so", async () => {
    const tick = rig();
    tick.start();

    tick.passes(300_000);
    tick.minute();
    expect(tick.begun()).toBe(1);
    tick.passes(1);
    tick.minute();

    expect(tick.begun()).toBe(2);
    expect(tick.lines).toMatchObject([{ level: "warn", fields: { milliseconds: 300_001 } }]);
  });

  it("still runs one at a time when an overdue beat ends at last", async () => {
    const tick = rig();
    tick.start();
    tick.passes(300_001);
    tick.minute();

    await tick.ends(0);
    tick.minute();

    expect(tick.begun()).toBe(2);
  });

  it("beats by its watchdog when no minute has come for more than 75 seconds", async () => {
    const tick = rig();
    tick.start();
    await tick.ends(0);

    tick.passes(75_000);
    tick.watch();
    expect(tick.begun()).toBe(1);
    tick.passes(1);
    tick.watch();

    expect(tick.begun()).toBe(2);
  });

  it("beats at once when kicked, and once more after the running beat however often it was kicked", async () => {
    const tick = rig();
    tick.start();

    tick.ticker.kick();
    tick.ticker.kick();
    expect(tick.begun()).toBe(1);
    await tick.ends(0);
    expect(tick.begun()).toBe(2);
    await tick.ends(1);
    expect(tick.begun()).toBe(2);

    tick.ticker.kick();
    expect(tick.begun()).toBe(3);
  });

  it("goes on after a beat that failed, logs it, and does not count it as finished", async () => {
    const tick = rig({ work: () => Promise.reject(new Error("disk is full")) });

    tick.start();
    await settled();

    expect(tick.lines).toMatchObject([{ level: "error", fields: { code: "unexpected" } }]);
    expect(tick.ticker.lastFinished()).toBeUndefined();
  });

  it("tells when the last beat finished, on the steady clock", async () => {
    const tick = rig();
    tick.start();
    expect(tick.ticker.lastFinished()).toBeUndefined();

    tick.passes(1_200);
    await tick.ends(0);

    expect(tick.ticker.lastFinished()).toBe(1_200);
  });

  it("waits for the running beat when it stops, and beats no more", async () => {
    const tick = rig();
    tick.start();
    tick.ticker.kick();
    let stopped = false;

    const stopping = tick.ticker.stop().then(() => void (stopped = true));
    await settled();
    expect(stopped).toBe(false);
    await tick.ends(0);
    await stopping;
    tick.minute();
    tick.ticker.kick();

    expect(tick.begun()).toBe(1);
  });

  it("starts and stops on the host's own wake-ups, leaving nothing behind", async () => {
    let beats = 0;
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const ticker = cronTicker({ log: silent });

    ticker.start(async () => void (beats += 1));
    await ticker.stop();

    expect(beats).toBe(1);
  });
});
