import { setTimeout } from "node:timers/promises";

/** Asks whether it is so, again and again, for so many milliseconds at most. */
export async function inAMoment(patience: number, isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (const until = performance.now() + patience; ; await setTimeout(50)) {
    if (await isSo()) return true;
    if (performance.now() > until) return false;
  }
}
