import { z } from "zod";
import { FIELD, FORM } from "./form.ts";
import { FOREIGN } from "./texts.ts";

const command = z.object({ command: z.string() });
const dialog = z.object({
  type: z.literal("view_submission"),
  view: z.object({ callback_id: z.literal(FORM) }),
});

/**
 * What Slack is answered to something of another workspace, where the app may be installed too. Whoever waits for an answer
 * reads why there is none; all else is taken in silence. Unanswered, Slack would deliver it again and again.
 */
export function answerToForeign(body: unknown): object | undefined {
  if (command.safeParse(body).success) return { response_type: "ephemeral", text: FOREIGN };
  if (dialog.safeParse(body).success) return { response_action: "errors", errors: { [FIELD]: FOREIGN } };
  return undefined;
}
