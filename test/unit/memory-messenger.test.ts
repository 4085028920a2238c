import { describe, expect, it } from "vitest";
import { memoryAddress } from "#adapters/memory/address.ts";
import { autoClock } from "#test/support/auto-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import type { Card } from "#src/card/card.ts";
import { instant } from "#src/domain/time.ts";
import { AttuneError } from "#src/errors.ts";
import type { DeliveryKey } from "#src/ports/messenger.ts";

const start = instant(Date.UTC(2026, 2, 29));
const to = memoryAddress("r1");
const card: Card = { locale: "en", notification: "Your goal", blocks: [] };
const key = (name: string): DeliveryKey => name as DeliveryKey;

describe("the messenger in memory", () => {
  it("keeps what was sent and edited, with when and to whom", async () => {
    const cloud = memoryCloud();
    const messenger = memoryMessenger({ cloud, now: () => start });

    const ref = await messenger.send(to, card, key("k1"));
    await messenger.update(ref, { ...card, notification: "Both answers" });

    expect(cloud.deliveries).toMatchObject([
      { type: "sent", to, key: "k1", at: start, ref, card: { notification: "Your goal" } },
      { type: "edited", to, key: "k1", at: start, ref, card: { notification: "Both answers" } },
    ]);
  });

  it("posts the same key again, as a real platform does, and counts it", async () => {
    const cloud = memoryCloud();
    const messenger = memoryMessenger({ cloud, now: () => start });

    await messenger.send(to, card, key("k1"));
    expect(cloud.duplicates()).toBe(0);
    await messenger.send(to, card, key("k1"));

    expect(cloud.duplicates()).toBe(1);
    expect(cloud.chat(to)).toHaveLength(2);
  });

  it("refuses an edit of a message that is nowhere", async () => {
    const messenger = memoryMessenger({ now: () => start });

    const edit = messenger.update("m7" as Awaited<ReturnType<typeof messenger.send>>, card);

    await expect(edit).rejects.toMatchObject({ code: "gone" });
  });

  it("has no look-up where it is said to have none", () => {
    expect(memoryMessenger({ now: () => start, supports: { lookup: false } }).find).toBeUndefined();
  });

  it("fails as it is told to", async () => {
    const cloud = memoryCloud();
    const messenger = memoryMessenger({
      cloud,
      now: () => start,
      trouble: (_, name) => (name === "k1" ? "rate-limited" : "rejected"),
    });

    await expect(messenger.send(to, card, key("k1"))).rejects.toMatchObject({
      code: "rate-limited",
      retryAfter: 1_000,
    });
    await expect(messenger.send(to, card, key("k2"))).rejects.toMatchObject({ code: "rejected" });
    expect(cloud.deliveries).toEqual([]);
  });

  it("admits so many a second and tells the others how long to wait", async () => {
    const clock = autoClock(start);
    const cloud = memoryCloud();
    const messenger = memoryMessenger({ cloud, now: clock.now, admit: 50 });
    const send = async (name: string): Promise<void> => {
      try {
        await messenger.send(to, card, key(name));
      } catch (error) {
        if (!(error instanceof AttuneError) || error.code !== "rate-limited") throw error;
        await clock.sleep(error.retryAfter ?? 0);
        await send(name);
      }
    };

    await Promise.all(Array.from({ length: 500 }, (_, index) => send(`k${index}`)));

    const moments = cloud.deliveries.map(({ at }) => at - start);
    expect(moments).toHaveLength(500);
    for (let from = 0; from + 50 < 500; from += 1)
      expect((moments[from + 50] ?? 0) - (moments[from] ?? 0)).toBeGreaterThanOrEqual(1_000);
    expect(moments.at(-1)).toBe(9_000);
  });
});
