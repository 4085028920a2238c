import { callersCheck } from "./callers.ts";
import type { Check } from "./check.ts";
import { clockCheck } from "./clock.ts";
import { databaseCheck } from "./database.ts";
import { doubtsCheck } from "./doubts.ts";
import { feedsCheck } from "./feeds.ts";
import { kindCheck } from "./kind.ts";
import { keyCheck } from "./key.ts";
import { nodeCheck } from "./node.ts";
import { platformsCheck } from "./platforms.ts";
import { programCheck } from "./program.ts";
import { slackCheck } from "./slack.ts";
import { teamsCheck } from "./teams.ts";

/** Everything that the doctor looks at, in the order in which it is printed. A platform adds its own at the end. */
export const checks: readonly Check[] = [
  nodeCheck,
  programCheck,
  keyCheck,
  databaseCheck,
  kindCheck,
  clockCheck,
  feedsCheck,
  doubtsCheck,
  platformsCheck,
  slackCheck,
  teamsCheck,
  callersCheck,
];
