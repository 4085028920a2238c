import { MINUTE, SECOND } from "#src/domain/time.ts";
import { weekOf, type WeekNumber } from "#src/domain/zone.ts";
import { codeOf } from "#src/errors.ts";
import type { Context } from "#src/flows/context.ts";
import { publishFigures } from "#src/flows/digests/program-figures.ts";
import { BATCH, guarded, reconcile, sendDue, type EngineDeps } from "./deliver.ts";
import { claimedEdits, edit } from "./edits.ts";
import { each, eachPersons, restful } from "./reach.ts";

/** The time that a worker has for what it claimed, in milliseconds. Far above a messenger's time-out. */
const LEASE = 90_000;

export interface Engine {
  /**
   * One beat: plans, expires, edits what shows something else now, finds out what became of interrupted sends, sends
   * what is due, finishes what erasing has left to do. Edits come first: somebody waits for a partner's answer, or taps
   * on an ask that is closed. What there is to do follows from state and time alone,
   * so a beat may come early, late, twice, or on several replicas.
   */
  beat(): Promise<void>;
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
    async beat() {
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

/** Another process may have left something to do: it is looked for this often. */
const LOOK = 5 * MINUTE;

/**
 * Clears the database's files of what was erased while somebody was still reading it, at the first beat after they
 * are gone. Its trouble is its own: the beat has done everything else.
 */
function createFinishing({
  log,
  meters,
}: Pick<EngineDeps, "log" | "meters">): (context: Context) => Promise<void> {
  let last: { readonly at: number; readonly isDone: boolean } | undefined;

  const isDone = async ({ store }: Context): Promise<boolean> => {
    try {
      const isFinished = await store.finishErasing();
      if (!isFinished && last?.isDone !== false)
        log.warn(
          {},
          "what was erased is still in the database's files: somebody has been reading since before",
        );
      return isFinished;
    } catch (error) {
      const code = codeOf(error);
      meters.failed(code);
      log.error({ code, error }, "the database's files could not be cleared of what was erased");
      return false;
    }
  };

  return async (context) => {
    // Either way: a clock may step back.
    if (last !== undefined && Math.abs(context.now - last.at) < (last.isDone ? LOOK : MINUTE)) return;
    last = { at: context.now, isDone: await isDone(context) };
  };
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
