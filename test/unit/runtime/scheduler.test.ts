import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { AttuneError } from "#src/errors.ts";
import { createScheduler, type SchedulerDeps, type ScheduledProgram } from "#src/runtime/scheduler.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { SILENT } from "#test/support/attune.ts";

const never = () => new Promise<void>(() => {});
const fails = () => Promise.reject(new Error("this one's trouble"));

/** Sites by name, each with what it does in a beat; and who has beaten, in order. */
function db(works: Readonly<Record<string, () => Promise<void>>>, wish: Partial<SchedulerDeps> = {}) {
  const beaten: string[] = [];
  const hostedPrograms = Object.entries(works).map(([program, work]): ScheduledProgram => ({
    program,
    log: SILENT,
    async beat() {
      beaten.push(program);
      await work();
    },
    async edit() {
      beaten.push(`${program} edits`);
    },
  }));
  return {
    beaten,
    scheduler: createScheduler({
      hostedPrograms,
      log: SILENT,
      meters: NO_METERS,
      align: async () => {},
      patience: 20,
      ...wish,
    }),
  };
}

const well = async () => {};

describe("a round", () => {
  it("runs the beat of every program, also where one fails and one never comes back, and tells how long ago each beat was", async () => {
    const { beaten, scheduler } = db({ a: fails, b: never, c: well, d: well }, { atATime: 1 });

    await scheduler.beat();

    expect(beaten).toEqual(["a", "b", "c", "d"]);
    expect([...scheduler.lastBeats()]).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["c", 0],
      ["d", 0],
    ]);
  });

  it("runs no beat while the time cannot be believed, also one that is woken", async () => {
    let isHeld = true;
    const { beaten, scheduler } = db({ a: well, b: well }, { isHeld: () => isHeld });
    await scheduler.beat();
    expect(beaten).toEqual([]);
    isHeld = false;
    await scheduler.beat();
    isHeld = true;

    scheduler.wake("a");
    await scheduler.stop();

    expect(beaten).toEqual(["a", "b"]);
  });

  it("begins no second beat beside one that is under way, until that is over its deadline", async () => {
    let now = 0;
    const { beaten, scheduler } = db({ a: never, b: well }, { steady: () => now, deadline: 1_000 });
    await scheduler.beat();
    now = 1_000;
    await scheduler.beat();
    const held = beaten.filter((one) => one === "a").length;

    now = 1_001;
    await scheduler.beat();

    expect(held).toBe(1);
    expect(beaten.filter((one) => one === "a")).toHaveLength(2);
    expect(beaten.filter((one) => one === "b")).toHaveLength(3);
  });

  it("runs the beats of a few programs at a time", async () => {
    let [now, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++now);
      await sleep(2);
      now -= 1;
    };
    const { beaten, scheduler } = db(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, work])),
      { atATime: 4, patience: 1_000 },
    );

    await scheduler.beat();

    expect(beaten).toHaveLength(30);
    expect(most).toBe(4);
  });

  it("counts what fails by its code: a program's beat, and what keeps all from beating", async () => {
    const counted: string[] = [];
    const meters = { failed: (code: string) => void counted.push(code) };
    const away = () => Promise.reject(new AttuneError("store", "The server is away."));
    const some = db({ a: fails, b: away, c: well }, { meters });
    const none = db({ a: well, b: well }, { meters, align: away });

    await some.scheduler.beat();
    await expect(none.scheduler.beat()).rejects.toThrow("away");

    expect(counted).toEqual(["bug", "store", "store"]);
  });

  it("fails when nobody could beat, and is not over while nobody has", async () => {
    const broken = db({ a: fails, b: fails });
    const hanging = db({ a: fails, b: never });

    await expect(broken.scheduler.beat()).rejects.toThrow("this one's trouble");
    await expect(
      Promise.race([hanging.scheduler.beat().then(() => "over"), sleep(100, "waits")]),
    ).resolves.toBe("waits");
  });
});

describe("between rounds", () => {
  it("a program that is woken beats alone; during a beat it edits at once, and beats once more afterwards", async () => {
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const { beaten, scheduler } = db({ a: () => (isHeld ? gate.promise : well()), b: well });
    await scheduler.beat();
    isHeld = true;

    for (const _ of [1, 2, 3]) scheduler.wake("a");
    await sleep(5);
    const during = [...beaten];
    isHeld = false;
    gate.resolve();
    await sleep(5);

    expect(during).toEqual(["a", "b", "a edits", "a edits", "a"]);
    expect(beaten).toEqual(["a", "b", "a edits", "a edits", "a", "a"]);
  });

  it("nobody is woken before the first round, or once the scheduler stops", async () => {
    const { beaten, scheduler } = db({ a: well });

    scheduler.wake("a");
    await scheduler.beat();
    await scheduler.stop();
    scheduler.wake("a");
    await sleep(5);

    expect(beaten).toEqual(["a"]);
  });

  it("closing begins no other beat", async () => {
    const gate = Promise.withResolvers<void>();
    const { beaten, scheduler } = db({ a: () => gate.promise, b: well }, { atATime: 1, patience: 1_000 });
    const round = scheduler.beat();
    await sleep(5);

    const stopping = scheduler.stop();
    gate.resolve();
    await Promise.all([round, stopping]);

    expect(beaten).toEqual(["a"]);
  });

  it("closing waits for the beat that is under way", async () => {
    const gate = Promise.withResolvers<void>();
    const { scheduler } = db({ a: () => gate.promise, b: well });
    await scheduler.beat();
    let isStopped = false;

    const stopping = scheduler.stop().then(() => (isStopped = true));
    await sleep(5);
    const before = isStopped;
    gate.resolve();
    await stopping;

    expect([before, isStopped]).toEqual([false, true]);
  });
});
