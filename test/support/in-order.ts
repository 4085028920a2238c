import { BaseSequencer, startVitest, type TestSpecification } from "vitest/node";

/**
 * Runs the test files that are named, in the order in which they are named, up to the first failure.
 *
 *   node in-order.ts REPORT FILE...
 *
 * REPORT is where the outcome is written as JSON. Files share one process and its imports: to start anew for each takes
 * longer than the tests themselves.
 */
const [report = "", ...tests] = process.argv.slice(2);

class InOrder extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => tests.findIndex((test) => moduleId.endsWith(test));
    return Promise.resolve(files.toSorted((a, b) => placeOf(a) - placeOf(b)));
  }
}

const vitest = await startVitest("test", tests, {
  run: true,
  project: ["unit", "flow"],
  bail: 1,
  isolate: false,
  maxWorkers: 1,
  // A test that is late on a busy machine has found nothing.
  testTimeout: 900_000,
  reporters: ["json"],
  outputFile: report,
  sequence: { sequencer: InOrder },
});
await vitest.close();
