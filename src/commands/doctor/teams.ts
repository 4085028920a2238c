import { checkTeams } from "#adapters/teams/doctor.ts";
import type { Check } from "./check.ts";
import { findingOf } from "./finding.ts";

/** Where `npm run teams:package` writes, unless it is told otherwise. */
const PACKAGE = "attune-teams.zip";

/** Whether Teams takes the bot's credentials, and its requests find Attune. */
export const teamsCheck: Check = async ({ teams }) =>
  teams === undefined ? [] : (await checkTeams(teams, { packageFile: PACKAGE })).map(findingOf);
