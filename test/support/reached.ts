import { appendFileSync } from "node:fs";
import { join } from "node:path";

/*
 * Runs inside tests whose code has marks (reach.ts): notes in REACHED which test file has come by which mark. A line without a test
 * file stands for all of them: the mark was passed while a module was loaded, which happens once for all, or in another process.
 */

/** In the folder that the tests run in. */
export const REACHED = "reached.tsv";

const place = join(import.meta.dirname, "..", "..", REACHED);
let test: string | undefined;
let seen = new Set<string>();

export function reached(mark: string): void {
  const { __vitest_worker__: worker } = globalThis as {
    __vitest_worker__?: { readonly current?: unknown; readonly filepath?: string };
  };
  const now = worker?.current === undefined ? "" : (worker.filepath ?? "");
  if (now !== test) {
    test = now;
    seen = new Set();
  }
  if (seen.has(mark)) return;
  seen.add(mark);
  appendFileSync(place, `${mark}\t${now}\n`);
}
