import { expect, it } from "vitest";
import { memoryCloud } from "#adapters/memory/messenger.ts";
import { tapsOf } from "#src/card/act.ts";
import { plain } from "#src/card/plain.ts";
import type { Address } from "#src/domain/person.ts";
import type { Store } from "#src/ports/store.ts";
import { CATALOGUES } from "#src/words/words.ts";
import { flow, sentTo, type Flow } from "#test/support/attune.ts";
import type { StoreRig } from "#test/contract/store/case.ts";
import { programOf, rosterOf } from "#test/support/programs.ts";

const { settingUp: say } = CATALOGUES.en;
const program = { ...programOf({ people: ["r1", "a1", "c1", "c2"] }), waitsForStart: true as const };
const roster = rosterOf(["r1 2026-12-02T08:00 2026-12-02T17:00", "a1 2026-12-02T08:00 2026-12-02T17:00"]);

/** Replicas of a program that waits for Start, on one database and one platform. */
async function waiting(rig: StoreRig) {
  const stores = await rig();
  const messenger = { cloud: memoryCloud() };
  const replica = (owner: string, store: Store): Promise<Flow> =>
    flow({ program, roster, start: "2026-12-01T09:00", messenger, store, owner });
  const one = await replica("one", stores.store(program.id));
  const two = await replica("two", stores.elsewhere(program.id));
  return {
    one,
    two,
    replica: (owner: string, over: Partial<Store> = {}) =>
      replica(owner, { ...stores.store(program.id), ...over }),
    store: stores.store(program.id),
    async [Symbol.asyncDispose]() {
      await Promise.all([one, two].map((each) => each[Symbol.asyncDispose]()));
      await stores[Symbol.asyncDispose]();
    },
  };
}

/** Taps Start on the greeting that stands in somebody's chat. */
function tapsStart(replica: Flow, id: string) {
  const [card] = replica.cloud.chat(id as Address);
  const { tap } = tapsOf(card!.card).find((one) => one.tap.label === say.start)!;
  return replica.phone(id).presses(card!.ref, tap.act);
}

const consents = async (store: Store) =>
  (await store.nudgesDuring(0 as never, 9e15 as never)).filter(({ kind }) => kind === "consent");

export function startingRules(rig: StoreRig): void {
  it("Start, tapped at two replicas at once, counts once, and the second reads who was first", async () => {
    await using attune = await waiting(rig);
    const { one, two, store } = attune;

    const told = await Promise.all([tapsStart(one, "c1"), tapsStart(two, "c2")]);
    await Promise.all([one.beat(), two.beat()]);

    const { started } = (await store.beginning())!;
    const texts = told.map((reply) => (reply.kind === "card" ? plain(reply.card) : reply.kind));
    expect(["c1", "c2"]).toContain(started?.by);
    expect(texts.filter((text) => text.includes("It has started already"))).toHaveLength(1);
    expect(texts.every((text) => text.includes(`Name ${started?.by}`))).toBe(true);
    expect(["r1", "a1"].map((id) => sentTo(one, id))).toEqual([1, 1]);
  });

  it("a process that dies as it starts a program leaves it as it was, or started whole", async () => {
    await using attune = await waiting(rig);
    const { store, two } = attune;
    const start = store.start.bind(store);
    const dies = () => Promise.reject(new Error("killed"));

    await using before = await attune.replica("before", { start: dies });
    await expect(tapsStart(before, "c1")).rejects.toThrow("killed");
    await two.beat();
    const unstarted = [(await store.beginning())?.started, await consents(store), sentTo(two, "r1")];

    await using after = await attune.replica("after", { start: (by, now) => start(by, now).then(dies) });
    await expect(tapsStart(after, "c1")).rejects.toThrow("killed");
    const again = await tapsStart(two, "c2");

    expect(unstarted).toEqual([undefined, [], 0]);
    expect(await store.beginning()).toMatchObject({ started: { by: "c1" } });
    expect(again.kind === "card" && plain(again.card)).toContain("It has started already: Name c1");
    expect((await consents(store)).map(({ person }) => person).toSorted()).toEqual(["a1", "c1", "c2", "r1"]);
    expect(["r1", "a1"].map((id) => sentTo(two, id))).toEqual([1, 1]);
  });
}
