import { AsyncLocalStorage } from "node:async_hooks";

/** What somebody wanted to print. */
type Said = (values: readonly unknown[]) => void;

const listener = new AsyncLocalStorage<Said | undefined>();
const METHODS = ["debug", "info", "log", "warn", "error", "trace", "dir"] as const;
let isWatched = false;

/**
 * Does work whose libraries print to the console what they were given, keys and stacks with it, and hands that to
 * `said` instead. Only this work is kept quiet, and whatever it starts: the rest of the process prints as ever.
 */
export function inSilence<Result>(said: Said, work: () => Result): Result {
  watchConsole();
  return listener.run(said, work);
}

/** Does work of our own in the midst of it. */
export const aloud = <Result>(work: () => Result): Result => listener.run(undefined, work);

/** There is one console, so it is replaced once. */
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
