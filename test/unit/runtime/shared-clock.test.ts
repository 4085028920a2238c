import { describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { HOUR, instant, later, MINUTE, SECOND } from "#src/domain/time.ts";
import { sharedClock } from "#src/runtime/shared-clock.ts";

const NOON = instant(Date.parse("2026-03-30T12:00:00Z"));

/** A host whose clock and whose steady time are moved by hand, beside a database with a time of its own. */
function world({ wayThere = 0 } = {}) {
  const host = handClock(later(NOON, -7 * MINUTE));
  const state = { steady: 1_000, database: NOON };
  const clock = sharedClock(
    {
      async now() {
        const now = state.database;
        state.steady += wayThere;
        return now;
      },
    },
    host,
    () => state.steady,
  );
  return { host, state, clock };
}

describe("the time that processes share", () => {
  it("is the host's until the database was asked, and the database's from then on", async () => {
    const { clock, host } = world();

    expect(clock.now()).toBe(host.now());
    await clock.align();
    expect(clock.now()).toBe(NOON);
  });

  it("goes on between two times the database is asked, whatever the host's clock does", async () => {
    const { clock, host, state } = world();
    await clock.align();

    state.steady += 30 * SECOND;
    await host.set(later(NOON, 5 * HOUR));
    expect(clock.now()).toBe(later(NOON, 30 * SECOND));
    await host.set(later(NOON, -5 * HOUR));
    expect(clock.now()).toBe(later(NOON, 30 * SECOND));
  });

  it("follows the database when it is asked again, also backwards", async () => {
    const { clock, state } = world();
    await clock.align();

    state.database = later(NOON, -2 * HOUR);
    await clock.align();

    expect(clock.now()).toBe(later(NOON, -2 * HOUR));
  });

  it("is the same for two processes whose clocks are minutes apart", async () => {
    const [one, two] = [world(), world()];
    await two.host.set(later(NOON, 11 * MINUTE));

    await one.clock.align();
    await two.clock.align();

    expect(one.clock.now()).toBe(two.clock.now());
  });

  it("takes half of the way to the database and back into account", async () => {
    const { clock } = world({ wayThere: 2 * SECOND });

    await clock.align();

    expect(clock.now()).toBe(later(NOON, 1 * SECOND));
  });
});
