import { setTimeout } from "node:timers/promises";

/** Checks `isSo` every 50 ms until it is true, for `patience` milliseconds at most. Says whether it became true. */
export async function waitUntil(patience: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const until = performance.now() + patience; ; await setTimeout(50)) {
    if (await isSo()) return true;
    if (performance.now() > until) return false;
  }
}
