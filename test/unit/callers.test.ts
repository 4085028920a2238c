import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callersOf, type Call } from "#src/ports/callers.ts";
import type { Log } from "#src/ports/log.ts";

const HOUR = 60 * 60_000;

/** Who calls, at a clock moved by hand. */
function watched() {
  const lines: string[] = [];
  const calls: Call[] = [];
  let time = 0;
  const write =
    (level: string) =>
    (_: unknown, message: string): void =>
      void lines.push(`${level} ${message}`);
  const log: Log = { debug() {}, info: write("info"), warn: write("warn"), error: write("error") };
  const callers = callersOf({
    log,
    now: () => time,
    onCall: (call) => calls.push(call),
    mending: () => "mend",
  });
  return {
    callers,
    lines,
    calls,
    wait: (milliseconds: number) => void (time += milliseconds),
    refuse(times: number) {
      for (let i = 0; i < times; i += 1) callers.refused("signature");
    },
  };
}

describe("who calls at a platform's address", () => {
  it("is told of once when the first five of all are refused, however many follow", () => {
    const { callers, lines, refuse } = watched();

    refuse(4);
    const early = callers.areRefused();
    refuse(10_000);

    expect(early).toBe(false);
    expect(callers.areRefused()).toBe(true);
    expect(lines).toEqual(["warn every request is refused: mend"]);
  });

  it("is well again with the first that is believed, and told of anew in another episode", () => {
    const { callers, lines, refuse, wait } = watched();
    refuse(5);

    callers.believed();
    const healed = callers.areRefused();
    wait(2 * HOUR);
    refuse(5);

    expect(healed).toBe(false);
    expect(callers.areRefused()).toBe(true);
    expect(lines).toEqual([
      "warn every request is refused: mend",
      "info requests are believed again",
      "warn every request is refused: mend",
    ]);
  });

  it("is not in doubt for others' nonsense within an hour after one was believed", () => {
    const { callers, lines, refuse, wait } = watched();
    callers.believed();

    wait(HOUR - 1);
    refuse(10_000);
    const before = callers.areRefused();
    wait(1);
    refuse(1);

    expect(before).toBe(false);
    expect(callers.areRefused()).toBe(true);
    expect(lines).toHaveLength(1);
  });

  it("is never in doubt while the platform's own requests are believed at least once an hour, in any order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ refused: fc.nat(200), pause: fc.integer({ min: 0, max: HOUR - 1 }) })),
        (turns) => {
          const { callers, lines, calls, refuse, wait } = watched();
          for (const { refused, pause } of turns) {
            callers.believed();
            wait(pause);
            refuse(refused);
            expect(callers.areRefused()).toBe(false);
          }
          expect(lines).toEqual([]);
          expect(calls.some((call) => !call.isBelieved && call.areRefused)).toBe(false);
        },
      ),
    );
  });
});
