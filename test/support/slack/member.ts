import { type Json, str } from "./json.ts";
import type { Delivered, StandIn } from "./stand-in.ts";
import { tappables, wordsOf, type Tappable } from "./words.ts";
import { APP, TEAM, channelOf, type StandInMessage, type StandInView } from "./workspace.ts";

/** Somebody with Slack on their phone: what they see, and what they do. */
export interface Member {
  readonly id: string;
  /** Every message of Attune's as it stands now, oldest first. */
  chat(): readonly string[];
  messages(): readonly StandInMessage[];
  /** The newest message. */
  reads(): string;
  home(): string;
  /** The modal on top. */
  modal(): string;
  /** Taps the newest thing with this label, in the chat. */
  taps(label: string): Promise<Delivered>;
  tapsAtHome(label: string): Promise<Delivered>;
  tapsInModal(label: string): Promise<Delivered>;
  /** Sends the dialog on top with this text. */
  submits(text: string): Promise<Delivered>;
  /** Chooses a file in the dialog on top, and sends it. */
  chooses(file: Json): Promise<Delivered>;
  /** Types a message, as Slack escapes it. */
  says(text: string): Promise<Delivered>;
  opensHome(): Promise<Delivered>;
  commands(text: string, channel?: string): Promise<Delivered>;
  shortcut(id: string): Promise<Delivered>;
}

let actions = 0;

export function member(slack: StandIn, id: string): Member {
  const { workspace } = slack;
  const channel = channelOf(id);
  const user = { id, username: id, team_id: TEAM };
  const common = { team: { id: TEAM, domain: "test" }, user, api_app_id: APP, token: "legacy" };
  const messages = () => (workspace.channels.get(channel) ?? []).filter(({ from }) => from !== id);
  const modals = (): StandInView[] => [...workspace.views.values()].filter((view) => view.user === id);
  const top = (): StandInView => modals().at(-1) ?? fail(`${id} has no modal open`);

  const action = ({ element, option, block }: Tappable): Json => ({
    type: element["type"],
    action_id: element["action_id"],
    block_id: block,
    action_ts: `${Math.floor(Date.now() / 1_000)}.${String(++actions).padStart(6, "0")}`,
    ...(option === undefined ? { value: element["value"] } : { selected_option: option }),
  });
  // Where a label has no room on its button, it stands above, and the number leads to the button.
  const find = (blocks: unknown, label: string): Tappable | undefined => {
    const number = new RegExp(`^(\\d+\\. )${escapeRegExp(label)}$`, "mu").exec(wordsOf(blocks))?.[1];
    return tappables(blocks).find((one) => {
      const shown = one.label.replace(/^✓ /u, "");
      return shown === label || (number !== undefined && shown.startsWith(number));
    });
  };
  const inView = async (view: Json, tap: Tappable): Promise<Delivered> =>
    slack.deliver("interactive", {
      type: "block_actions",
      ...common,
      trigger_id: workspace.trigger(id),
      container: { type: "view", view_id: view["id"] },
      view,
      actions: [action(tap)],
    });
  const sends = async (state: Json): Promise<Delivered> => {
    const view = top();
    const input =
      (view.body["blocks"] as Json[]).find((block) => block["type"] === "input") ?? fail("no input");
    const { action_id: field, type } = input["element"] as Json;
    if (type !== state["type"]) return fail(`the dialog asks for ${str(type)}`);
    const values = { [str(input["block_id"])]: { [str(field)]: state } };
    const delivered = await slack.deliver("interactive", {
      type: "view_submission",
      ...common,
      trigger_id: workspace.trigger(id),
      view: { id: view.id, hash: "1", ...view.body, state: { values } },
    });
    const { response_action: then, view: next } = delivered.answer ?? {};
    if (delivered.acknowledged && then === undefined) workspace.views.delete(view.id);
    if (then === "update") view.body = next as Json;
    return delivered;
  };
  const event = (inner: Json): Promise<Delivered> =>
    slack.deliver("events_api", eventOf(workspace.next("Ev"), inner));

  return {
    id,
    messages,
    chat: () => messages().map(({ blocks, text }) => (blocks.length === 0 ? text : wordsOf(blocks))),
    reads() {
      return this.chat().at(-1) ?? "";
    },
    home: () => wordsOf(workspace.homes.get(id)?.["blocks"]),
    modal: () => wordsOf(top().body["blocks"]),
    async taps(label) {
      const message = messages().findLast(({ blocks }) => find(blocks, label) !== undefined);
      if (message === undefined) return fail(`${id} sees no "${label}" in:\n${this.chat().join("\n\n")}`);
      return slack.deliver("interactive", tapOf(slack, id, message, action(find(message.blocks, label)!)));
    },
    async tapsAtHome(label) {
      const home = workspace.homes.get(id) ?? fail(`${id} has no home`);
      const tap = find(home["blocks"], label) ?? fail(`no "${label}" at home:\n${this.home()}`);
      return inView({ id: "VHOME", ...home }, tap);
    },
    async tapsInModal(label) {
      const view = top();
      const tap = find(view.body["blocks"], label) ?? fail(`no "${label}" in:\n${this.modal()}`);
      return inView({ id: view.id, ...view.body }, tap);
    },
    submits: (text) => sends({ type: "plain_text_input", value: text }),
    chooses: (file) => sends({ type: "file_input", files: [file] }),
    async says(text) {
      const ts = workspace.ts();
      const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
      workspace.channels.get(channel)?.push({ ts, from: id, text: escaped, blocks: [], edits: 0 });
      return event({ type: "message", channel, channel_type: "im", user: id, text: escaped, ts, team: TEAM });
    },
    opensHome: () =>
      event({ type: "app_home_opened", user: id, channel, tab: "home", event_ts: workspace.ts() }),
    commands: (text, where = channel) => {
      const response = workspace.next("r");
      workspace.responses.set(response, { channel, ts: "", user: id, uses: 0 });
      return slack.deliver("slash_commands", {
        command: "/attune",
        text,
        team_id: TEAM,
        user_id: id,
        channel_id: where,
        api_app_id: APP,
        trigger_id: workspace.trigger(id),
        response_url: new URL(`/respond/${response}`, slack.apiUrl).href,
      });
    },
    shortcut: (callback) =>
      slack.deliver("interactive", {
        type: "shortcut",
        ...common,
        callback_id: callback,
        trigger_id: workspace.trigger(id),
        action_ts: workspace.ts(),
      }),
  };
}

/** A tap as Slack tells it, for whoever wants to tell it twice or change it. */
export function tapOf(slack: StandIn, id: string, message: StandInMessage, action: Json): Json {
  const { workspace } = slack;
  const channel = channelOf(id);
  const response = workspace.next("r");
  workspace.responses.set(response, { channel, ts: message.ts, user: id, uses: 0 });
  return {
    type: "block_actions",
    team: { id: TEAM, domain: "test" },
    user: { id, username: id, team_id: TEAM },
    api_app_id: APP,
    token: "legacy",
    trigger_id: workspace.trigger(id),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel,
      is_ephemeral: message.ephemeral === true,
    },
    channel: { id: channel, name: "directmessage" },
    message: { ts: message.ts, text: message.text, blocks: message.blocks },
    response_url: new URL(`/respond/${response}`, slack.apiUrl).href,
    actions: [action],
  };
}

export const eventOf = (id: string, inner: Json): Json => ({
  type: "event_callback",
  token: "legacy",
  team_id: TEAM,
  api_app_id: APP,
  event_id: id,
  event_time: Math.floor(Date.now() / 1_000),
  authorizations: [{ team_id: TEAM, user_id: "U0ATTUNE1", is_bot: true, is_enterprise_install: false }],
  event: inner,
});

const escapeRegExp = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&");

function fail(message: string): never {
  throw new Error(message);
}
