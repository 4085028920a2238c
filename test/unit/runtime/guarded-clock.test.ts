import { describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { DAY, HOUR, instant, later, MINUTE, SECOND } from "#src/domain/time.ts";
import { guardedClock, HOLD, storedClock } from "#src/runtime/guarded-clock.ts";
import type { Log } from "#src/ports/log.ts";

const NOON = instant(Date.parse("2026-03-30T12:00:00Z"));

/** A database and a machine whose wall clock is `wrong` by so much, and a steady clock; all moved by hand. */
function world(notes = new Map<string, string>()) {
  const state = { steady: 0, wrong: 0, wayThere: 0, hostWrong: 0 };
  const told: string[] = [];
  const tell = (_: object, message: string): void => void told.push(message);
  const log: Log = { debug: tell, info: tell, warn: tell, error: tell };
  const truth = () => later(NOON, state.steady);
  const host = handClock(NOON);
  const open = () =>
    guardedClock({
      database: {
        async now() {
          const time = later(truth(), state.wrong);
          state.steady += state.wayThere;
          return time;
        },
      },
      host: { ...host, now: () => later(truth(), state.wrong + state.hostWrong) },
      notes: {
        note: async (key) => notes.get(key),
        setNote: async (key, value) => void notes.set(key, value),
      },
      log,
      steady: () => state.steady,
    });
  /** Lives on for so long, asking each minute. */
  const live = async (clock: ReturnType<typeof open>, milliseconds: number): Promise<void> => {
    for (let left = milliseconds; left > 0; left -= MINUTE) {
      state.steady += Math.min(left, MINUTE);
      await clock.align();
    }
  };
  return { state, notes, told, truth, open, live };
}

describe("a clock that jumps", () => {
  it.each([3 * DAY, -3 * DAY, 2 * MINUTE, -2 * MINUTE])(
    "is held while it is %i ms off for less than the hold, and time goes on as before",
    async (wrong) => {
      const { state, open, live, truth, told, notes } = world();
      const clock = open();
      await clock.align();

      state.wrong = wrong;
      await live(clock, HOLD - MINUTE);
      expect(clock.held()?.by).toBe(wrong);
      expect(clock.now()).toBe(truth());
      expect((await storedClock({ note: async (key) => notes.get(key) })).held?.by).toBe(wrong);
      state.wrong = 0;
      await clock.align();

      expect(clock.held()).toBeUndefined();
      expect(clock.now()).toBe(truth());
      expect(clock.steps()).toBe(1);
      expect(told).toHaveLength(2);
      expect((await storedClock({ note: async (key) => notes.get(key) })).held).toBeUndefined();
    },
  );

  it.each([8 * HOUR, -3 * DAY])("counts once it has lasted: a machine that slept goes on", async (wrong) => {
    const { state, open, live, truth } = world();
    const clock = open();
    await clock.align();

    state.wrong = wrong;
    await live(clock, HOLD + MINUTE);

    expect(clock.held()).toBeUndefined();
    expect(clock.now()).toBe(later(truth(), wrong));
    expect(clock.steps()).toBe(2);
  });

  it("must last anew when it jumps again meanwhile", async () => {
    const { state, open, live } = world();
    const clock = open();
    await clock.align();

    for (const wrong of [3 * DAY, 2 * DAY, 5 * HOUR]) {
      state.wrong = wrong;
      await live(clock, HOLD - MINUTE);
    }

    expect(clock.held()?.by).toBe(5 * HOUR);
  });

  it("is no jump when it is slewed or stepped by some seconds", async () => {
    const { state, open, live, truth } = world();
    const clock = open();
    await clock.align();

    state.wrong = -40 * SECOND;
    await live(clock, MINUTE);

    expect(clock.held()).toBeUndefined();
    expect(clock.now()).toBe(later(truth(), state.wrong));
  });

  it("is no jump when the process was frozen for hours, also while it waited for the answer", async () => {
    const { state, open, truth } = world();
    const clock = open();
    await clock.align();

    state.steady += 5 * HOUR;
    await clock.align();
    state.wayThere = 5 * HOUR;
    await clock.align();

    expect(clock.held()).toBeUndefined();
    expect(clock.now()).toBe(truth());
  });
});

describe("a start", () => {
  it.each([
    ["the clock is behind what the database saw", -3 * DAY, 0],
    ["hours are missing, or the clock is ahead", 3 * DAY, 0],
    ["this machine's clock is hours from the database's", 0, 5 * HOUR],
  ])("waits when %s, and goes on when that lasts", async (_, wrong, hostWrong) => {
    const { state, open, live, truth } = world();
    await open().align();
    Object.assign(state, { wrong, hostWrong });

    const clock = open();
    await clock.align();
    expect(clock.held()).toBeDefined();
    await live(clock, HOLD + MINUTE);

    expect(clock.held()).toBeUndefined();
    expect(clock.now()).toBe(later(truth(), wrong));
  });

  it("goes on at once when the clock is mended", async () => {
    const { state, open, live, truth } = world();
    await open().align();
    state.wrong = 3 * DAY;
    const clock = open();
    await clock.align();

    state.wrong = 0;
    await live(clock, MINUTE);

    expect(clock.held()).toBeUndefined();
    expect(clock.now()).toBe(truth());
  });

  it("does not make a jump count sooner that the process before it held", async () => {
    const { state, open, live } = world();
    const before = open();
    await before.align();
    state.wrong = 30 * MINUTE;
    await live(before, 3 * MINUTE);

    const clock = open();
    await clock.align();
    await live(clock, HOLD - MINUTE);

    expect(clock.held()).toBeDefined();
  });

  it("of a new database, or after some minutes, waits for nothing", async () => {
    const { state, open } = world();
    const first = open();
    await first.align();
    state.steady += 20 * MINUTE;
    const second = open();
    await second.align();

    expect([first.held(), second.held()]).toEqual([undefined, undefined]);
  });
});
