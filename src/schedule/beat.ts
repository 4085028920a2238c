import { SECOND } from "#src/domain/time.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import type { Context } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/publish-figures.ts";
import { clearChats, createFinishing } from "./after-erasing.ts";
import { BATCH, guarded, reconcile, sendDue, type EngineDeps } from "./deliver.ts";
import { createEditing } from "./edits.ts";
import { LastShown } from "./last-shown.ts";
import { createPicking } from "./pick-check-ins.ts";
import { each, restful } from "./reach.ts";
import { createRetention } from "./retention.ts";

/** The time that a worker has for what it claimed, in milliseconds. Far above a messenger's time-out. */
const LEASE = 90_000;

export interface Engine {
  /**
   * One beat: plans, expires, edits what shows something else now, finds out what became of interrupted sends, sends
   * what is due, finishes what erasing has left to do (after-erasing.ts). Edits come first: somebody waits for a partner's answer, or taps
   * on an ask that is closed. What there is to do follows from state and time alone,
   * so a beat may come early, late, twice, or on several replicas.
   */
  beat(): Promise<void>;
  /** Edits what shows something else now, beside a beat that is under way: people wait for it. */
  edit(): Promise<void>;
}

export function createEngine(given: Omit<EngineDeps, "lastShown" | "heldUp">): Engine {
  const messengers = new Map(
    [...given.messengers].map(([platform, messenger]) => [platform, restful(messenger, given.clock)]),
  );
  const deps: EngineDeps = { ...given, messengers, lastShown: new LastShown(), heldUp: new Map() };
  const pickCheckIns = createPicking();
  const publish = createPublishing(deps.owner);
  const finishErasing = createFinishing(deps);
  const eraseExpired = createRetention(deps);
  const lease = () => ({ owner: deps.owner, now: deps.clock.now(), length: LEASE });
  const editAll = createEditing(deps);
  return {
    edit: editAll,
    async beat() {
      const start = performance.now();
      await deps.prepare();
      if (await pickCheckIns(deps.context())) await deps.planAgain();
      const { store, now } = deps.context();
      await store.expire(now);
      await publish(deps.context());
      await editAll();
      await drain(
        () => store.claimDoubtful(lease(), BATCH),
        (claim) => guarded(deps, claim, () => reconcile(deps, claim)),
      );
      await sendDue(deps, lease, editAll);
      await finishErasing(deps.context());
      await clearChats(deps, deps.context());
      await eraseExpired(deps.context());
      deps.meters.beatEnded(performance.now() - start);
    },
  };
}

/** Takes batches until there is nothing left. */
async function drain<One>(
  take: () => Promise<readonly One[]>,
  handle: (one: One) => Promise<void>,
): Promise<void> {
  for (;;) {
    const batch = await take();
    await each(batch, handle);
    if (batch.length < BATCH) return;
  }
}

/** One process publishes for all: long enough to count a program's replies. */
const COUNTING = 90 * SECOND;

/** Publishes the program's figures once a week, before any digest shows them. At every other beat it costs nothing. */
function createPublishing(owner: string): (context: Context) => Promise<void> {
  let publishedIn: WeekNumber | undefined;
  return async (context) => {
    const week = weekOf(context.zone.dayOf(context.now));
    if (week === publishedIn) return;
    if (!(await context.store.hold("figures", { owner, now: context.now, length: COUNTING }))) return;
    await publishFigures(context);
    publishedIn = week;
  };
}
