import { checkSlack } from "#adapters/slack/doctor.ts";
import { checkProgram } from "#src/config/load-program.ts";
import type { Check } from "./check.ts";
import { findingOf } from "./finding.ts";

/** Whether Slack answers: tokens, scopes, the socket, and who of the program is found there. */
export const slackCheck: Check = async ({ slack, programFile }) => {
  if (slack === undefined) return [];
  const people = checkProgram(programFile).program?.people ?? [];
  return (await checkSlack(slack, people)).map(findingOf);
};
