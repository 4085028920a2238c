import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest, by parts of their names, longest first. Vitest begins with the largest files when it does
 * not know yet how long each takes, but these are short to read and long to run: the last of them would run alone.
 */
const LONGEST = [
  "contract/store-postgres",
  "e2e/journey",
  "e2e/chaos",
  "e2e/doctor",
  "e2e/kill-random",
  "e2e/hostile-rosters",
  "e2e/teams-cards",
  "e2e/operators-walk",
  "e2e/rekey",
  "e2e/kill-points",
  "e2e/wrong-secret",
  "e2e/moving-databases",
  "e2e/bodies",
  "e2e/roster-commands",
  "contract/slack-inbound",
  "contract/store",
  "flow/alerts",
  "flow/privacy",
];

/** Starts what takes longest first, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = LONGEST.findIndex((part) => moduleId.includes(`/${part}`));
      return index < 0 ? LONGEST.length : index;
    };
    const sorted = (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
    // Files of a project stay together: it reads its modules once.
    return [...Map.groupBy(sorted, ({ project }) => project).values()].flat();
  }
}
