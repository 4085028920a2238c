import { describe, expect, it } from "vitest";
import { webAddress } from "#adapters/web/address.ts";
import type { Card } from "#src/card/card.ts";
import type { NudgeKind } from "#src/domain/nudge.ts";
import { personId } from "#src/domain/person.ts";
import { HOUR, instant, later } from "#src/domain/time.ts";
import { openPlayground, type TestPlayground } from "#test/support/web/playground.ts";

const START = instant(Date.UTC(2026, 10, 30, 22, 45));
const card: Card = { locale: "en", notification: "x", blocks: [{ type: "text", text: "x" }] };

describe("moving the clock", () => {
  it("says in one sentence whom a message reached, and who has a digest", async () => {
    await using web = await reaching([
      ["r1", "shift-goal"],
      ["a1", "attending-digest"],
    ]);

    const answer = await web.post("/jump?lang=en", { jump: "hour" });

    expect(await answer.json()).toEqual({
      text: "Messages reached Dr. Tanaka and Dr. Sato.",
      reached: [
        { person: "r1", name: "Dr. Tanaka", digest: false },
        { person: "a1", name: "Dr. Sato", digest: true },
      ],
    });
  });

  it("names what it was when all got the same", async () => {
    await using web = await reaching([["r1", "shift-goal"]]);

    const answer = await web.post("/jump?lang=ja", { jump: "hour" });

    expect(await answer.json()).toMatchObject({ text: "Tanaka先生に「勤務の目標」が届きました。" });
  });

  it("says so when nothing was due", async () => {
    await using web = await openPlayground();

    const answer = await web.post("/jump?lang=en", { jump: "hour" });

    expect(await answer.json()).toEqual({ text: "Nothing was due.", reached: [] });
  });

  it("takes one move at a time, and a start over in any case: the stage lets it wait its turn", async () => {
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    await using web = await openPlayground({ jump: async () => arrived.then(() => START) });

    const first = web.post("/jump", { jump: "week" });
    const second = await web.post("/jump", { jump: "hour" });
    const third = await web.post("/start-over", {});
    arrive();

    expect([second.status, third.status, (await first).status]).toEqual([409, 200, 200]);
  });

  it("may be tried again after a move that failed", async () => {
    let isBroken = true;
    await using web = await openPlayground({
      jump: async () => {
        if (isBroken) throw new Error("broken");
        return START;
      },
    });

    const failed = await web.post("/jump", { jump: "hour" });
    isBroken = false;
    const again = await web.post("/jump", { jump: "hour" });

    expect([failed.status, again.status]).toEqual([500, 200]);
  });

  it("is not for a server whose time is real", async () => {
    await using web = await openPlayground({ travels: false });

    const jumped = await web.post("/jump", { jump: "hour" });
    const over = await web.post("/start-over", {});
    const page = await (await web.fetch("/?lang=en")).text();

    expect([jumped.status, over.status]).toEqual([409, 409]);
    expect(page).not.toContain("data-jump");
    expect(page).toContain("The clock is real here");
  });
});

/** A jump of an hour on which these people get these messages. */
async function reaching(whom: readonly (readonly [string, NudgeKind])[]): Promise<TestPlayground> {
  const nudges = whom.map(([person, kind]) => ({
    person: personId(person),
    kind,
    at: later(START, HOUR / 2),
    state: "sent" as const,
  }));
  const web: TestPlayground = await openPlayground({
    now: () => START,
    strip: async (from, to) => ({ from, to, now: START, duties: [], overlaps: [], nudges }),
    jump: async () => {
      for (const { person } of nudges)
        await web.messenger().send(webAddress(person), card, `k-${person}` as never);
      return later(START, HOUR);
    },
  });
  return web;
}
