import { instant, later, type Instant } from "#src/domain/time.ts";
import type { Clock } from "#src/ports/clock.ts";
import type { Store } from "#src/ports/store.ts";

/** A clock that the playground moves. */
export interface StageClock {
  now(): Instant;
  set(at: Instant): void;
}

const KEY = "stage.now";

/** The playground's time. From where it was moved to, it goes on as fast as real time. It survives a restart. */
export interface StageTime extends StageClock, Clock {
  /** Stores the time for the next start. */
  keep(): Promise<void>;
  /** Moves to the stored time. False if none is stored. */
  restore(): Promise<boolean>;
}

/** @param steady real time; only differences of it are used */
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
