import { describe, expect, it } from "vitest";
import type { Nudge } from "#src/domain/nudge.ts";
import type { Shown } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import { ANNA, at, LEASE, messageRef, NOON, NOWHERE, planned, sentNow, tap, type StoreRig } from "./case.ts";

const shown = (text: string, platform = "web"): Shown => ({ platform, message: messageRef(text) });
const NEW = shown("new");
const oldOf = ({ id }: Nudge): Shown => shown(`m${id}`);

/** Anna's ask, whose message stands. */
async function standing(store: Store): Promise<Nudge> {
  await planned(store);
  return sentNow(store);
}

/** What the nudge's next edit goes to. */
async function editedIn(store: Store, nudge: Nudge, minute: number): Promise<readonly Shown[]> {
  await store.record(tap(nudge, { now: at(minute), edit: [nudge.id] }));
  const [edit] = await store.claimEdits(at(minute), 9);
  return edit?.messages ?? [];
}

export function repostRules(rig: StoreRig): void {
  describe("a nudge whose messages are gone", () => {
    it("is posted anew by one caller alone, also of two processes at once", async () => {
      await using db = await rig();
      const nudge = await standing(db.store("p"));

      const told = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          (i % 2 === 0 ? db.store("p") : db.elsewhere("p")).claimRepost(nudge, at(1), LEASE),
        ),
      );

      expect(told.toSorted()).toEqual(["busy", "busy", "busy", "busy", "busy", "first"]);
    });

    it("is shown in the new message alone from then on, and never posted anew again", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);

      const told = await store.reposted(nudge, [oldOf(nudge)], NEW, at(1));
      await db.reopen();

      expect(told).toBe(true);
      expect(await db.store("p").nudgeShownIn("web", NEW.message)).toMatchObject({ id: nudge.id });
      expect(await db.store("p").nudgeShownIn("web", oldOf(nudge).message)).toBeUndefined();
      expect(await editedIn(db.store("p"), nudge, 2)).toEqual([NEW]);
      expect(await db.store("p").claimRepost(nudge, at(9), LEASE)).toBe("done");
    });

    it("may stand on another platform then", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);

      await store.reposted(nudge, [oldOf(nudge)], shown("new", "slack"), at(1));

      expect(await editedIn(store, nudge, 2)).toEqual([shown("new", "slack")]);
    });

    it("keeps a message that somebody has opened meanwhile", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);
      await store.record(tap(nudge, { message: messageRef("typed"), platform: "web" }));

      await store.reposted(nudge, [oldOf(nudge)], NEW, at(1));

      expect(await editedIn(store, nudge, 2)).toEqual(expect.arrayContaining([shown("typed"), NEW]));
    });

    it("is looked for after a caller has died over it, by one caller, for a lease anew", async () => {
      await using db = await rig();
      const nudge = await standing(db.store("p"));
      await db.store("p").claimRepost(nudge, at(1), LEASE);
      await db.reopen();
      const store = db.store("p");

      const early = await store.claimRepost(nudge, at(2), LEASE);
      const late = await Promise.all([1, 2].map(() => store.claimRepost(nudge, at(3), LEASE)));

      expect(early).toBe("busy");
      expect(late.toSorted()).toEqual(["busy", "interrupted"]);
      expect(await store.reposted(nudge, [oldOf(nudge)], NEW, at(3))).toBe(true);
      expect(await store.reposted(nudge, [oldOf(nudge)], shown("late"), at(3))).toBe(false);
    });

    it("is busy, too, for a clock that has stepped back", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);

      expect(await store.claimRepost(nudge, NOON, LEASE)).toBe("busy");
      expect(await store.claimRepost(nudge, at(-30), LEASE)).toBe("interrupted");
    });

    it("may be posted anew later, if nothing has arrived", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);

      await store.repostLater(nudge);

      expect(await store.claimRepost(nudge, at(1), LEASE)).toBe("first");
    });

    it("is not posted anew for somebody who was erased, nor where it never stood", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await standing(store);
      await store.claimRepost(nudge, at(1), LEASE);

      await store.erase(ANNA, at(1), "test");

      expect(await store.reposted(nudge, [oldOf(nudge)], NEW, at(1))).toBe(false);
      expect(await store.nudgeShownIn("web", NEW.message)).toBeUndefined();
      expect(await store.claimRepost(nudge, at(1), LEASE)).toBe("done");
      expect(await store.claimRepost({ ...nudge, id: NOWHERE }, at(1), LEASE)).toBe("done");
    });
  });
}
