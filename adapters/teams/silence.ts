import { AsyncLocalStorage } from "node:async_hooks";

/** Receives what would have been printed. */
type Said = (values: readonly unknown[]) => void;

const listener = new AsyncLocalStorage<Said | undefined>();
const METHODS = ["debug", "info", "log", "warn", "error", "trace", "dir"] as const;
let isWatched = false;

/**
 * Runs work whose libraries print secrets and stacks to the console. What they print goes to `said` instead. This holds for the
 * work and everything it starts. The rest of the process prints as usual.
 */
export function inSilence<Result>(said: Said, work: () => Result): Result {
  watchConsole();
  return listener.run(said, work);
}

/** Runs work of ours inside silenced work: it prints as usual. */
export const aloud = <Result>(work: () => Result): Result => listener.run(undefined, work);

/** Replaces the console's methods, once for the process. */
function watchConsole(): void {
  if (isWatched) return;
  isWatched = true;
  for (const method of METHODS) {
    const print = console[method].bind(console) as (...values: readonly unknown[]) => void;
    console[method] = (...values: readonly unknown[]): void => {
      const said = listener.getStore();
      if (said === undefined) print(...values);
      else said(values);
    };
  }
}
