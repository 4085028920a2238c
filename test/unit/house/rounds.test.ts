import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { AttuneError } from "#src/errors.ts";
import { createRounds, type RoundsDeps, type Visited } from "#src/runtime/scheduler.ts";
import { NO_METERS } from "#src/ports/meters.ts";
import { SILENT } from "#test/support/attune.ts";

const never = () => new Promise<void>(() => {});
const fails = () => Promise.reject(new Error("this one's trouble"));

/** Sites by name, each with what it does in a beat; and who has beaten, in order. */
function house(works: Readonly<Record<string, () => Promise<void>>>, wish: Partial<RoundsDeps> = {}) {
  const beaten: string[] = [];
  const sites = Object.entries(works).map(([program, work]): Visited => ({
    program,
    log: SILENT,
    async beat() {
      beaten.push(program);
      await work();
    },
  }));
  return {
    beaten,
    rounds: createRounds({ sites, meters: NO_METERS, align: async () => {}, patience: 20, ...wish }),
  };
}

const well = async () => {};

describe("a round", () => {
  it("visits every site, also where one fails and one never comes back, and tells how long ago each beat was", async () => {
    const { beaten, rounds } = house({ a: fails, b: never, c: well, d: well }, { atATime: 1 });

    await rounds.beat();

    expect(beaten).toEqual(["a", "b", "c", "d"]);
    expect([...rounds.lastBeats()]).toEqual([
      ["a", undefined],
      ["b", undefined],
      ["c", 0],
      ["d", 0],
    ]);
  });

  it("visits nobody while the time cannot be believed, also one that is woken", async () => {
    let isHeld = true;
    const { beaten, rounds } = house({ a: well, b: well }, { isHeld: () => isHeld });
    await rounds.beat();
    expect(beaten).toEqual([]);
    isHeld = false;
    await rounds.beat();
    isHeld = true;

    rounds.wake("a");
    await rounds.stop();

    expect(beaten).toEqual(["a", "b"]);
  });

  it("begins no second beat beside one that is under way, until that is over its deadline", async () => {
    let now = 0;
    const { beaten, rounds } = house({ a: never, b: well }, { steady: () => now, deadline: 1_000 });
    await rounds.beat();
    now = 1_000;
    await rounds.beat();
    const held = beaten.filter((one) => one === "a").length;

    now = 1_001;
    await rounds.beat();

    expect(held).toBe(1);
    expect(beaten.filter((one) => one === "a")).toHaveLength(2);
    expect(beaten.filter((one) => one === "b")).toHaveLength(3);
  });

  it("visits a few at a time", async () => {
    let [now, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++now);
      await sleep(2);
      now -= 1;
    };
    const { beaten, rounds } = house(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`p${i}`, work])),
      { atATime: 4, patience: 1_000 },
    );

    await rounds.beat();

    expect(beaten).toHaveLength(30);
    expect(most).toBe(4);
  });

  it("counts what fails by its code: a site's beat, and what keeps all from beating", async () => {
    const counted: string[] = [];
    const meters = { failed: (code: string) => void counted.push(code) };
    const away = () => Promise.reject(new AttuneError("store", "The server is away."));
    const some = house({ a: fails, b: away, c: well }, { meters });
    const none = house({ a: well, b: well }, { meters, align: away });

    await some.rounds.beat();
    await expect(none.rounds.beat()).rejects.toThrow("away");

    expect(counted).toEqual(["bug", "store", "store"]);
  });

  it("fails when nobody could beat, and is not over while nobody has", async () => {
    const broken = house({ a: fails, b: fails });
    const hanging = house({ a: fails, b: never });

    await expect(broken.rounds.beat()).rejects.toThrow("this one's trouble");
    await expect(Promise.race([hanging.rounds.beat().then(() => "over"), sleep(100, "waits")])).resolves.toBe(
      "waits",
    );
  });
});

describe("between rounds", () => {
  it("a site that is woken beats alone, and once more when it is woken during a beat", async () => {
    const gate = Promise.withResolvers<void>();
    let isHeld = false;
    const { beaten, rounds } = house({ a: () => (isHeld ? gate.promise : well()), b: well });
    await rounds.beat();
    isHeld = true;

    for (const _ of [1, 2, 3]) rounds.wake("a");
    await sleep(5);
    const during = [...beaten];
    isHeld = false;
    gate.resolve();
    await sleep(5);

    expect(during).toEqual(["a", "b", "a"]);
    expect(beaten).toEqual(["a", "b", "a", "a"]);
  });

  it("nobody is woken before the first round, or once the house closes", async () => {
    const { beaten, rounds } = house({ a: well });

    rounds.wake("a");
    await rounds.beat();
    await rounds.stop();
    rounds.wake("a");
    await sleep(5);

    expect(beaten).toEqual(["a"]);
  });

  it("closing visits nobody else", async () => {
    const gate = Promise.withResolvers<void>();
    const { beaten, rounds } = house({ a: () => gate.promise, b: well }, { atATime: 1, patience: 1_000 });
    const round = rounds.beat();
    await sleep(5);

    const stopping = rounds.stop();
    gate.resolve();
    await Promise.all([round, stopping]);

    expect(beaten).toEqual(["a"]);
  });

  it("closing waits for the beat that is under way", async () => {
    const gate = Promise.withResolvers<void>();
    const { rounds } = house({ a: () => gate.promise, b: well });
    await rounds.beat();
    let isStopped = false;

    const stopping = rounds.stop().then(() => (isStopped = true));
    await sleep(5);
    const before = isStopped;
    gate.resolve();
    await stopping;

    expect([before, isStopped]).toEqual([false, true]);
  });
});
