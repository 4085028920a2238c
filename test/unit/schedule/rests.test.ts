import { describe, expect, it } from "vitest";
import type { Card } from "#src/card/card.ts";
import type { Address } from "#src/domain/person.ts";
import { HOUR, instant, later, MINUTE, SECOND, type Instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { DeliveryKey, MessageRef } from "#src/ports/messenger.ts";
import { CircuitOpen, withCircuitBreaker } from "#src/schedule/reach.ts";

const CARD: Card = { locale: "en", notification: "Looking back", blocks: [] };

/** A platform of which each `failing`th send fails, asked every second; what each try came to, in order. */
async function night(
  failing: number,
  tries: number,
  comesAnyway: boolean,
): Promise<readonly ("sent" | "failed" | "resting")[]> {
  let now: Instant = instant(0);
  let sends = 0;
  const messenger = withCircuitBreaker(
    {
      platform: "memory",
      supports: { lookup: false },
      addressOf: (account) => account as Address,
      async send() {
        sends += 1;
        if (sends % failing === 0) throw new AttuneError("unavailable", "Not now.");
        return "m" as MessageRef;
      },
      async update() {},
    },
    { now: () => now },
  );
  const outcomes: ("sent" | "failed" | "resting")[] = [];
  for (let i = 0; i < tries; i += 1) {
    const outcome = await messenger.send("r1" as Address, CARD, `key ${i}` as DeliveryKey, comesAnyway).then(
      () => "sent" as const,
      (error: unknown) => (error instanceof CircuitOpen ? ("resting" as const) : ("failed" as const)),
    );
    outcomes.push(outcome);
    now = later(now, SECOND);
  }
  return outcomes;
}

describe("a platform in trouble", () => {
  it("is left alone for half a minute after three failures in a row, and asked again then", async () => {
    const outcomes = await night(1, 36, true);

    expect(outcomes.slice(0, 3)).toEqual(["failed", "failed", "failed"]);
    expect(new Set(outcomes.slice(3, 32))).toEqual(new Set(["resting"]));
    expect(outcomes.slice(32, 35)).toEqual(["failed", "failed", "failed"]);
  });

  it.each([
    [30 * MINUTE, 30 * MINUTE],
    [HOUR, HOUR],
    [5 * HOUR, HOUR],
  ])("is left alone for as long as it asks, an hour at most: %i → %i", async (asks, rest) => {
    let now: Instant = instant(0);
    const messenger = withCircuitBreaker(
      {
        platform: "memory",
        supports: { lookup: false },
        addressOf: (account) => account as Address,
        send: async () => {
          throw new AttuneError("rate-limited", "Slow down.", { retryAfter: asks });
        },
        async update() {},
      },
      { now: () => now },
    );
    const isLeftAlone = async (at: number) => {
      now = instant(at);
      const outcome = messenger.send("r1" as Address, CARD, "k" as DeliveryKey);
      return outcome.catch((error: unknown) => error instanceof CircuitOpen);
    };

    const first = await isLeftAlone(0);

    expect(first).toBe(false);
    expect(await isLeftAlone(0)).toBe(true);
    expect(await isLeftAlone(rest - 1)).toBe(true);
    expect(await isLeftAlone(rest)).toBe(false);
  });

  it("rests once for every three failures at most on a night on which each tenth message fails, and not for each", async () => {
    const outcomes = await night(10, 1_000, true);

    const count = (which: string) => outcomes.filter((one) => one === which).length;
    expect(count("resting")).toBeLessThanOrEqual(30 * Math.ceil(count("failed") / 3));
    expect(count("sent")).toBeGreaterThan(400);
  });

  it("is asked nothing else either while it is left alone", async () => {
    const asked: string[] = [];
    const unavailable = async () => {
      throw new AttuneError("unavailable", "Not now.");
    };
    const messenger = withCircuitBreaker(
      {
        platform: "memory",
        supports: { lookup: true },
        addressOf: (account) => account as Address,
        send: unavailable,
        update: async () => void asked.push("update"),
        find: async () => (asked.push("find"), undefined),
        remove: async () => void asked.push("remove"),
        sweep: async () => (asked.push("sweep"), true),
        standsAt: async () => (asked.push("standsAt"), true),
      },
      { now: () => instant(0) },
    );
    const [to, message, key] = ["r1" as Address, "m" as MessageRef, "k" as DeliveryKey];
    const others = () => [
      messenger.update(message, CARD),
      messenger.find!(to, key),
      messenger.remove!(message),
      messenger.sweep!(to, instant(0), 5),
      messenger.standsAt!(message, to),
    ];
    await Promise.all(others());
    const before = asked.splice(0);

    for (let i = 0; i < 3; i += 1) await messenger.send(to, CARD, key, true).catch(() => {});
    const outcomes = await Promise.allSettled(others());

    expect(before).toEqual(["update", "find", "remove", "sweep", "standsAt"]);
    expect(outcomes.map((one) => one.status === "rejected" && one.reason instanceof CircuitOpen)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
    expect(asked).toEqual([]);
  });

  it("has a row of failures ended only by what comes whatever anybody has answered", async () => {
    const fails = [true, true, false, true];
    const messenger = withCircuitBreaker(
      {
        platform: "memory",
        supports: { lookup: false },
        addressOf: (account) => account as Address,
        send: async () => {
          if (fails.shift() === true) throw new AttuneError("unavailable", "Not now.");
          return "m" as MessageRef;
        },
        async update() {},
      },
      { now: () => instant(0) },
    );
    const sends = (comesAnyway: boolean) =>
      messenger.send("r1" as Address, CARD, "k" as DeliveryKey, comesAnyway).catch(() => {});

    await sends(true);
    await sends(true);
    await sends(false);
    await sends(true);

    await expect(messenger.update("m" as MessageRef, CARD)).rejects.toBeInstanceOf(CircuitOpen);
  });

  // domain: Nothing is revealed until both have answered
  it("is asked all the same where what failed hangs on somebody's answers: that others wait would tell of them", async () => {
    const outcomes = await night(1, 36, false);

    expect(new Set(outcomes)).toEqual(new Set(["failed"]));
  });
});
