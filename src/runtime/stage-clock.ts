import type { Clock } from "#src/ports/clock.ts";
import type { Store } from "#src/ports/store.ts";
import { instant, later, type Instant } from "#src/domain/time.ts";

/** A clock that the playground moves. */
export interface StageClock {
  now(): Instant;
  set(at: Instant): void;
}

const KEY = "stage.now";

/** The playground's time: goes on at the pace of real time from wherever it was moved to, and survives a restart. */
export interface StageTime extends StageClock, Clock {
  /** Writes down what time it is, for the next start. */
  keep(): Promise<void>;
  /** Moves to the kept time. False when none was kept. */
  restore(): Promise<boolean>;
}

/** @param steady real time, from which only differences are taken */
export function stageTime(store: Store, steady: Clock): StageTime {
  let base = { stage: steady.now(), steady: steady.now() };
  const now = (): Instant => later(base.stage, steady.now() - base.steady);
  const set = (at: Instant): void => {
    base = { stage: at, steady: steady.now() };
  };
  return {
    now,
    set,
    sleep: (milliseconds, signal) => steady.sleep(milliseconds, signal),
    keep: () => store.setNote(KEY, String(now())),
    async restore() {
      const kept = Number(await store.note(KEY));
      if (!Number.isFinite(kept) || kept <= 0) return false;
      set(instant(kept));
      return true;
    },
  };
}
