import { defineConfig } from "vitest/config";

/** Real browsers, servers and killed processes: slow by nature, and on their own so that nothing else is starved. */
const e2e = {
  testTimeout: 180_000,
  hookTimeout: 120_000,
  fileParallelism: false,
  sequence: { groupOrder: 1 },
};

export default defineConfig({
  test: {
    reporters: [process.stdout.isTTY ? "default" : "minimal", "./test/support/closing-line.ts"],
    passWithNoTests: false,
    // Properties try many cases: how long that takes is the machine's matter, and no test asserts it.
    testTimeout: 60_000,
    setupFiles: ["./test/support/this-machine-only.ts"],
    projects: [
      { extends: true, test: { name: "unit", include: ["test/unit/**/*.test.ts"] } },
      { extends: true, test: { name: "contract", include: ["test/contract/**/*.test.ts"] } },
      { extends: true, test: { name: "flow", include: ["test/flow/**/*.test.ts"] } },
      { extends: true, test: { name: "e2e", include: ["test/e2e/**/*.test.ts"], ...e2e } },
    ],
  },
});
