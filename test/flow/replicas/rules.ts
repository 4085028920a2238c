import { updateOf } from "#src/roster/change/merge.ts";
import { expect, it } from "vitest";
import { handClock } from "#adapters/memory/hand-clock.ts";
import { memoryCloud, memoryMessenger } from "#adapters/memory/messenger.ts";
import { personId } from "#src/domain/person.ts";
import type { Roster } from "#src/domain/roster.ts";
import { later, MINUTE } from "#src/domain/time.ts";
import { runProgram } from "#src/engine.ts";
import { AttuneError } from "#src/errors.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import type { Store } from "#src/ports/store.ts";
import { SILENT } from "#test/support/attune.ts";
import { account, tap, type StoreRig } from "#test/contract/store/case.ts";
import { local, programOf, rosterOf } from "#test/support/programs.ts";
import { agreed } from "#test/support/agreed.ts";
import { isAsk } from "#src/domain/nudge.ts";

const MORNING = local("2026-12-01T06:00");
const R1 = personId("r1");
const SHIFTS = ["r1 2026-12-01T08:00 2026-12-01T17:00", "a1 2026-12-01T08:00 2026-12-01T17:00"];

/** Two replicas on one database, and the hospital's roster that both could read. */
async function replicas(rig: StoreRig) {
  const stores = await rig();
  const program = programOf();
  const store = stores.store(program.id);
  const clock = handClock(MORNING);
  const cloud = memoryCloud();
  const hospital = { published: rosterOf(SHIFTS) as Roster | undefined };
  const reads: string[] = [];
  const replica = (owner: string, its: Store = store) =>
    runProgram({
      program,
      store: its,
      clock,
      messengers: [memoryMessenger({ now: () => clock.now(), cloud })],
      owner,
      log: SILENT,
      meters: NO_METERS,
      async findRosterUpdate(before) {
        reads.push(owner);
        const added = hospital.published?.assignments ?? [];
        hospital.published = undefined;
        return added.length === 0
          ? undefined
          : updateOf(before, { added, moved: [], removed: [], absences: [] });
      },
      wake() {},
    });
  return {
    store,
    clock,
    cloud,
    hospital,
    reads,
    replica,
    one: replica("one"),
    two: replica("two", stores.elsewhere(program.id)),
    [Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
  };
}

export function replicaRules(rig: StoreRig): void {
  it("one replica reads the roster, and the other knows it and plans by it", async () => {
    await using attune = await replicas(rig);
    const { one, two, reads, store } = attune;

    await one.beat();
    await two.beat();

    expect(reads).toEqual(["one"]);
    expect(two.context().roster.outlook.daysOf(R1)).toEqual(one.context().roster.outlook.daysOf(R1));
    expect(await store.nextDue()).toBeDefined();
  });

  it("another replica reads the roster once the reader is gone, or has left", async () => {
    await using attune = await replicas(rig);
    const { one, two, reads, clock } = attune;
    await one.beat();

    await clock.advance(MINUTE);
    await two.beat();
    await clock.advance(MINUTE);
    await two.beat();
    expect(reads).toEqual(["one", "two"]);

    await two.handOver();
    await one.beat();
    expect(reads).toEqual(["one", "two", "one"]);
  });

  it("what somebody said to one replica, the other heeds when it plans", async () => {
    await using attune = await replicas(rig);
    const { one, two, store, clock, hospital } = attune;
    await one.beat();
    await two.beat();

    await store.changeStanding(R1, { stopped: true }, "stop", clock.now());
    one.planning.replan();
    await one.beat();
    hospital.published = rosterOf([
      "r1 2026-12-03T08:00 2026-12-03T17:00",
      "a1 2026-12-03T08:00 2026-12-03T17:00",
    ]);
    await clock.advance(2 * MINUTE);
    await two.beat();

    const planned = await store.nudgesOf(R1, MORNING, later(MORNING, 5 * 24 * 60 * MINUTE));
    expect(planned.filter(({ state }) => state === "planned")).toEqual([]);
  });

  it("two that beat at the same moment send each message once", async () => {
    await using attune = await replicas(rig);
    const { one, two, clock, cloud } = attune;
    await one.beat();
    await clock.set(local("2026-12-01T07:50"));

    await Promise.all([one.beat(), two.beat(), one.beat(), two.beat()]);

    expect(cloud.deliveries.length).toBeGreaterThan(0);
    expect(cloud.duplicates()).toBe(0);
  });

  it("two that notice at the same moment that a message is gone post it anew once", async () => {
    await using attune = await replicas(rig);
    const { one, two, clock, cloud, store } = attune;
    await one.beat();
    await store.changeStanding(R1, { consent: "given" }, "consent", clock.now());
    await store.rememberIdentity(R1, account(R1, "memory"), clock.now());
    await clock.set(local("2026-12-01T07:50"));
    await one.beat();
    const goal = (await store.nudgesOf(R1, MORNING, local("2026-12-01T08:00"))).find(isAsk);
    for (const { ref, to } of cloud.deliveries) if (to === account(R1, "memory").address) cloud.remove(ref);
    await store.record(tap(goal!, { now: clock.now(), edit: [goal!.id] }));

    await Promise.all([one.edit(), two.edit(), one.beat(), two.beat()]);
    await clock.advance(5 * MINUTE);
    await Promise.all([one.beat(), two.beat()]);

    const anew = cloud.deliveries.filter(({ type, key }) => type === "sent" && key.endsWith("again"));
    expect(anew).toHaveLength(1);
    expect(cloud.duplicates()).toBe(0);
  });

  it("one that looked at the roster a moment before another changed it gives up no ask that it cannot know yet", async () => {
    await using attune = await replicas(rig);
    const { one, replica, store, clock, cloud } = attune;
    await agreed(store, [{ id: R1 }], clock.now());
    await clock.set(local("2026-12-01T07:50"));
    await store.hold("roster", { owner: "one", now: clock.now(), length: MINUTE });
    let others = () => one.planning.prepare(clock.now());
    const two = replica("two", {
      ...store,
      async claimDue(...asked) {
        await others();
        others = async () => {};
        return store.claimDue(...asked);
      },
    });

    await two.beat();
    await clock.advance(MINUTE);
    await two.beat();

    const goal = (await store.nudgesOf(R1, MORNING, local("2026-12-01T08:00"))).find(isAsk);
    expect(goal).toMatchObject({ kind: "shift-goal", state: "sent" });
    expect(cloud.deliveries.length).toBeGreaterThan(0);
  });

  it("an act under way on one brings back no account of somebody who has all erased on another", async () => {
    await using attune = await replicas(rig);
    const { clock, replica, store } = attune;
    await store.changeStanding(R1, { consent: "given" }, "consent", clock.now());
    const behind = replica("behind", {
      ...store,
      async standing(person) {
        const standing = await store.standing(person);
        await store.erase(person, clock.now(), "chat");
        return standing;
      },
    });
    const sender = { platform: "memory", account: R1, address: "r1" as never };

    await behind.bot.receive({ type: "said", event: "late", sender, text: "help" });

    expect((await store.export(R1)).identities).toEqual([]);
  });

  it("what an erasing has left to do is looked for every few minutes, and every minute until it is done", async () => {
    await using attune = await replicas(rig);
    const { clock, replica, store } = attune;
    const asked: number[] = [];
    const beating = replica("one", {
      ...store,
      async finishErasing() {
        const minute = (clock.now() - MORNING) / MINUTE;
        asked.push(minute);
        if (minute === 6) throw new AttuneError("store", "the disk is full");
        return minute !== 5;
      },
    });

    for (let minute = 0; minute < 15; minute += 1) {
      await clock.set(later(MORNING, minute * MINUTE));
      await beating.beat();
      await beating.beat();
    }

    expect(asked).toEqual([0, 5, 6, 7, 12]);
  });
}
