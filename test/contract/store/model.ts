import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { later, type Instant } from "#src/domain/time.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Store } from "#src/ports/store.ts";
import { account, at, lease, messageRef, NOON, stored, tap, wanted, type StoreRig } from "./case.ts";

/** What a worker, a person or the clock does next. `pick` chooses among what there is to choose from. */
const step = fc.record({
  act: fc.constantFrom(
    "claim",
    "claim",
    "send",
    "send",
    "report",
    "report",
    "crash",
    "doubt",
    "expire",
    "answer",
    "plan",
    "wait",
  ),
  owner: fc.constantFrom("one", "two"),
  pick: fc.nat(9),
  minutes: fc.integer({ min: -3, max: 40 }),
  arrives: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const delivery = ({ nudge, round }: Claim): string => `${nudge.id}.${round}`;

/** Two workers that send, crash and look up at random, and a platform that remembers what arrived. */
class World {
  now: Instant = NOON;
  /** By delivery: how often its message arrived, and how often the store took it as sent. */
  readonly arrivals = new Map<string, number>();
  readonly confirmed = new Map<string, number>();
  private readonly held = new Map<string, { claim: Claim; arrived?: boolean }[]>();
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  async take({ act, owner, pick, minutes, arrives }: Step): Promise<void> {
    const held = this.held.get(owner) ?? [];
    this.held.set(owner, held);
    const work = held[pick % Math.max(held.length, 1)];
    const drop = () => work && held.splice(held.indexOf(work), 1);
    if (act === "wait") this.now = later(this.now, minutes * 60_000);
    if (act === "expire") await this.store.expire(this.now);
    if (act === "crash") drop();
    if (act === "plan") await this.plan(minutes);
    if (act === "answer") await this.answer(pick);
    if (act === "claim") {
      for (const claim of await this.store.claimDue(lease(owner, this.now), 2)) held.push({ claim });
    }
    if (act === "doubt") {
      for (const claim of await this.store.claimDoubtful(lease(owner, this.now), 2)) {
        held.push(this.arrivals.has(delivery(claim)) ? { claim, arrived: true } : { claim });
      }
    }
    if (act === "send" && work !== undefined && work.arrived === undefined) await this.send(work, arrives);
    if (act === "report" && work?.arrived !== undefined) {
      await this.report(work.claim, work.arrived);
      drop();
    }
  }

  /** The intent is on disk, and the message leaves at once: it arrives, or is refused. */
  private async send(work: { claim: Claim; arrived?: boolean }, arrives: boolean): Promise<void> {
    if (!(await this.store.intend(work.claim, this.now))) return;
    work.arrived = arrives;
    if (arrives) add(this.arrivals, delivery(work.claim));
  }

  private async report(claim: Claim, arrived: boolean): Promise<void> {
    if (!arrived) {
      await this.store.giveBack(claim, later(this.now, 60_000));
      return;
    }
    const ref = messageRef(delivery(claim));
    if (await this.store.sent(claim, account(claim.nudge.person), ref, this.now, later(this.now, 600_000))) {
      add(this.confirmed, delivery(claim));
    }
  }

  async plan(minutes: number): Promise<void> {
    const nudges = [0, 1, 2].map((i) =>
      wanted({ subject: `s${i}`, dueAt: at(i * 5 + minutes), expiresAt: at(i * 5 + 200) }),
    );
    await this.store.plan(minutes % 5 === 0 ? nudges.slice(1) : nudges, this.now);
  }

  private async answer(pick: number): Promise<void> {
    const nudge = await this.store.nudgeAbout("shift-goal", wanted().person, `s${pick % 3}`);
    if (nudge !== undefined) await this.store.record(tap(nudge, { now: this.now, complete: pick > 5 }));
  }
}

const add = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

export function modelRules(rig: StoreRig): void {
  describe("whatever two workers, a person, a planner and the clock do", () => {
    it("no message arrives twice, none is confirmed twice, and an answer stays an answer", async () => {
      await using db = await rig();
      let program = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
          const store = db.store(`p${(program += 1)}`);
          const world = new World(store);
          await world.plan(1);
          const answered = new Set<string>();
          for (const next of steps) {
            await world.take(next);
            for (const subject of ["s0", "s1", "s2"]) {
              const { state } = await stored(store, wanted({ subject }));
              if (state === "answered") answered.add(subject);
              expect(answered.has(subject) && state !== "answered").toBe(false);
            }
          }
          expect(
            [...world.arrivals.values(), ...world.confirmed.values()].every((count) => count === 1),
          ).toBe(true);
        }),
        { numRuns: 60 },
      );
    });
  });
}
