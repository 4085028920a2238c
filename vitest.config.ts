import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { campaignSize } from "./test/support/campaign-size.ts";
import { SOON } from "./test/support/soon.ts";
import { LongestFirst } from "./test/support/longest-first.ts";

/** It measures when a process has ended, by the clock: with nothing beside it. */
const ALONE = ["test/e2e/stop.test.ts"];

const all = (folder: string): readonly string[] => globSync(`test/${folder}/**/*.test.ts`);
const imports = (file: string, support: string): boolean =>
  readFileSync(file, "utf8").includes(`"#test/support/${support}"`);
const onServer = (file: string): boolean => imports(file, "postgres.ts");
/** The usual run has every file; a long one only those whose campaigns are longer then. */
const files = (some: readonly string[]): string[] =>
  campaignSize({ usual: [...some], long: some.filter((file) => imports(file, "campaign-size.ts")) });

/** They count what their own process does: no other file may run in it. */
const COUNTING = all("flow").filter((file) => readFileSync(file, "utf8").includes('"node:inspector'));

/** Files leave nothing behind, so one process reads a module once for all that it runs. */
const shared = { isolate: false };

/** Real browsers, servers and killed processes; in a long run, months of the demo's life too, on whatever machine. */
const e2e = {
  // In a long run one file's campaign may leave a process that is too large for the next.
  isolate: campaignSize({ usual: false, long: true }),
  testTimeout: campaignSize({ usual: 420_000, long: 1_800_000 }),
  hookTimeout: campaignSize({ usual: 240_000, long: 600_000 }),
};

export default defineConfig({
  test: {
    reporters: [process.stdout.isTTY ? "default" : "minimal", "./test/support/closing-line.ts"],
    passWithNoTests: false,
    // Node loads our code here as it does when it serves, and no second compiler stands in between.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Many tests wait more than they work: for a server, a socket, another process.
    maxWorkers: availableParallelism() * 2,
    // Properties try many cases: how long that takes is the machine's matter, and no test asserts it.
    testTimeout: 120_000,
    expect: { poll: SOON },
    setupFiles: ["./test/support/this-machine-only.ts", "./test/support/same-cases.ts"],
    // Modules of packages, and the threads and processes that tests start, come as quickly as in a process of ours.
    execArgv: ["--require", join(import.meta.dirname, "src", "entry", "quick-start.cjs")],
    sequence: { sequencer: LongestFirst },
    // What takes longest begins first, and the many short ones fill what is left.
    projects: [
      {
        extends: true,
        test: { ...e2e, name: "e2e", include: files(all("e2e")), exclude: ALONE },
      },
      {
        extends: true,
        test: { ...shared, name: "contract-postgres", include: files(all("contract").filter(onServer)) },
      },
      { extends: true, test: { ...shared, name: "unit", include: files(all("unit")) } },
      {
        extends: true,
        test: { ...shared, name: "flow", include: files(all("flow")), exclude: [...COUNTING] },
      },
      { extends: true, test: { name: "flow-counting", include: files(COUNTING) } },
      {
        extends: true,
        test: {
          ...shared,
          name: "contract",
          include: files(all("contract").filter((file) => !onServer(file))),
        },
      },
      {
        extends: true,
        test: {
          ...e2e,
          name: "e2e-alone",
          include: files(ALONE),
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
