import { describe, expect, it } from "vitest";
import {
  ANNA,
  at,
  BEN,
  claimed,
  heardFrom,
  lease,
  NOON,
  NOWHERE,
  planned,
  sentNow,
  stored,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

export function recordRules(rig: StoreRig): void {
  describe("an act", () => {
    it("is kept whole, over a restart", async () => {
      await using db = await rig();
      await planned(db.store("p"));
      const ask = await sentNow(db.store("p"));

      expect(await db.store("p").record(tap(ask, { complete: true }))).toBe("recorded");
      await db.reopen();

      expect((await db.store("p").nudge(ask.id))?.state).toBe("answered");
      expect(await db.store("p").replies(ask.subject)).toEqual([
        {
          nudge: ask.id,
          person: ANNA,
          occasion: ask.subject,
          item: "help",
          value: "3",
          text: false,
          at: at(1),
        },
      ]);
    });

    it("is taken once, however often the platform delivers it", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      const act = tap(ask);

      const outcomes = [
        await store.record(act),
        await store.record(act),
        await db.elsewhere("p").record(act),
      ];

      expect(outcomes).toEqual(["recorded", "again", "again"]);
      expect(await store.replies(ask.subject)).toHaveLength(1);
    });

    it("shows others what they did not see coming only where somebody has answered since it was looked", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await planned(store, { person: BEN, subject: "beside" });
      const beside = await sentNow(store);
      const judged = (replies: number) => ({
        ifMoved: { occasions: [{ occasion: ask.subject, replies }], edit: [beside.id] },
      });
      const edited = async () => (await store.claimEdits(at(9), 9)).map(({ nudge }) => nudge.id);

      const first = await store.record(tap(ask, { ...judged(0) }));
      const asItWas = await edited();
      const second = await store.record(tap(ask, { now: at(2), ...judged(0) }));

      expect([first, second]).toEqual(["recorded", "moved"]);
      expect(asItWas).toEqual([]);
      expect(await edited()).toEqual([beside.id]);
    });

    it("brings about a message once, whatever else asks for the same, and none where it is not kept", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      const notice = (subject: string, minutes: number) =>
        wanted({ kind: "shift-reveal", person: BEN, subject, dueAt: at(minutes), expiresAt: at(60) });
      const act = tap(ask, { notices: [notice("one", 5), notice("two", 6)] });

      await store.record(act);
      const again = await store.record({ ...act, notices: [notice("three", 5)] });
      await store.record(tap(ask, { now: at(2), notices: [notice("one", 9)] }));
      await store.record(tap(ask, { now: at(181), notices: [notice("four", 5)] }));
      await db.reopen();

      expect(again).toBe("again");
      const due = async (minutes: number) =>
        (await db.store("p").claimDue(lease("one", at(minutes)), 9)).map(({ nudge }) => nudge.subject);
      expect([await due(4), await due(5), await due(6)]).toEqual([[], ["one"], ["two"]]);
      expect(await db.store("p").nudgesOf(BEN, NOON, at(60))).toMatchObject([
        { kind: "shift-reveal", subject: "one", dueAt: at(5), expiresAt: at(60) },
        { kind: "shift-reveal", subject: "two", dueAt: at(6) },
      ]);
    });

    it("that came before is known also when its ask is over", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const act = tap(await sentNow(store));
      await store.record(act);
      await store.expire(at(180));

      expect(await store.record({ ...act, now: at(181) })).toBe("again");
    });

    it("on somebody else's ask stores nothing, not even its event", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      const act = tap(ask, { person: BEN });

      expect(await store.record(act)).toBe("closed");
      expect(await store.replies(ask.subject)).toEqual([]);
      expect(await store.record({ ...act, person: ANNA })).toBe("recorded");
    });

    it.each(["expired", "withdrawn", "failed"] as const)("on an ask that is %s is refused", async (state) => {
      await using db = await rig();
      const store = db.store("p");
      const ask = await planned(store, { kind: "shift-plan" });
      if (state === "expired") await store.expire(at(180));
      else await store.close(await claimed(store), state, "stopped", NOON);

      expect(await store.record(tap(ask))).toBe("closed");
      expect(await store.replies(ask.subject)).toEqual([]);
    });

    it("is refused from the expiry on, whether or not anybody has marked it", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);

      expect(await store.record(tap(ask, { now: at(180) }))).toBe("closed");
      expect(await store.record(tap(ask, { now: at(179) }))).toBe("recorded");
    });

    it("that is late is taken after the end, and the ask stays as it was", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.expire(at(180));

      expect(await store.record(tap(ask, { now: at(181), late: true }))).toBe("recorded");
      expect(await store.replies(ask.subject)).toHaveLength(1);
      expect((await store.nudge(ask.id))?.state).toBe("expired");
    });

    it.each(["withdrawn", "failed"] as const)(
      "that is late is refused on an ask that is %s",
      async (state) => {
        await using db = await rig();
        const store = db.store("p");
        const ask = await planned(store, { kind: "shift-plan" });
        await store.close(await claimed(store), state, "stopped", NOON);

        expect(await store.record(tap(ask, { late: true }))).toBe("closed");
      },
    );

    it("on no nudge at all is refused", async () => {
      await using db = await rig();

      expect(await db.store("p").record(tap({ ...wanted(), id: NOWHERE }))).toBe("closed");
    });

    it("changes an answer that was complete, and it stays answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.record(tap(ask, { complete: true }));

      const act = tap(ask, { replies: [{ occasion: ask.subject, item: "help", value: "1", text: false }] });

      expect(await store.record(act)).toBe("recorded");
      expect((await store.nudge(ask.id))?.state).toBe("answered");
      expect((await store.replies(ask.subject)).map(({ value }) => value)).toEqual(["1"]);
    });

    it("makes others' unsent nudges due earlier, never later, and never a sent one", async () => {
      await using db = await rig();
      const store = db.store("p");
      const plans = [20, 1].map((due) =>
        wanted({ person: BEN, kind: "shift-plan", subject: `s${due}`, dueAt: at(due) }),
      );
      await store.plan([wanted(), ...plans], NOON);
      const goal = await sentNow(store);
      const [late, early] = await Promise.all(plans.map((plan) => stored(store, plan)));
      if (late === undefined || early === undefined) throw new Error("Two were planned.");

      await store.record(
        tap(goal, { hasten: [goal, late, early].map(({ id }) => ({ nudge: id, dueAt: at(5) })) }),
      );

      expect((await store.nudge(late.id))?.dueAt).toBe(at(5));
      expect((await store.nudge(early.id))?.dueAt).toBe(at(1));
      expect((await store.nudge(goal.id))?.dueAt).toBe(NOON);
    });

    it("on an ask before it is sent answers it: then it is not sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      await store.record(tap(nudge, { now: at(-5), complete: true }));

      expect(await store.claimDue(lease("one", at(5)), 9)).toEqual([]);
      expect((await store.nudge(nudge.id))?.state).toBe("answered");
    });

    it("that cannot be kept changes nothing", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA);
      await planned(store);
      const ask = await sentNow(store);
      const act = tap(ask, {
        replies: [
          { occasion: ask.subject, item: "help", value: "3", text: false },
          { occasion: ask.subject, item: "call", value: {} as string, text: false },
        ],
      });

      await expect(store.record(act)).rejects.toThrow();

      expect(await store.replies(ask.subject)).toEqual([]);
      expect(await store.record(tap(ask, { event: act.event }))).toBe("recorded");
    });
  });
}
