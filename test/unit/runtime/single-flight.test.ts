import { describe, expect, it } from "vitest";
import type { LogFields } from "#src/ports/log.ts";
import { createSingleFlight } from "#src/runtime/single-flight.ts";

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Beats that end when told, on a steady clock that is moved by hand. */
function rig() {
  const lines: { level: string; fields: LogFields }[] = [];
  const line = (level: string) => (fields: LogFields) => void lines.push({ level, fields });
  const counted: string[] = [];
  const ends: (() => void)[] = [];
  let steady = 0;
  const flight = createSingleFlight({
    log: { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") },
    meters: { failed: (code) => void counted.push(code) },
    steady: () => steady,
    deadline: 300_000,
  });
  const work = () => new Promise<void>((resolve) => ends.push(resolve));
  return {
    flight,
    lines,
    counted,
    beats: () => void flight.beat(work),
    kicks: () => flight.kick(work),
    begun: () => ends.length,
    passes: (milliseconds: number) => void (steady += milliseconds),
    ends: async (which: number) => {
      ends[which]!();
      await settled();
    },
  };
}

describe("beats, one at a time", () => {
  it("a beat during a beat is that beat", async () => {
    const one = rig();

    for (const _ of [1, 2, 3]) one.beats();
    await one.ends(0);

    expect(one.begun()).toBe(1);
  });

  it("lets the next one begin when one is over its deadline, and says so", () => {
    const one = rig();
    one.beats();

    one.passes(300_000);
    one.beats();
    expect(one.begun()).toBe(1);
    one.passes(1);
    one.beats();

    expect(one.begun()).toBe(2);
    expect(one.lines).toMatchObject([{ level: "warn", fields: { milliseconds: 300_001 } }]);
  });

  it("still runs one at a time when an overdue beat ends at last", async () => {
    const one = rig();
    one.beats();
    one.passes(300_001);
    one.beats();

    await one.ends(0);
    one.beats();

    expect(one.begun()).toBe(2);
  });

  it("kicked, it beats at once, or once more after the running beat however often it was kicked", async () => {
    const one = rig();

    const isFirst = [one.kicks(), one.kicks(), one.kicks()];
    expect(one.begun()).toBe(1);
    await one.ends(0);
    expect(one.begun()).toBe(2);
    await one.ends(1);

    expect(isFirst).toEqual([true, false, false]);
    expect(one.begun()).toBe(2);
  });

  it("goes on after a beat that failed, counts and logs it, and does not take it as finished", async () => {
    const one = rig();

    const beaten = await one.flight.beat(() => Promise.reject(new Error("disk is full")));

    expect(beaten.ok).toBe(false);
    expect(one.counted).toEqual(["bug"]);
    expect(one.lines).toMatchObject([{ level: "error", fields: { code: "bug" } }]);
    expect(one.flight.lastFinished()).toBeUndefined();
  });

  it("tells when the last beat finished, on the steady clock", async () => {
    const one = rig();
    one.beats();

    one.passes(1_200);
    await one.ends(0);

    expect(one.flight.lastFinished()).toBe(1_200);
  });

  it("waits for the running beat when it stops, and begins no other", async () => {
    const one = rig();
    one.beats();
    one.kicks();
    let isStopped = false;

    const stopping = one.flight.stop().then(() => void (isStopped = true));
    await settled();
    expect(isStopped).toBe(false);
    await one.ends(0);
    await stopping;

    expect(one.kicks()).toBe(false);
    expect(one.begun()).toBe(1);
  });
});
