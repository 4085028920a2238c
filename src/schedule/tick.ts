import type { PersonId } from "#src/domain/person.ts";
import type { Claim } from "#src/ports/outbox.ts";
import type { Instant } from "#src/domain/time.ts";
import { codeOf } from "#src/errors.ts";
import { Resting, restful } from "./rests.ts";
import { deliver, reconcile, type EngineDeps } from "./deliver.ts";
import { claimedEdits, edit } from "./edits.ts";
import { createFinishing, createPublishing } from "#src/schedule/chores.ts";

/** The time that a worker has for what it claimed, in milliseconds. Far above a messenger's time-out. */
const LEASE = 90_000;
/** As many as are sent well within a lease. */
const BATCH = 50;
const CONCURRENCY = 8;
/** A platform that wants to be left alone for longer than this is left to a later tick. */
const PATIENCE = 30_000;
/** Milliseconds after which a beat that waits for one platform looks what is due on the others. */
const GLANCE = 5_000;

export interface Engine {
  /**
   * One beat: plans, expires, edits what shows something else now, finds out what became of interrupted sends, sends
   * what is due, finishes what erasing has left to do. Edits come first: somebody waits for a partner's answer, or taps
   * on an ask that is closed. What there is to do follows from state and time alone,
   * so a beat may come early, late, twice, or on several replicas.
   */
  tick(): Promise<void>;
  /** Edits what shows something else now, beside a beat that is under way: people wait for it. */
  edit(): Promise<void>;
}

export function createEngine(given: EngineDeps): Engine {
  const messengers = new Map(
    [...given.messengers].map(([platform, messenger]) => [platform, restful(messenger, given.clock)]),
  );
  const deps: EngineDeps = { ...given, messengers };
  const publish = createPublishing(deps.owner);
  const finishErasing = createFinishing(deps);
  const lease = () => ({ owner: deps.owner, now: deps.clock.now(), length: LEASE });
  const editAll = async () => {
    // What was tapped during an edit asks for another: until nothing does.
    for (
      let edits = await claimedEdits(deps, BATCH);
      edits.length > 0;
      edits = await claimedEdits(deps, BATCH)
    )
      await eachPersons(
        edits,
        ({ refresh }) => refresh.nudge.person,
        (one) => edit(deps, one),
      );
  };
  return {
    edit: editAll,
    async tick() {
      const start = performance.now();
      await deps.prepare();
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
      deps.meters.ticked(performance.now() - start);
    },
  };
}

/** Sends until nothing is due, waiting where a platform asks for a moment's patience. Edits go between. */
async function sendDue(
  deps: EngineDeps,
  lease: () => { owner: string; now: Instant; length: number },
  editAll: () => Promise<void>,
): Promise<void> {
  let quietUntil: Instant | undefined;
  for (;;) {
    const attempt = async (claim: Claim) => {
      if (deps.shutdown?.aborted === true) {
        await deps.context().store.giveBack(claim, claim.nudge.dueAt);
        return;
      }
      const until = await deliver(deps, claim);
      if (until !== undefined && (quietUntil === undefined || until > quietUntil)) quietUntil = until;
    };
    const claims = await deps.context().store.claimDue(lease(), BATCH);
    await eachPersons(
      claims,
      ({ nudge }) => nudge.person,
      (claim) => guarded(deps, claim, () => attempt(claim)),
    );
    if (claims.length > 0) await editAll();
    if (deps.shutdown?.aborted === true) return;
    const wait = quietUntil === undefined ? 0 : quietUntil - deps.clock.now();
    if (wait > PATIENCE) return;
    // Meanwhile something may fall due on another platform.
    if (wait > 0) await deps.clock.sleep(Math.min(wait, GLANCE), deps.shutdown);
    else if (claims.length < BATCH) return;
  }
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

/**
 * Handles all, a few people at a time and each person's one after the other: whether a second ask may go out hangs on the
 * first, and the order of two edits tells nothing of what else there was to do.
 */
const eachPersons = <One>(
  all: readonly One[],
  personOf: (one: One) => PersonId,
  handle: (one: One) => Promise<void>,
): Promise<void> =>
  each([...Map.groupBy(all, personOf).values()], async (theirs) => {
    for (const one of theirs) await handle(one);
  });

/** Handles all, a few at a time. */
async function each<One>(all: readonly One[], handle: (one: One) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await handle(one);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, all.length) }, worker));
}

/** One nudge's trouble is that nudge's: its lease runs out and it is tried, or looked up, again. */
async function guarded(deps: EngineDeps, { nudge }: Claim, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // Its lease ends, and a later beat takes it up.
    if (error instanceof Resting) return;
    const code = codeOf(error);
    deps.meters.failed(code);
    deps.log.error({ nudge: nudge.id, kind: nudge.kind, code, error }, "a nudge could not be handled");
  }
}
