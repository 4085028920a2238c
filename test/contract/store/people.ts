import { describe, expect, it } from "vitest";
import type { PersonId } from "#src/domain/person.ts";
import {
  account,
  ANNA,
  at,
  BEN,
  DORA,
  heardFrom,
  NOON,
  planned,
  sentNow,
  shift,
  tap,
  wanted,
  type StoreRig,
} from "./case.ts";

export function peopleRules(rig: StoreRig): void {
  describe("people", () => {
    it("says of a stranger that nothing was asked", async () => {
      await using db = await rig();

      expect(await db.store("p").standing(ANNA)).toEqual({
        consent: "unasked",
        stopped: false,
        unansweredInARow: 0,
      });
    });

    it("keeps what a person told in all of their programs, or in none", async () => {
      await using db = await rig();
      const [here, there] = [db.store("p"), db.store("q")];
      const choose = (event: string, person: PersonId) =>
        here.changeStanding(ANNA, { consent: "given", locale: "ja" }, event, NOON, {
          also: [{ program: "q", person }],
        });
      const wishes = (await there.versions()).wishes;

      // No database keeps this id: the second of the two fails.
      await expect(choose("e1", "b\0" as PersonId)).rejects.toMatchObject({ code: "store" });
      const none = await here.standing(ANNA);
      const told = [await choose("e1", BEN), await choose("e1", BEN)];

      expect(none.consent).toBe("unasked");
      expect(told).toEqual(["recorded", "again"]);
      expect(await here.standing(ANNA)).toMatchObject({ consent: "given", locale: "ja" });
      expect(await there.standing(BEN)).toMatchObject({ consent: "given", locale: "ja" });
      expect(await there.recordedBy("e1")).toMatchObject({ person: BEN });
      expect(await here.standing(BEN)).toMatchObject({ consent: "unasked" });
      expect((await there.versions()).wishes).toBeGreaterThan(wishes);
    });

    it("lets two who choose for each other's programs at once both finish", async () => {
      await using db = await rig();
      const stores = { p: db.store("p"), q: db.store("q") };
      const choose = (program: "p" | "q", turn: number) =>
        stores[program].changeStanding(ANNA, { stopped: turn % 2 === 0 }, `${program}${turn}`, at(turn), {
          also: [{ program: program === "p" ? "q" : "p", person: ANNA }],
        });

      const done = await Promise.all(
        Array.from({ length: 20 }, (_, turn) => choose(turn % 3 === 0 ? "p" : "q", turn)),
      );

      expect(new Set(done)).toEqual(new Set(["recorded"]));
      expect((await stores.p.standing(ANNA)).stopped).toBe((await stores.q.standing(ANNA)).stopped);
    });

    it("keeps what a person told, over a restart", async () => {
      await using db = await rig();
      await db
        .store("p")
        .changeStanding(ANNA, { consent: "given", locale: "ja", pausedUntil: at(60) }, "e1", NOON);
      await db.reopen();

      expect(await db.store("p").standing(ANNA)).toEqual({
        consent: "given",
        locale: "ja",
        pausedUntil: at(60),
        stopped: false,
        unansweredInARow: 0,
      });
    });

    it("takes a value away with null and leaves what a change does not name", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeStanding(ANNA, { consent: "given", pausedUntil: at(60) }, "e1", NOON);

      await store.changeStanding(ANNA, { pausedUntil: null, stopped: true }, "e2", NOON);

      const standing = await store.standing(ANNA);
      expect(standing).not.toHaveProperty("pausedUntil");
      expect(standing).toMatchObject({ consent: "given", stopped: true });
    });

    it("takes the same event once", async () => {
      await using db = await rig();
      const store = db.store("p");

      expect(await store.changeStanding(ANNA, { stopped: true }, "e1", NOON)).toBe("recorded");
      expect(await store.changeStanding(ANNA, { stopped: false }, "e1", NOON)).toBe("again");
      expect((await store.standing(ANNA)).stopped).toBe(true);
    });

    it("lists everybody who said something", async () => {
      await using db = await rig();
      const store = db.store("p");
      await store.changeStanding(ANNA, { consent: "given" }, "e1", NOON);
      await store.changeStanding(BEN, { consent: "declined" }, "e2", NOON);

      const standings = await store.standings();

      expect([...standings].map(([id, { consent }]) => `${id}: ${consent}`).toSorted()).toEqual([
        `${ANNA}: given`,
        `${BEN}: declined`,
      ]);
    });

    it("stopping withdraws nothing by itself: that is the planner's", async () => {
      await using db = await rig();
      const store = db.store("p");
      const nudge = await planned(store);

      await store.changeStanding(ANNA, { stopped: true }, "e1", NOON);

      expect((await store.nudge(nudge.id))?.state).toBe("planned");
    });

    it("a change of consent or language marks their open messages for an edit, and nobody else's", async () => {
      await using db = await rig();
      const store = db.store("p");
      const bens = wanted({ person: BEN });
      await store.plan([wanted(), bens], NOON);
      await sentNow(store);
      await sentNow(store);
      const marked = async (minutes: number) => {
        const found = await store.claimEdits(at(minutes), 9);
        for (const { nudge, version } of found) await store.edited(nudge.id, version);
        return found.map(({ nudge }) => nudge.person);
      };

      await store.changeStanding(ANNA, { consent: "given" }, "yes", at(1));
      const agreed = await marked(1);
      await store.changeStanding(ANNA, { stopped: true }, "stop", at(2));
      const stopped = await marked(2);
      await store.changeStanding(ANNA, { locale: "ja" }, "ja", at(3));
      const translated = await marked(3);
      await store.changeStanding(ANNA, { locale: "en" }, "late", at(181));

      expect({ agreed, stopped, translated }).toEqual({
        agreed: [ANNA],
        stopped: [ANNA],
        translated: [ANNA],
      });
      expect(await marked(181)).toEqual([]);
    });

    it("whoever stops, or comes back, marks the open goals and the unanswered asks of shared shifts for an edit", async () => {
      await using db = await rig();
      const store = db.store("p");
      const added = [shift("a", ANNA, NOON, 8), shift("b", BEN, at(60), 8), shift("late", BEN, at(600), 8)];
      await store.changeRoster({ added, moved: [], removed: [], absences: [] }, NOON);
      const wants = [
        wanted({ person: BEN, kind: "shift-goal", subject: "b" }),
        wanted({ person: BEN, kind: "shift-plan", subject: "b" }),
        wanted({ person: BEN, kind: "shift-debrief", subject: "b" }),
        wanted({ person: BEN, kind: "shift-goal", subject: "late" }),
      ];
      await store.plan(wants, NOON);
      const sent = [];
      for (const _ of wants) sent.push(await sentNow(store));
      for (const kind of ["shift-goal", "shift-plan"])
        await store.record(
          tap(
            sent.find((one) => one.kind === kind && one.subject === "b")!,
            { complete: true },
          ),
        );
      const marked = async (minutes: number) => {
        const found = await store.claimEdits(at(minutes), 9);
        for (const { nudge, version } of found) await store.edited(nudge.id, version);
        return found.map(({ nudge }) => `${nudge.kind} ${nudge.subject}`).toSorted();
      };
      await marked(1);

      await store.changeStanding(ANNA, { stopped: true }, "stop", at(2));
      const stopped = await marked(2);
      await store.changeStanding(ANNA, { stopped: false }, "resume", at(3));
      const back = await marked(3);
      await store.changeStanding(ANNA, { pausedUntil: at(9) }, "pause", at(4));

      expect(stopped).toEqual(["shift-debrief b", "shift-goal b"]);
      expect(back).toEqual(stopped);
      expect(await marked(4)).toEqual([]);
    });

    it("remembers when a person was last asked", async () => {
      await using db = await rig();
      const store = db.store("p");
      await planned(store);

      await sentNow(store, at(2));

      expect((await store.standing(ANNA)).lastAskAt).toBe(at(2));
    });
  });

  describe("identities", () => {
    it("puts the platform that was used last first", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA, account(ANNA, "slack"), at(0));
      await store.rememberIdentity(ANNA, account(ANNA, "teams"), at(1));
      await store.rememberIdentity(ANNA, account(ANNA, "slack"), at(2));
      await db.reopen();

      expect(await db.store("p").identities(ANNA)).toEqual([account(ANNA, "slack"), account(ANNA, "teams")]);
    });

    it("renews an address", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA, account(ANNA), at(0));
      const renewed = { ...account(ANNA), address: account(BEN).address };

      await store.rememberIdentity(ANNA, renewed, at(0));

      expect(await store.identities(ANNA)).toEqual([renewed]);
    });

    it("tells whose account it is, and nobody's of another platform or program", async () => {
      await using db = await rig();
      const store = db.store("p");
      const { account: name, platform } = account(ANNA, "slack");
      await heardFrom(store, ANNA, account(ANNA, "slack"));

      expect(await store.knownBy(platform, name)).toBe(ANNA);
      expect(await store.knownBy("teams", name)).toBeUndefined();
      expect(await store.knownBy(platform, `${name}x`)).toBeUndefined();
      expect(await db.store("q").knownBy(platform, name)).toBeUndefined();
    });

    it("has an account of one person alone: of whoever was heard from with it last", async () => {
      await using db = await rig();
      const store = db.store("p");
      const shared = account(ANNA, "slack");
      await heardFrom(store, ANNA, shared, at(0));
      await store.changeStanding(BEN, { consent: "given" }, "consent of ben", at(0));

      await Promise.all([
        store.rememberIdentity(BEN, shared, at(1)),
        db.elsewhere("p").rememberIdentity(BEN, shared, at(1)),
      ]);
      await store.rememberIdentity(ANNA, account(ANNA, "teams"), at(2));

      expect(await store.knownBy("slack", shared.account)).toBe(BEN);
      expect(await store.identities(ANNA)).toEqual([account(ANNA, "teams")]);
      await store.rememberIdentity(ANNA, shared, at(3));
      expect(await store.knownBy("slack", shared.account)).toBe(ANNA);
      expect(await store.identities(BEN)).toEqual([]);
    });

    it("has an account of one person alone, also of two who are heard from with it at once", async () => {
      await using db = await rig();
      const store = db.store("p");
      for (const person of [ANNA, BEN])
        await store.changeStanding(person, { consent: "given" }, `consent of ${person}`, at(0));

      await Promise.all(
        [ANNA, BEN, ANNA, BEN].map((person, i) =>
          (i < 2 ? db.store("p") : db.elsewhere("p")).rememberIdentity(person, account(DORA), at(1)),
        ),
      );

      const owners = [await store.identities(ANNA), await store.identities(BEN)].flat();
      expect(owners).toHaveLength(1);
    });

    it("knows nobody it was not told of", async () => {
      await using db = await rig();
      await heardFrom(db.store("p"), ANNA);

      expect(await db.store("p").identities(BEN)).toEqual([]);
    });

    it("keeps none of somebody who does not take part, or does not any more", async () => {
      await using db = await rig();
      const store = db.store("p");
      await heardFrom(store, ANNA);
      await store.changeStanding(ANNA, { consent: "declined" }, "no", at(1));

      await store.rememberIdentity(ANNA, account(ANNA, "slack"), at(2));
      await store.rememberIdentity(BEN, account(BEN), at(2));

      expect(await store.identities(ANNA)).toEqual([account(ANNA)]);
      expect(await store.identities(BEN)).toEqual([]);
    });
  });

  describe("notes", () => {
    it("keeps the newest value, over a restart", async () => {
      await using db = await rig();
      await db.store("p").setNote("planned", "one");
      await db.store("p").setNote("planned", "two");
      await db.reopen();

      expect(await db.store("p").note("planned")).toBe("two");
      expect(await db.store("p").note("other")).toBeUndefined();
    });

    it("replaces only the value that somebody has seen, and adds only what is not there", async () => {
      await using db = await rig();
      const store = db.store("p");

      expect(await store.changeNote("planned", "one", "two")).toBe(false);
      expect(await store.note("planned")).toBeUndefined();
      expect(await store.changeNote("planned", undefined, "one")).toBe(true);
      expect(await store.changeNote("planned", undefined, "two")).toBe(false);
      expect(await db.elsewhere("p").changeNote("planned", "one", "two")).toBe(true);
      expect(await store.changeNote("planned", "one", "three")).toBe(false);
      expect(await store.note("planned")).toBe("two");
    });
  });
}
