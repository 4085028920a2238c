import { cpus } from "node:os";
import { answers } from "./answers.ts";
import { burst } from "./burst.ts";
import { crowd } from "./crowd.ts";
import { crowdPlanning } from "./crowd-planning.ts";
import { idle } from "./idle.ts";
import { planning } from "./planning.ts";
import { publish } from "./publish.ts";
import { queue } from "./queue.ts";
import { reveal } from "./reveal.ts";
import { startUp } from "./start-up.ts";
import { isMet, report } from "./support/measure.ts";

const BENCHES = {
  planning,
  idle,
  answers,
  burst,
  reveal,
  queue,
  crowd,
  "crowd-planning": crowdPlanning,
  publish,
  "start-up": startUp,
};

/** Runs every bench, or those that are named, and fails when a ratio misses its target. */
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`);
const named = process.argv.slice(2);
// A bench that waits for what never comes ends with the process, and Node would say that all is well.
const endsEarly = () => {
  console.error("A bench has ended before its end.");
  process.exit(1);
};
process.once("beforeExit", endsEarly);
let areMet = true;
for (const [name, bench] of Object.entries(BENCHES)) {
  if (named.length > 0 && !named.includes(name)) continue;
  for (const found of [await bench()].flat()) {
    console.log(report(found));
    areMet &&= isMet(found);
  }
}
process.off("beforeExit", endsEarly);
process.exitCode = areMet ? 0 : 1;
