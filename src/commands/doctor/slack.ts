import { checkSlack } from "#adapters/slack/doctor.ts";
import type { Check } from "./check.ts";
import { everybody } from "./everybody.ts";
import { findingOf } from "./finding.ts";

/** Whether Slack answers: tokens, scopes, the socket, and who of the program is found there. */
export const slackCheck: Check = async ({ slack, programFiles }) => {
  if (slack === undefined) return [];
  return (await checkSlack(slack, everybody(programFiles))).map(findingOf);
};
