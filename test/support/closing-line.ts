import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line that scripts can read: "Tests: 12 passed, 0 failed, 0 skipped". */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandled.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[test.result().state] += 1;
      if (module.errors().length > 0) count.failed += 1;
    }

    // A test that never got its turn (the run was stopped) was not passed.
    const failed = count.failed + count.pending;
    process.stdout.write(`\nTests: ${count.passed} passed, ${failed} failed, ${count.skipped} skipped\n`);
  }
}
