import { describe, expect, it } from "vitest";
import {
  account,
  ANNA,
  at,
  BEN,
  claimed,
  DORA,
  lease,
  messageRef,
  NOON,
  NOWHERE,
  planned,
  sentNow,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

export function readingRules(rig: StoreRig): void {
  describe("reading nudges", () => {
    it("finds by id and by what it is about", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      expect(await store.nudge(nudge.id)).toEqual(nudge);
      expect(await store.nudge(NOWHERE)).toBeUndefined();
      expect(await store.nudgeAbout("shift-goal", BEN, nudge.subject)).toBeUndefined();
    });

    it("lists a person's and everybody's by due time, the end excluded", async () => {
      await using db = await rig();
      const store = db.store("p");
      const plan = [
        wanted({ subject: "s3", dueAt: at(3) }),
        wanted({ subject: "s1", dueAt: at(1) }),
        wanted({ person: BEN, subject: "s2", dueAt: at(2) }),
        wanted({ subject: "s4", dueAt: at(4) }),
      ];
      await store.plan(plan, NOON);
      await sentNow(store, at(1));

      const subjects = (nudges: readonly { readonly subject: string }[]) =>
        nudges.map(({ subject }) => subject);
      expect(subjects(await store.nudgesOf(ANNA, at(1), at(4)))).toEqual(["s1", "s3"]);
      expect(subjects(await store.nudgesDuring(at(1), at(4)))).toEqual(["s1", "s2", "s3"]);
    });

    it("counts what is on its way, open or failed, by kind and state", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan(
        [
          wanted(),
          wanted({ person: BEN }),
          wanted({ person: DORA }),
          wanted({ kind: "shift-debrief", dueAt: at(2) }),
          wanted({ kind: "shift-plan", dueAt: at(9) }),
        ],
        NOON,
      );
      for (const _ of [1, 2]) await sentNow(store);
      await store.record(tap(await sentNow(store), { complete: true }));
      await store.close(await claimed(store, at(2)), "failed", "gone", at(2));

      expect(
        (await store.nudgeCounts(at(2))).toSorted((a, b) => (a.state + a.kind < b.state + b.kind ? -1 : 1)),
      ).toEqual([
        { kind: "shift-debrief", state: "failed", count: 1 },
        { kind: "shift-goal", state: "sent", count: 3 },
      ]);
    });

    it("counts what did not arrive for a day, and apart from it what waits for its person", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan(
        [
          wanted({ kind: "consent", subject: "s1" }),
          wanted({ person: BEN }),
          wanted({ person: DORA, subject: "s3" }),
          wanted({ person: DORA, subject: "s4" }),
        ],
        NOON,
      );
      for (const [state, reason] of [
        ["failed", "unreachable"],
        ["failed", "rejected"],
        ["failed", "no-address"],
        ["withdrawn", "consent-open"],
      ] as const)
        await store.close(await claimed(store), state, reason, NOON);

      const counts = async (minutes: number) => {
        const found = await store.nudgeCounts(at(minutes));
        const of = (state: string) =>
          found.reduce((sum, one) => sum + (one.state === state ? one.count : 0), 0);
        return { failed: of("failed"), waiting: of("waiting") };
      };

      const later = await counts(24 * 60 + 1);
      expect(await counts(1)).toEqual({ failed: 1, waiting: 3 });
      expect(later).toEqual({ failed: 0, waiting: 0 });
    });

    it("knows the newest moment of what is answered or open", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ person: BEN })], NOON);
      const before = await store.newestOpen();
      await sentNow(store, at(1));
      const sent = await store.newestOpen();

      await store.record(tap(await sentNow(store, at(2)), { complete: true, now: at(3) }));

      expect([before, sent, await store.newestOpen()]).toEqual([undefined, at(1), at(3)]);
    });

    it("counts a goal's ask that went out lately the same, answered or not", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ person: BEN })], NOON);
      for (const _ of [1, 2]) await sentNow(store);
      const counts = (minutes: number) => store.nudgeCounts(at(minutes));
      const before = await counts(1);

      const [ask] = await store.openNudges(BEN, NOON);
      await store.record(tap(ask!, { complete: true }));

      expect(before).toEqual([{ kind: "shift-goal", state: "sent", count: 2 }]);
      expect(await counts(1)).toEqual(before);
      expect(await counts(181)).toEqual([]);
    });

    it("knows the next moment something is due: an ask, a reminder, a lease that ends", async () => {
      await using db = await rig();
      const store = db.store("p");
      expect(await store.nextDue()).toBeUndefined();
      await planned(store, { dueAt: at(5) });
      expect(await store.nextDue()).toBe(at(5));
      await sentNow(store, at(5), at(65));
      expect(await store.nextDue()).toBe(at(65));
      await store.claimDue(lease("one", at(65)), 1);
      expect(await store.nextDue()).toBe(at(66.5));
    });

    it("calls open what was sent and takes answers, newest first, without digests", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan(
        [
          wanted({ subject: "s1", dueAt: at(0) }),
          wanted({ subject: "s2", dueAt: at(1), expiresAt: at(20) }),
          wanted({ kind: "attending-digest", subject: "w", dueAt: at(2) }),
          wanted({ subject: "later", dueAt: at(90) }),
        ],
        NOON,
      );
      for (const minutes of [0, 1, 2]) await sentNow(store, at(minutes));

      const open = async (now: number) =>
        (await store.openNudges(ANNA, at(now))).map(({ subject }) => subject);
      expect(await open(3)).toEqual(["s2", "s1"]);
      expect(await open(20)).toEqual(["s1"]);
      expect(await store.openNudges(BEN, at(3))).toEqual([]);
    });

    it("calls open what may be arriving just now, and what the person opened before it was sent", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.plan([wanted(), wanted({ subject: "early", dueAt: at(60) })], NOON);
      const claim = await claimed(store);
      await store.intend(claim, NOON);
      const early = await store.nudgeAbout("shift-goal", ANNA, "early");
      if (early === undefined) throw new Error("It was planned.");
      await store.record(tap(early, { message: messageRef("typed") }));

      expect((await store.openNudges(ANNA, at(2))).map(({ subject }) => subject)).toEqual([
        "early",
        claim.nudge.subject,
      ]);
    });

    it("knows which nudge a message shows, on its own platform only", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const shown = messageRef("where it was tapped");
      const ask = await sentNow(store);
      await store.record(tap(ask, { message: shown, platform: "web" }));

      expect((await store.nudgeShownIn("web", shown))?.id).toBe(ask.id);
      expect(await store.nudgeShownIn("slack", shown)).toBeUndefined();
      expect(await store.nudgeShownIn("web", messageRef("another"))).toBeUndefined();
    });

    it("knows whose event was recorded, and when", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      const ask = await sentNow(store);
      await store.record(tap(ask, { event: "typed-1", now: at(2) }));

      expect(await store.recordedBy("typed-1")).toEqual({ person: ANNA, at: at(2) });
      expect(await store.recordedBy("typed-2")).toBeUndefined();
    });

    it("does not call open what is answered", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);
      await store.record(tap(await sentNow(store), { complete: true }));

      expect(await store.openNudges(ANNA, at(2))).toEqual([]);
    });

    it("keeps programs apart", async () => {
      await using db = await rig();
      const [one, two] = [db.store("one"), db.store("two")];
      const nudge = await planned(one);
      await one.changeStanding(ANNA, { consent: "given" }, "e", NOON);
      await one.rememberIdentity(ANNA, account(ANNA), NOON);
      await one.setNote("n", "1");

      expect(await two.nudge(nudge.id)).toBeUndefined();
      expect(await two.claimDue(lease("two", at(1)), 9)).toEqual([]);
      expect(await two.expire(at(999))).toBe(0);
      expect(await two.plan([], NOON)).toEqual({ inserted: 0, moved: 0, withdrawn: 0 });
      expect(await two.record(tap(nudge))).toBe("closed");
      expect((await two.standing(ANNA)).consent).toBe("unasked");
      expect(await two.identities(ANNA)).toEqual([]);
      expect(await two.note("n")).toBeUndefined();
      expect(await two.nextDue()).toBeUndefined();
      expect(await two.changeStanding(ANNA, { consent: "declined" }, "e", NOON)).toBe("recorded");
      const claim = await claimed(one);
      expect(await two.intend(claim, NOON)).toBe(false);
      await two.erase(ANNA, NOON, "test");
      expect(await one.nudge(nudge.id)).toBeDefined();
      expect((await one.standing(ANNA)).consent).toBe("given");
    });

    it("sees at once what another process wrote", async () => {
      await using db = await rig();
      const nudge = await planned(db.store("p"));
      await db.store("p").nudge(nudge.id);

      await db.elsewhere("p").record(tap(nudge, { now: at(-1), complete: true }));

      expect((await db.store("p").nudge(nudge.id))?.state).toBe("answered");
    });
  });
}
