import { describe, expect, it } from "vitest";
import { later } from "#src/domain/time.ts";
import { ANNA, event, lease, LEASE, NOON, shift, type StoreRig } from "./case.ts";

export function sharingRules(rig: StoreRig): void {
  describe("what one process does for all", () => {
    it("is held by one owner until the lease ends", async () => {
      await using house = await rig();
      const one = house.store("p");
      const two = house.elsewhere("p");

      expect(await one.hold("roster", lease("one"))).toBe(true);
      expect(await two.hold("roster", lease("two"))).toBe(false);
      expect(await two.hold("roster", lease("two", later(NOON, LEASE - 1)))).toBe(false);
      expect(await two.hold("roster", lease("two", later(NOON, LEASE)))).toBe(true);
      expect(await one.hold("roster", lease("one", later(NOON, LEASE)))).toBe(false);
    });

    it("is renewed by its owner, and given up with a lease of no length", async () => {
      await using house = await rig();
      const store = house.store("p");

      await store.hold("roster", lease("one"));
      expect(await store.hold("roster", lease("one", later(NOON, LEASE - 1)))).toBe(true);
      expect(await store.hold("roster", lease("two", later(NOON, LEASE)))).toBe(false);
      await store.hold("roster", { ...lease("one", later(NOON, LEASE)), length: 0 });
      expect(await store.hold("roster", lease("two", later(NOON, LEASE)))).toBe(true);
    });

    it("is another matter for another task, and for another program", async () => {
      await using house = await rig();

      await house.store("p").hold("roster", lease("one"));

      expect(await house.store("p").hold("feeds", lease("two"))).toBe(true);
      expect(await house.store("q").hold("roster", lease("two"))).toBe(true);
    });

    it("goes to one of many that ask at the same time", async () => {
      await using house = await rig();
      const stores = [house.store("p"), house.elsewhere("p")];

      const held = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]!.hold("roster", lease(`owner ${i}`))),
      );

      expect(held.filter(Boolean)).toHaveLength(1);
    });
  });

  describe("what other processes have changed", () => {
    it("shows as a version: of the roster", async () => {
      await using house = await rig();
      const before = await house.store("p").versions();

      await house
        .elsewhere("p")
        .changeRoster({ added: [shift("a", ANNA, NOON, 8)], moved: [], removed: [], absences: [] }, NOON);

      const after = await house.store("p").versions();
      expect(after.roster).toBeGreaterThan(before.roster);
      expect(after.wishes).toBe(before.wishes);
    });

    it("shows as a version: of what people have told about themselves", async () => {
      await using house = await rig();
      const before = await house.store("p").versions();

      await house.elsewhere("p").changeStanding(ANNA, { stopped: true }, event(), NOON);
      const stopped = await house.store("p").versions();
      await house.elsewhere("p").erase(ANNA, NOON, "test");
      const erased = await house.store("p").versions();

      expect(stopped.wishes).toBeGreaterThan(before.wishes);
      expect(erased.wishes).toBeGreaterThan(stopped.wishes);
      expect(erased.roster).toBe(before.roster);
    });

    it("counts every change, however many come at once", async () => {
      await using house = await rig();

      await Promise.all(
        Array.from({ length: 10 }, () =>
          house.elsewhere("p").changeStanding(ANNA, { stopped: true }, event(), NOON),
        ),
      );

      expect((await house.store("p").versions()).wishes).toBe(10);
      expect(await house.store("q").versions()).toEqual({ roster: 0, wishes: 0 });
    });
  });
}
