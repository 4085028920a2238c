import { Session } from "node:inspector/promises";
import { fileURLToPath } from "node:url";

/** What V8 saw of our own code while one thing was done. */
export interface Crossed {
  /** The files of which at least one function was called, from the root of the project. */
  readonly files: readonly string[];
  /** How many different functions with a name were called in them. */
  readonly functions: number;
}

const ROOT = new URL("../../", import.meta.url).href;
const OURS = /^(?:src|adapters|db)\//u;

/**
 * Calls `work` once under V8's precise coverage and says which of our files and named functions it crossed.
 * Modules that are loaded before it do not count, so the way should have been gone once before.
 */
export async function crossedBy(work: () => Promise<unknown>): Promise<Crossed> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await session.post("Profiler.takePreciseCoverage");
    await work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const called = result.flatMap(({ url, functions }) => {
      const file = url.startsWith(ROOT) ? fileURLToPath(url).slice(fileURLToPath(ROOT).length) : "";
      const used = functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0);
      return OURS.test(file) && used.length > 0 ? [{ file, used }] : [];
    });
    const named = called.flatMap(({ file, used }) =>
      used
        .filter(({ functionName }) => functionName !== "")
        .map(({ functionName, ranges }) => `${file} ${functionName} ${ranges[0]!.startOffset}`),
    );
    return { files: called.map(({ file }) => file).toSorted(), functions: new Set(named).size };
  } finally {
    session.disconnect();
  }
}
