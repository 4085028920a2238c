import type { Check } from "./check.ts";
import { findingOf } from "./finding.ts";

/** Where `npm run teams:package` writes, unless it is told otherwise. */
const PACKAGE = "attune-teams.zip";

/** Whether Teams takes the bot's credentials, and its requests find Attune. Its SDK is loaded where it is used. */
export const teamsCheck: Check = async ({ teams }) => {
  if (teams === undefined) return [];
  const { checkTeams } = await import("#adapters/teams/doctor.ts");
  return (await checkTeams(teams, { packageFile: PACKAGE })).map(findingOf);
};
