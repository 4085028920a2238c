import { spokenIn, type AttachedFile } from "./spoken.ts";

/** An activity of Teams, with the parts that Attune reads. Independent of the SDK. */
export interface TeamsActivity {
  /** Unique in its conversation, and the same when Teams delivers it again. */
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  readonly conversation: string;
  /** Attune's own id in this conversation. */
  readonly bot: string;
  readonly user: {
    /** The id in this conversation. */
    readonly id: string;
    /** The Entra object id. */
    readonly object: string;
  };
  readonly what:
    | {
        readonly type: "said";
        readonly text: string;
        /** The message that this is a reply to. */
        readonly under: string | undefined;
        readonly hasFile: boolean;
        readonly file?: AttachedFile;
      }
    /** `at`: when, as Teams writes it. The activity's id is the one of the message that was typed. */
    | { readonly type: "edited"; readonly text: string; readonly at: string }
    | { readonly type: "deleted"; readonly at: string }
    /** `isExecute`: Teams waits for the next card in our answer. */
    | {
        readonly type: "tapped";
        readonly data: Readonly<Record<string, unknown>>;
        readonly message: string | undefined;
        readonly isExecute: boolean;
      }
    | FileConsent
    | { readonly type: "installed" | "removed" | "seen" | "other" };
}

/** Somebody was asked whether to take a file, and has said so. `act`: as it stood in the question. */
export interface FileConsent {
  readonly type: "consented";
  readonly isTaken: boolean;
  readonly act: string;
  /** The message that asked. */
  readonly message: string | undefined;
  /** Where the file goes, in their own OneDrive, and how it is shown there. */
  readonly room:
    | {
        readonly upload: string;
        readonly content: string;
        readonly name: string;
        readonly unique: string;
        readonly kind: string;
      }
    | undefined;
}

/** An activity as it comes. Teams leaves the object id out now and then: then the conversation's roster has it. */
export type Arrived = Omit<TeamsActivity, "user"> & {
  readonly user: { readonly id: string; readonly object: string | undefined };
};

/** Why an activity is not accepted. `foreign`: not from Teams. `other-tenant`: from another hospital. `broken`: incomplete. */
export type Unread = "broken" | "foreign" | "other-tenant";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads an activity whose sender was verified. Only personal chats of people of this tenant are accepted: the activity must
 * name a tenant, and every tenant that it names must be this one.
 */
export function readActivity(body: unknown, tenant: string): Arrived | Unread {
  const activity = json(body);
  const conversation = json(activity["conversation"]);
  const from = json(activity["from"]);
  const channel = json(activity["channelData"]);
  const id = word(activity["id"]);
  const service = word(activity["serviceUrl"]);
  const [chat, user, bot] = [
    word(conversation["id"]),
    word(from["id"]),
    word(json(activity["recipient"])["id"]),
  ];
  if (chat === undefined || user === undefined || bot === undefined || service === undefined) return "broken";

  const tenants = [conversation["tenantId"], json(channel["tenant"])["id"]].flatMap((one) => word(one) ?? []);
  if (tenants.length === 0 || tenants.some((one) => one.toLowerCase() !== tenant.toLowerCase()))
    return "other-tenant";
  if (activity["channelId"] !== "msteams") return "foreign";
  if (!isPersonal(conversation, channel)) return "foreign";
  const object = word(from["aadObjectId"])?.toLowerCase();

  const what = whatOf(activity);
  if (id === undefined && !["installed", "removed", "seen"].includes(what.type)) return "broken";
  return {
    id: id ?? `${what.type}-${word(activity["timestamp"]) ?? ""}`,
    service,
    tenant,
    conversation: chat,
    bot,
    user: { id: user, object },
    what,
  };
}

/**
 * Whether a chat is with one person only. It is a group if anything says so, whatever its type is: `isGroup`, a team or
 * channel, or (without a type) the id of a thread.
 */
function isPersonal(conversation: Json, channel: Json): boolean {
  const { conversationType: kind, isGroup = false, id } = conversation;
  if (isGroup !== false && isGroup !== null) return false;
  if ([channel["team"], channel["channel"]].some((one) => one !== undefined && one !== null)) return false;
  return kind === "personal" || (kind === undefined && !/^19:|@thread/u.test(String(id)));
}

/** Whether we are no member of the conversation any more: Teams tells a removal in both ways. */
function isWithout(activity: Json): boolean {
  const gone = activity["membersRemoved"];
  const us = json(activity["recipient"])["id"];
  return Array.isArray(gone) && us !== undefined && gone.some((one) => json(one)["id"] === us);
}

function whatOf(activity: Json): TeamsActivity["what"] {
  const message = word(activity["replyToId"]);
  const at = word(activity["timestamp"]) ?? "";
  switch (activity["type"]) {
    case "message": {
      const data = activity["value"];
      // An older client's button: Action.Submit arrives as a message without text.
      if (typeof data === "object" && data !== null)
        return { type: "tapped", data: json(data), message, isExecute: false };
      const { text, quotes, hasFile = false, file } = spokenIn(activity);
      return { type: "said", text, under: quotes ?? message, hasFile, ...(file && { file }) };
    }
    case "messageUpdate":
      return { type: "edited", text: spokenIn(activity).text, at };
    case "messageDelete":
      return { type: "deleted", at };
    case "invoke": {
      if (activity["name"] === "fileConsent/invoke") return consentIn(json(activity["value"]), message);
      if (activity["name"] !== "adaptiveCard/action") return { type: "other" };
      const data = json(json(json(activity["value"])["action"])["data"]);
      return { type: "tapped", data, message, isExecute: true };
    }
    case "installationUpdate":
      if (activity["action"] === "add") return { type: "installed" };
      return { type: activity["action"] === "remove" ? "removed" : "seen" };
    case "conversationUpdate":
      return { type: isWithout(activity) ? "removed" : "seen" };
    default:
      return { type: "other" };
  }
}

function consentIn(value: Json, message: string | undefined): FileConsent {
  const info = json(value["uploadInfo"]);
  const [upload, content] = [address(info["uploadUrl"]), address(info["contentUrl"])];
  const [name, unique, kind = ""] = [word(info["name"]), word(info["uniqueId"]), word(info["fileType"])];
  const isWhole = upload !== undefined && content !== undefined && name !== undefined && unique !== undefined;
  return {
    type: "consented",
    isTaken: value["action"] === "accept",
    act: word(json(value["context"])["act"]) ?? "",
    message,
    room: isWhole ? { upload, content, name, unique, kind } : undefined,
  };
}

/** Addresses of OneDrive carry long keys. */
const address = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 8_000 ? value : undefined;

const json = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

const word = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" && value.length <= 2_000 ? value : undefined;
