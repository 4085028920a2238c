import { describe, expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { weekOf, MINUTE } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { publishFigures } from "#src/flows/digests/publish-figures.ts";
import { watchRoster } from "#src/roster/watch/roster-watch.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { SILENT } from "#test/support/attune.ts";
import type { StoreRig } from "#test/contract/store/case.ts";
import { local, programOf } from "#test/support/programs.ts";

const MORNING = local("2026-12-01T06:00");
const SOURCE = {
  name: "roster.csv",
  format: "csv" as const,
  feed: { addresses: [{ variable: "NONE" }], every: MINUTE },
};
const HEAD = "person,start,end,label";
const EARLY = [HEAD, "r1,2026-12-01T08:00,17:00,Day", "a1,2026-12-01T08:00,17:00,Day"];
const LATE = [HEAD, "r1,2026-12-01T13:00,22:00,Late", "a1,2026-12-01T13:00,22:00,Late"];

/** Replicas on one database, each with its own eye on the roster that the hospital publishes. */
async function hospital(rig: StoreRig) {
  const stores = await rig();
  const program = programOf();
  const store = stores.store(program.id);
  const clock = handClock(MORNING);
  const cloud = memoryCloud();
  const published = { rows: EARLY };
  const feeds = {
    beat: async () => {},
    pages: () => [new TextEncoder().encode(published.rows.join("\n"))],
    troubles: () => [],
    fetched: () => [],
    settled: async () => {},
  };
  const replica = (owner: string, its: Partial<Store> = {}) => {
    const watch = watchRoster(program, [SOURCE], SILENT, feeds);
    return runProgram({
      program,
      store: { ...stores.elsewhere(program.id), ...its },
      clock,
      messengers: [memoryMessenger({ now: () => clock.now(), cloud })],
      owner,
      log: SILENT,
      meters: NO_METERS,
      findRosterUpdate: (stored, now) => watch.findRosterUpdate(stored, now),
      wake() {},
    });
  };
  const other = replica("other");
  /** For longer than a lease; meanwhile the roster is published anew, and another replica goes by it. */
  const meanwhile = async (): Promise<void> => {
    published.rows = LATE;
    await clock.advance(2 * MINUTE);
    await other.beat();
  };
  /** When shifts begin, as stored, and when the goals for them are to be asked. */
  const standing = async () => ({
    starts: (await store.roster()).assignments.map(({ start }) => start),
    goals: (await store.nudgesOf(program.people[0]!.id, MORNING, local("2026-12-02T06:00")))
      .filter(({ kind, state }) => kind === "shift-goal" && state === "planned")
      .map(({ dueAt }) => dueAt),
  });
  return {
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
    store,
    clock,
    cloud,
    published,
    replica,
    other,
    meanwhile,
    standing,
  };
}

const AS_PUBLISHED = {
  starts: [local("2026-12-01T13:00"), local("2026-12-01T13:00")],
  goals: [local("2026-12-01T12:45")],
};

export function frozenReplicaRules(rig: StoreRig): void {
  describe("a replica that is frozen for longer than its lease", () => {
    it("does not bring back the roster that it had read", async () => {
      await using attune = await hospital(rig);
      const { store, replica, other, meanwhile, standing } = attune;
      let isFrozen = false;
      const frozen = replica("frozen", {
        async changeRoster(...change) {
          isFrozen = true;
          await meanwhile();
          return store.changeRoster(...change);
        },
      });

      await frozen.beat();

      expect(isFrozen).toBe(true);
      expect(await standing()).toEqual(AS_PUBLISHED);
      await other.beat();
      expect(await standing()).toEqual(AS_PUBLISHED);
    });

    it("does not bring back the plan that it had made", async () => {
      await using attune = await hospital(rig);
      const { store, replica, meanwhile, standing } = attune;
      let isFrozen = false;
      const frozen = replica("frozen", {
        async plan(...plan) {
          if (!isFrozen) {
            isFrozen = true;
            await meanwhile();
          }
          return store.plan(...plan);
        },
      });

      await frozen.beat();

      expect(isFrozen).toBe(true);
      expect(await standing()).toEqual(AS_PUBLISHED);
      await frozen.beat();
      expect(await standing()).toEqual(AS_PUBLISHED);
    });

    it("does not publish other figures in the place of those that another has published", async () => {
      await using attune = await hospital(rig);
      const { store, replica, other, clock } = attune;
      await other.beat();
      const before = await store.note("program-figures");
      const context = replica("frozen").context();
      await clock.advance(7 * 24 * 60 * MINUTE);
      const published = `{"week":${weekOf(context.zone.dayOf(clock.now()))},"tallies":{}}`;

      await publishFigures({
        ...context,
        now: clock.now(),
        store: {
          ...store,
          async repliesDuring(...span) {
            expect(await store.changeNote("program-figures", before, published)).toBe(true);
            return store.repliesDuring(...span);
          },
        },
      });

      expect(await store.note("program-figures")).toBe(published);
    });
  });

  describe("what the hospital publishes", () => {
    it("counts, whoever changed what is stored", async () => {
      await using attune = await hospital(rig);
      const { store, other, clock, published, standing } = attune;
      published.rows = LATE;
      await other.beat();
      const { assignments, absences } = await store.roster();

      await store.changeRoster({ added: [], moved: [], removed: assignments, absences }, clock.now());
      await other.beat();

      expect(await standing()).toEqual(AS_PUBLISHED);
    });

    it("is told once more when it could not be kept, and then never again", async () => {
      await using attune = await hospital(rig);
      const { store, replica, published, standing } = attune;
      published.rows = LATE;
      let changes = 0;
      const one = replica("one", {
        async changeRoster(...change) {
          changes += 1;
          if (changes === 1) throw new Error("the disk is full");
          return store.changeRoster(...change);
        },
      });

      await expect(one.beat()).rejects.toThrow("full");
      for (let beat = 0; beat < 3; beat += 1) await one.beat();

      expect(changes).toBe(2);
      expect(await standing()).toEqual(AS_PUBLISHED);
    });
  });
}
