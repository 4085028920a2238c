import type { GivenFile, Inbound } from "#src/ports/inbound.ts";
import { messageRef } from "./address.ts";
import type { SharedFile } from "./files.ts";
import * as payload from "./payloads.ts";
import { senderOf, type Place, type Read } from "./read.ts";
import { asRead, mentionedIn, signsIn, type Meanings } from "./spoken.ts";

/** A typed message by its place in the conversation, so that its edit and its deletion name it too. */
const saidAt = (channel: string, ts: string): string => `slack:said:${channel}:${ts}`;

/** What is needed to read a message: the names of members, and how a file is fetched. */
export interface Known {
  readonly names: Meanings["names"];
  files(file: SharedFile): GivenFile;
}

/** What a person typed, changed or deleted in the direct message. `key`: the event's own. */
export function typedIn(event: unknown, key: string, meanings: Known): Read | undefined {
  const { names } = meanings;
  return said(event, meanings) ?? gone(event, key) ?? changed(event, key, names);
}

function said(event: unknown, meanings: Known): Read | undefined {
  const { names } = meanings;
  const { data } = payload.message.safeParse(event);
  if (data === undefined) return undefined;
  const { user, channel, ts, thread_ts: thread } = data;
  const hasFile = (data.files ?? []).length > 0 || data.subtype === "file_share";
  if (data.text === "" && !hasFile) return undefined;
  const act = { event: saidAt(channel, ts), sender: senderOf(user, channel), text: readAs(data, names) };
  const [file, other] = (data.files ?? []).flatMap((one) => payload.sharedFile.safeParse(one).data ?? []);
  if (file !== undefined)
    return {
      type: "act",
      inbound: {
        type: "file",
        ...act,
        file: { ...meanings.files(file), ...(other === undefined ? {} : { isOneOfSeveral: true }) },
      },
      place: chatAt(channel, thread),
    };
  const inbound: Inbound = {
    type: "said",
    ...act,
    ...(thread === undefined || thread === ts ? {} : { under: messageRef(channel, thread) }),
    ...(hasFile ? { hasFile } : {}),
  };
  return { type: "act", inbound, place: chatAt(channel, thread) };
}

function gone(event: unknown, key: string): Read | undefined {
  const { data } = payload.deleted.safeParse(event);
  if (data === undefined || data.before.user === undefined || data.before.bot_id !== undefined)
    return undefined;
  const { channel, ts, before } = data;
  const sender = senderOf(data.before.user, channel);
  const inbound = { type: "deleted", event: key, sender, said: saidAt(channel, ts) } as const;
  return { type: "act", inbound, place: chatAt(channel, before.thread_ts) };
}

function changed(event: unknown, key: string, names: Meanings["names"]): Read | undefined {
  const { data } = payload.edited.safeParse(event);
  // Slack reports a link's preview as an edit.
  if (data === undefined || data.previous_message?.text === data.message.text) return undefined;
  const { channel, message } = data;
  const inbound: Inbound = {
    type: "edited",
    event: key,
    sender: senderOf(message.user, channel),
    said: saidAt(channel, message.ts),
    text: readAs(message, names),
  };
  return { type: "act", inbound, place: chatAt(channel, message.thread_ts) };
}

const chatAt = (channel: string, thread?: string): Place => ({
  type: "chat",
  channel,
  ...(thread === undefined ? {} : { thread }),
});

const readAs = (
  { text, blocks }: { readonly text: string; readonly blocks?: unknown },
  names: Meanings["names"],
): string => asRead(text, { names, signs: signsIn(blocks) });

/** Members whose names are needed to read a payload. */
export function namesWanted(body: unknown): readonly string[] {
  const { data: outer } = payload.eventCallback.safeParse(body);
  const { data: typed } = payload.message.safeParse(outer?.event);
  const { data: edited } = payload.edited.safeParse(outer?.event);
  return mentionedIn(typed?.text ?? edited?.message.text ?? "");
}
