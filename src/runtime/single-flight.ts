import { codeOf } from "#src/errors.ts";
import type { Log } from "#src/ports/log.ts";
import type { Meters } from "#src/ports/meters.ts";

export interface SingleFlightDeps {
  readonly log: Log;
  readonly meters: Pick<Meters, "failed">;
  /** Milliseconds on a monotonic clock. */
  readonly steady: () => number;
  /** Milliseconds after which a running beat no longer delays the next one. */
  readonly deadline: number;
}

/** Runs the beats of one program, one at a time. */
export interface SingleFlight {
  /**
   * Runs a beat and resolves to its outcome. If one is running already, resolves to the outcome of that one, unless it is
   * over its deadline. Never rejects: a failure is logged, and the next beat goes on from what is stored.
   */
  beat(work: () => Promise<void>): Promise<Beaten>;
  /** Beats now; during a beat, once more right after it, however often it is called. Whether it began at once. */
  kick(work: () => Promise<void>): boolean;
  /** Begins no more beats, and waits for the one that runs. */
  stop(): Promise<void>;
  /** When the last beat without an error ended, on the monotonic clock; undefined before the first. */
  lastFinished(): number | undefined;
}

export type Beaten = { readonly ok: true } | { readonly ok: false; readonly error: unknown };

interface RunningBeat {
  readonly since: number;
  readonly done: Promise<Beaten>;
}

/** See `SingleFlight`. */
export function createSingleFlight({ log, meters, steady, deadline }: SingleFlightDeps): SingleFlight {
  let running: RunningBeat | undefined;
  let lastFinished: number | undefined;
  let again: (() => Promise<void>) | undefined;
  let isOver = false;

  const carryOut = async (work: () => Promise<void>): Promise<Beaten> => {
    try {
      await work();
      lastFinished = steady();
      return { ok: true };
    } catch (error) {
      const code = codeOf(error);
      meters.failed(code);
      log.error({ code, error }, "a beat failed; the next one goes on from what is stored");
      return { ok: false, error };
    }
  };

  const run = (work: () => Promise<void>): Promise<Beaten> => {
    again = undefined;
    const mine: RunningBeat = {
      since: steady(),
      done: carryOut(work).finally(() => {
        // If this beat was overdue, another one has taken its place: leave that one alone.
        if (running !== mine) return;
        running = undefined;
        if (again !== undefined && !isOver) void run(again);
      }),
    };
    running = mine;
    return mine.done;
  };

  const underWay = (): RunningBeat | undefined => {
    if (running === undefined) return undefined;
    const milliseconds = Math.round(steady() - running.since);
    if (milliseconds <= deadline) return running;
    log.warn({ milliseconds }, "a beat is over its deadline; the next one begins beside it");
    return undefined;
  };

  return {
    beat: (work) => underWay()?.done ?? run(work),
    kick(work) {
      if (isOver) return false;
      const isIdle = underWay() === undefined;
      if (isIdle) void run(work);
      else again = work;
      return isIdle;
    },
    async stop() {
      isOver = true;
      await running?.done;
    },
    lastFinished: () => lastFinished,
  };
}
