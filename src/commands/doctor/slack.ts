import type { Check } from "./check.ts";
import { everybody } from "./everybody.ts";
import { findingOf } from "./finding.ts";

/** Whether Slack answers: tokens, scopes, the socket, and who of the program is found there. Its SDK is loaded where it is used. */
export const slackCheck: Check = async ({ slack, programFiles }) => {
  if (slack === undefined) return [];
  const { checkSlack } = await import("#adapters/slack/doctor.ts");
  return (await checkSlack(slack, everybody(programFiles))).map(findingOf);
};
