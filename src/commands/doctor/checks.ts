import { callersCheck } from "./callers.ts";
import type { Check } from "./check.ts";
import { secretsCheck } from "./secrets.ts";
import { clockCheck } from "./clock.ts";
import { databaseCheck } from "./database.ts";
import { doubtsCheck } from "./doubts.ts";
import { feedsCheck } from "./feeds.ts";
import { filesCheck } from "./files.ts";
import { kindCheck } from "./kind.ts";
import { keyCheck } from "./key.ts";
import { metricsCheck } from "./metrics.ts";
import { nodeCheck } from "./node.ts";
import { ownChecks, platformsCheck } from "./platforms.ts";
import { peopleCheck } from "./people.ts";
import { proxyCheck } from "./proxy.ts";
import { programCheck } from "./program.ts";
import { retentionCheck } from "./retention.ts";
import { startCheck } from "./start.ts";

/** Everything that the doctor looks at, in the order in which it is printed. */
export const checks: readonly Check[] = [
  nodeCheck,
  secretsCheck,
  proxyCheck,
  programCheck,
  peopleCheck,
  keyCheck,
  databaseCheck,
  kindCheck,
  clockCheck,
  feedsCheck,
  doubtsCheck,
  filesCheck,
  startCheck,
  retentionCheck,
  platformsCheck,
  ownChecks,
  callersCheck,
  metricsCheck,
];
