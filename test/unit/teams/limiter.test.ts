import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { limiter } from "#adapters/teams/limiter.ts";
import { LIMITS } from "#adapters/teams/limits.ts";

describe("the limiter", () => {
  it("never lets more go than any rule admits, and never waits for nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 120 }), (pauses) => {
        const chat = limiter(LIMITS.inChat);
        const went: number[] = [];
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const wait = chat.wait("a", now);
          now += wait;
          expect(chat.wait("a", now)).toBe(0);
          chat.take("a", now);
          went.push(now);
        }

        for (const { count, over } of LIMITS.inChat) {
          const first = went.slice(0, -count || undefined);
          const tooSoon = first.filter((at, index) => (went[index + count] ?? Infinity) - at < over);
          expect(tooSoon).toEqual([]);
        }
      }),
    );
  });

  it("counts an hour, and each key apart", () => {
    const chat = limiter([{ count: 1_800, over: 3_600_000 }]);
    for (let sent = 0; sent < 1_800; sent += 1) chat.take("a", sent);

    expect(chat.wait("a", 10_000)).toBe(3_590_000);
    expect(chat.wait("b", 10_000)).toBe(0);
  });
});
