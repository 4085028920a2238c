import { type Json, str } from "./json.ts";
import { readFileSync } from "node:fs";
import { problemIn, problemInView } from "./validate.ts";

export interface StandInUser {
  readonly id: string;
  readonly email?: string;
  /** As others see it. */
  readonly name?: string;
  readonly deleted?: boolean;
  /** Has shut Attune out, or never let it in. */
  readonly blocked?: boolean;
  readonly locale?: string;
  /** The workspace that they are of; ours when absent. Of another one, Slack Connect shows them as strangers. */
  readonly team?: string;
  /** The Enterprise Grid organisation that they are of: whoever is of ours is no stranger in any of its workspaces. */
  readonly enterprise?: string;
}

export interface StandInMessage {
  readonly ts: string;
  readonly from: string;
  text: string;
  blocks: readonly Json[];
  metadata?: Json;
  edits: number;
  ephemeral?: boolean;
  /** What was shared with it. */
  readonly file?: SharedFile;
}

/** A file that an app has shared. */
export interface SharedFile {
  readonly name: string;
  readonly text: string;
}

export interface StandInView {
  readonly id: string;
  readonly user: string;
  body: Json;
}

/** The scopes that each method needs, from Slack's reference. */
export const SCOPES: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "conversations.open": ["im:write"],
  "conversations.history": ["im:history"],
  "users.info": ["users:read"],
  "users.lookupByEmail": ["users:read.email"],
  // The client's own name for the two below, with the post between them.
  "files.uploadV2": ["files:write"],
  "files.getUploadURLExternal": ["files:write"],
  "files.completeUploadExternal": ["files:write"],
  "views.open": [],
  "views.push": [],
  "views.update": [],
  "views.publish": [],
};

/** A trigger is good once, and for three seconds. */
const TRIGGER = 3_000;

export const TEAM = "T0ATTUNE1";
export const APP = "A0ATTUNE1";
export const BOT = { user: "U0ATTUNE1", bot: "B0ATTUNE1" };

class Refused extends Error {}
const refuse = (error: string): never => {
  throw new Refused(error);
};

/** One Slack workspace in memory, with Attune installed as manifest.json asks. */
export class Workspace {
  /** Its clock, in milliseconds of the epoch: that of the program that it works with, or the real one. */
  now: () => number = Date.now;
  readonly users = new Map<string, StandInUser>();
  readonly channels = new Map<string, StandInMessage[]>();
  readonly homes = new Map<string, Json>();
  readonly views = new Map<string, StandInView>();
  readonly triggers = new Map<string, { at: number; used: boolean; user: string }>();
  readonly responses = new Map<string, { channel: string; ts: string; user: string; uses: number }>();
  scopes = new Set(
    (JSON.parse(readFileSync("manifest.json", "utf8")) as { oauth_config?: { scopes?: { bot?: string[] } } })
      .oauth_config?.scopes?.bot,
  );
  /** Where this workspace is served. */
  base = "";
  /** What every edit is refused with from now on. */
  refusesEdits: string | undefined;
  /** What `auth.test` says besides where the workspace is one of an Enterprise Grid organisation. */
  grid: Json = {};
  /** Why answers to a response address were refused. */
  readonly unshown: string[] = [];
  /** Files that were announced, by their id, as far as they have come. */
  readonly #uploads = new Map<string, { readonly name: string; readonly length: number; text?: string }>();
  #count = 0;

  next(prefix: string): string {
    return `${prefix}${String(++this.#count).padStart(8, "0")}`;
  }

  add(user: StandInUser): void {
    this.users.set(user.id, user);
    this.channels.set(channelOf(user.id), this.channels.get(channelOf(user.id)) ?? []);
  }

  /** Somebody deletes a message, named by its channel and time stamp, or a retention rule does. */
  remove(message: string): void {
    const [channel = "", ts] = message.split("/");
    const kept = this.channels.get(channel)?.filter((one) => one.ts !== ts);
    if (kept !== undefined) this.channels.set(channel, kept);
  }

  trigger(user: string): string {
    const id = this.next("trigger.");
    this.triggers.set(id, { at: performance.now(), used: false, user });
    return id;
  }

  ts(): string {
    return `${Math.floor(this.now() / 1_000)}.${String(++this.#count).padStart(6, "0")}`;
  }

  /** Does what a method does; what Slack refuses is `ok: false`. */
  call(method: string, args: Json): Json {
    try {
      const needed = SCOPES[method];
      if (needed === undefined) return { ok: false, error: "unknown_method" };
      const missing = needed.find((scope) => !this.scopes.has(scope));
      if (missing !== undefined) return { ok: false, error: "missing_scope", needed: missing };
      return { ok: true, ...this.#do(method, args) };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { ok: false, error: error.message };
    }
  }

  #do(method: string, args: Json): Json {
    switch (method) {
      case "auth.test":
        return { team_id: TEAM, user_id: BOT.user, bot_id: BOT.bot, team: "Test Hospital", ...this.grid };
      case "chat.postMessage":
        return this.#post(args);
      case "chat.postEphemeral":
        return this.#ephemeral(args);
      case "chat.update":
        return this.#update(str(args["channel"]), str(args["ts"]), args);
      case "chat.delete":
        return this.#delete(str(args["channel"]), str(args["ts"]));
      case "conversations.open":
        return { channel: { id: this.#direct(str(args["users"])) } };
      case "conversations.history":
        return this.#history(args);
      case "files.getUploadURLExternal": {
        const id = this.next("F");
        this.#uploads.set(id, { name: str(args["filename"]), length: Number(args["length"]) });
        return { file_id: id, upload_url: new URL(`/upload/${id}`, this.base).href };
      }
      case "files.completeUploadExternal":
        return this.#share(args);
      case "users.info": {
        const user = this.users.get(str(args["user"])) ?? refuse("user_not_found");
        return { user: profileOf(user) };
      }
      case "users.lookupByEmail": {
        const user = [...this.users.values()].find(
          (one) => one.email?.toLowerCase() === str(args["email"]).toLowerCase() && one.deleted !== true,
        );
        return { user: profileOf(user ?? refuse("users_not_found")) };
      }
      case "views.publish": {
        const view = viewIn(args, "home");
        this.homes.set(str(args["user_id"]), view);
        return { view: { id: this.next("V"), ...view } };
      }
      case "views.update": {
        const shown = this.views.get(str(args["view_id"])) ?? refuse("not_found");
        shown.body = viewIn(args, "modal");
        return { view: { id: shown.id, ...shown.body } };
      }
      default:
        return this.#open(args);
    }
  }

  #direct(user: string): string {
    const found = this.users.get(user) ?? refuse("user_not_found");
    if (found.deleted === true) refuse("user_disabled");
    if (found.blocked === true) refuse("cannot_dm_bot");
    return channelOf(user);
  }

  /** A channel, or a user whose direct message is meant. */
  #channel(name: string): StandInMessage[] {
    const id = isUser(name) ? this.#direct(name) : name;
    const owner = [...this.users.values()].find((one) => channelOf(one.id) === id);
    if (owner === undefined) return refuse("channel_not_found");
    this.#direct(owner.id);
    return this.channels.get(id) ?? refuse("channel_not_found");
  }

  #post(args: Json): Json {
    const channel = str(args["channel"]);
    const chat = this.#channel(channel);
    const { text, blocks } = contentOf(args);
    const metadata = args["metadata"] as Json | undefined;
    const ts = this.ts();
    chat.push({
      ts,
      from: BOT.user,
      text,
      blocks,
      edits: 0,
      ...(metadata === undefined ? {} : { metadata }),
    });
    return { channel: isUser(channel) ? channelOf(channel) : channel, ts, message: { ts, text } };
  }

  /** Takes the bytes of a file that was announced. False where it was not, or with another length. */
  upload(id: string, bytes: Buffer): boolean {
    const announced = this.#uploads.get(id);
    if (announced === undefined || announced.length !== bytes.length) return false;
    announced.text = bytes.toString();
    return true;
  }

  /** A file is shared with a channel by its id alone. */
  #share(args: Json): Json {
    const [{ id = "" } = {}] = args["files"] as readonly { id?: string }[];
    const { name, text } = this.#uploads.get(id) ?? refuse("file_not_found");
    const channel = str(args["channel_id"]);
    if (text === undefined || isUser(channel)) return refuse("channel_not_found");
    const comment = str(args["initial_comment"]);
    const file = { name, text };
    this.#channel(channel).push({ ts: this.ts(), from: BOT.user, text: comment, blocks: [], edits: 0, file });
    this.#uploads.delete(id);
    return { files: [{ id, title: name }] };
  }

  #ephemeral(args: Json): Json {
    const chat = this.#channel(str(args["channel"]));
    const { text, blocks } = contentOf(args);
    const ts = this.ts();
    chat.push({ ts, from: BOT.user, text, blocks, edits: 0, ephemeral: true });
    return { message_ts: ts };
  }

  #update(channel: string, ts: string, args: Json): Json {
    if (this.refusesEdits !== undefined) refuse(this.refusesEdits);
    const message = this.#channel(channel).find((one) => one.ts === ts && one.ephemeral !== true);
    if (message === undefined) return refuse("message_not_found");
    Object.assign(message, contentOf(args), { edits: message.edits + 1 });
    return { channel, ts };
  }

  /** An app deletes what it has posted itself, and what others see of it. */
  #delete(channel: string, ts: string): Json {
    const chat = this.#channel(channel);
    const message = chat.find((one) => one.ts === ts && one.ephemeral !== true);
    if (message === undefined) return refuse("message_not_found");
    if (message.from !== BOT.user) refuse("cant_delete_message");
    chat.splice(chat.indexOf(message), 1);
    return { channel, ts };
  }

  #history(args: Json): Json {
    const limit = Number(args["limit"] ?? 100);
    const before = args["cursor"] === undefined ? Infinity : Number(args["cursor"]);
    const chat = this.#channel(str(args["channel"])).filter(
      (one) =>
        one.ephemeral !== true &&
        Number(one.ts) >= Number(args["oldest"] ?? 0) &&
        Number(one.ts) < Number(args["latest"] ?? Infinity),
    );
    const older = chat.toReversed().filter((one) => Number(one.ts) < before);
    const page = older.slice(0, limit);
    const withMetadata = str(args["include_all_metadata"]) === "true";
    return {
      messages: page.map(({ ts, text, from, metadata }) => ({
        type: "message",
        ts,
        text,
        user: from,
        ...(from === BOT.user ? { bot_id: BOT.bot } : {}),
        ...(withMetadata && metadata !== undefined ? { metadata } : {}),
      })),
      response_metadata: { next_cursor: older.length > limit ? page.at(-1)!.ts : "" },
    };
  }

  #open(args: Json): Json {
    const id = str(args["trigger_id"]);
    const trigger = this.triggers.get(id) ?? refuse("invalid_trigger_id");
    if (trigger.used) refuse("exchanged_trigger_id");
    if (performance.now() - trigger.at > TRIGGER) refuse("expired_trigger_id");
    const body = viewIn(args, "modal");
    trigger.used = true;
    const view = { id: this.next("V"), user: trigger.user, body };
    this.views.set(view.id, view);
    return { view: { id: view.id, ...body } };
  }

  /** What is posted to a response_url: good five times. */
  respond(id: string, args: Json): string | undefined {
    const response = this.responses.get(id);
    if (response === undefined) return "used_url";
    if (++response.uses > 5) return "used_url";
    const chat = this.channels.get(response.channel);
    if (chat === undefined) return "channel_not_found";
    let content: ReturnType<typeof contentOf>;
    try {
      content = contentOf({ blocks: [], ...args });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.unshown.push(error.message);
      return error.message;
    }
    const { text, blocks } = content;
    const message = chat.find((one) => one.ts === response.ts);
    if (args["replace_original"] === true && message !== undefined)
      Object.assign(message, { text, blocks, edits: message.edits + 1 });
    else chat.push({ ts: this.ts(), from: BOT.user, text, blocks, edits: 0, ephemeral: true });
    return undefined;
  }
}

/** On Enterprise Grid an account may be a W… */
const isUser = (id: string): boolean => /^[UW]/u.test(id);

export const channelOf = (user: string): string => `D${user.slice(1)}`;

function contentOf(args: Json): { text: string; blocks: readonly Json[] } {
  const text = str(args["text"]);
  const blocks = (args["blocks"] ?? []) as readonly Json[];
  if (text.length > 40_000) refuse("msg_too_long");
  const problem = problemIn(blocks, "message");
  if (problem === "msg_blocks_too_long") refuse(problem);
  if (problem !== undefined) refuse("invalid_blocks");
  if (text === "" && blocks.length === 0) refuse("no_text");
  return { text, blocks };
}

function viewIn(args: Json, type: string): Json {
  const view = args["view"] as Json;
  if (view["type"] !== type || problemInView(view) !== undefined) refuse("invalid_arguments");
  return view;
}

const profileOf = ({
  id,
  email,
  name,
  deleted = false,
  locale,
  team = TEAM,
  enterprise,
}: StandInUser): Json => ({
  id,
  team_id: team,
  is_stranger: team !== TEAM && enterprise === undefined,
  ...(enterprise === undefined ? {} : { enterprise_user: { id, enterprise_id: enterprise } }),
  deleted,
  is_bot: false,
  is_email_confirmed: true,
  locale,
  tz: "America/New_York",
  profile: { email, display_name: name ?? "", real_name: name },
});
