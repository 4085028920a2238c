import { describe, expect, it } from "vitest";
import { later } from "#src/domain/time.ts";
import { ANNA, event, lease, LEASE, NOON, shift, type StoreRig } from "./case.ts";

export function sharingRules(rig: StoreRig): void {
  describe("what one process does for all", () => {
    it("is held by one owner until the lease ends", async () => {
      await using db = await rig();
      const one = db.store("p");
      const two = db.elsewhere("p");

      expect(await one.hold("roster", lease("one"))).toBe(true);
      expect(await two.hold("roster", lease("two"))).toBe(false);
      expect(await two.hold("roster", lease("two", later(NOON, LEASE - 1)))).toBe(false);
      expect(await two.hold("roster", lease("two", later(NOON, LEASE)))).toBe(true);
      expect(await one.hold("roster", lease("one", later(NOON, LEASE)))).toBe(false);
    });

    it("is renewed by its owner, and given up with a lease of no length", async () => {
      await using db = await rig();
      const store = db.store("p");

      await store.hold("roster", lease("one"));
      expect(await store.hold("roster", lease("one", later(NOON, LEASE - 1)))).toBe(true);
      expect(await store.hold("roster", lease("two", later(NOON, LEASE)))).toBe(false);
      await store.hold("roster", { ...lease("one", later(NOON, LEASE)), length: 0 });
      expect(await store.hold("roster", lease("two", later(NOON, LEASE)))).toBe(true);
    });

    it("is another matter for another task, and for another program", async () => {
      await using db = await rig();

      await db.store("p").hold("roster", lease("one"));

      expect(await db.store("p").hold("feeds", lease("two"))).toBe(true);
      expect(await db.store("q").hold("roster", lease("two"))).toBe(true);
    });

    it("goes to one of many that ask at the same time", async () => {
      await using db = await rig();
      const stores = [db.store("p"), db.elsewhere("p")];

      const held = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]!.hold("roster", lease(`owner ${i}`))),
      );

      expect(held.filter(Boolean)).toHaveLength(1);
    });
  });

  describe("what other processes have changed", () => {
    it("shows as a version: of the roster", async () => {
      await using db = await rig();
      const before = await db.store("p").versions();

      await db
        .elsewhere("p")
        .changeRoster({ added: [shift("a", ANNA, NOON, 8)], moved: [], removed: [], absences: [] }, NOON);

      const after = await db.store("p").versions();
      expect(after.roster).toBeGreaterThan(before.roster);
      expect(after.wishes).toBe(before.wishes);
    });

    it("shows as a version: of what people have told about themselves", async () => {
      await using db = await rig();
      const before = await db.store("p").versions();

      await db.elsewhere("p").changeStanding(ANNA, { stopped: true }, event(), NOON);
      const stopped = await db.store("p").versions();
      await db.elsewhere("p").erase(ANNA, NOON, "test");
      const erased = await db.store("p").versions();

      expect(stopped.wishes).toBeGreaterThan(before.wishes);
      expect(erased.wishes).toBeGreaterThan(stopped.wishes);
      expect(erased.roster).toBe(before.roster);
    });

    it("counts every change, however many come at once", async () => {
      await using db = await rig();

      await Promise.all(
        Array.from({ length: 10 }, () =>
          db.elsewhere("p").changeStanding(ANNA, { stopped: true }, event(), NOON),
        ),
      );

      expect((await db.store("p").versions()).wishes).toBe(10);
      expect(await db.store("q").versions()).toEqual({ roster: 0, wishes: 0 });
    });
  });
}
