import { z } from "zod";

/** The parts of Slack's payloads that we read. */
const team = z.object({ id: z.string() }).nullish();
const user = z.object({ id: z.string(), team_id: z.string().nullish() });
/** What was typed into a field of a dialog, or chosen there. */
const field = z.object({ value: z.string().nullish(), files: z.array(z.unknown()).nullish() });
const view = z.object({
  id: z.string(),
  type: z.string(),
  private_metadata: z.string().default(""),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), field)) }).optional(),
});

/** What a person typed, or what it was changed to. */
const typed = z.object({
  user: z.string(),
  ts: z.string(),
  text: z.string().default(""),
  thread_ts: z.string().optional(),
  files: z.array(z.unknown()).nullish(),
  blocks: z.unknown().optional(),
  bot_id: z.undefined().optional(),
});

const inPerson = z.object({
  type: z.literal("message"),
  channel_type: z.literal("im"),
  channel: z.string(),
});

export const edited = inPerson.extend({
  subtype: z.literal("message_changed"),
  message: typed.extend({ subtype: z.string().optional() }),
  previous_message: z.object({ user: z.string().optional(), text: z.string().default("") }).optional(),
});

/** Also what stands in place of a message that others have answered in its thread. */
export const deleted = z.union([
  inPerson
    .extend({
      subtype: z.literal("message_deleted"),
      deleted_ts: z.string(),
      previous_message: typed.partial(),
    })
    .transform(({ channel, deleted_ts: ts, previous_message: before }) => ({ channel, ts, before })),
  inPerson
    .extend({
      subtype: z.literal("message_changed"),
      message: z.object({ subtype: z.literal("tombstone"), ts: z.string() }),
      previous_message: typed.partial(),
    })
    .transform(({ channel, message: { ts }, previous_message: before }) => ({ channel, ts, before })),
]);

export const message = inPerson.extend({
  ...typed.shape,
  // Edits, deletions, joins and bots have a subtype. What a person typed has none, or stands with a file or beside a thread.
  subtype: z.enum(["file_share", "thread_broadcast"]).optional(),
});

/** A file beside what was typed, which Slack keeps itself. */
export const sharedFile = z
  .object({ name: z.string(), url_private_download: z.string(), is_external: z.literal(false).optional() })
  .transform(({ name, url_private_download: url }) => ({ name, url }));

export const homeOpened = z.object({
  type: z.literal("app_home_opened"),
  user: z.string(),
  channel: z.string().optional(),
  tab: z.literal("home"),
});

export const userChange = z.object({
  type: z.literal("user_change"),
  user: z.object({
    id: z.string(),
    deleted: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    team_id: z.string().optional(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
    is_email_confirmed: z.boolean().optional(),
    profile: z.object({ email: z.string().optional() }).optional(),
  }),
});

export const eventCallback = z.object({
  type: z.literal("event_callback"),
  event_id: z.string(),
  event: z.object({ type: z.string() }).loose(),
});

const tapped = z.object({
  action_id: z.string(),
  action_ts: z.string(),
  value: z.string().optional(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

export const blockActions = z.object({
  type: z.literal("block_actions"),
  team,
  user,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
    view_id: z.string().optional(),
  }),
  view: view.optional(),
  actions: z.array(tapped).min(1),
});

export const viewSubmission = z.object({
  type: z.literal("view_submission"),
  team,
  user,
  view: view.extend({ callback_id: z.string() }),
});

export const shortcut = z.object({
  type: z.literal("shortcut"),
  team,
  user,
  callback_id: z.string(),
  trigger_id: z.string(),
  action_ts: z.string(),
});

export const command = z.object({
  command: z.string(),
  text: z.string().default(""),
  user_id: z.string(),
  channel_id: z.string(),
  response_url: z.string().optional(),
  trigger_id: z.string(),
});
