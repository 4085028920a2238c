import { act } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import type { Inbound, Sender } from "#src/ports/inbound.ts";
import { PLATFORM, messageRef, slackAddress } from "./address.ts";
import type { Member } from "./directory.ts";
import { FIELD, FORM, readForm, type Form, type FormOrigin } from "./form.ts";
import * as payload from "./payloads.ts";
import { ACT, OPEN } from "./render.ts";

/** Where a person acted. The response is shown there. */
export type Place =
  /** In a message, which is then edited. `respond`: an address to replace it outside the rate limits. */
  | { readonly type: "message"; readonly channel: string; readonly ts: string; readonly respond?: string }
  /** On the home tab or by a shortcut. The response is a modal. */
  | { readonly type: "elsewhere"; readonly trigger: string }
  /** In a modal, which then shows the response. */
  | { readonly type: "modal"; readonly view: string; readonly trigger?: string }
  /** Typed into the direct message. */
  | { readonly type: "chat"; readonly channel: string }
  /** By the slash command, in any channel. */
  | { readonly type: "command"; readonly channel: string; readonly respond?: string }
  /** The home tab was opened. */
  | { readonly type: "home" };

/** A payload of Slack's, in our terms. */
export type Read =
  | { readonly type: "act"; readonly inbound: Inbound; readonly place: Place }
  /** A dialog has to be opened. This is no answer yet. */
  | { readonly type: "form"; readonly form: Form; readonly place: Place; readonly trigger: string }
  | { readonly type: "member"; readonly member: Member };

export const COMMAND = "/attune";
export const SET_GOAL = "set-goal";

/** Reads a verified payload. Undefined for one that Attune does not handle. */
export function readPayload(body: unknown): Read | undefined {
  return event(body) ?? tap(body) ?? submission(body) ?? shortcut(body) ?? command(body);
}

const senderOf = (user: string, channel?: string): Sender => ({
  platform: PLATFORM,
  account: user,
  address: slackAddress(user, channel),
});

function event(body: unknown): Read | undefined {
  const { data: outer } = payload.eventCallback.safeParse(body);
  if (outer === undefined) return undefined;
  const key = `slack:event:${outer.event_id}`;
  const { data: said } = payload.message.safeParse(outer.event);
  if (said !== undefined) {
    const { user, channel } = said;
    const inbound = {
      type: "said",
      event: key,
      sender: senderOf(user, channel),
      text: asTyped(said.text),
    } as const;
    return { type: "act", inbound, place: { type: "chat", channel } };
  }
  const { data: opened } = payload.homeOpened.safeParse(outer.event);
  if (opened !== undefined) {
    const sender = senderOf(opened.user, opened.channel);
    return { type: "act", inbound: { type: "opened", event: key, sender }, place: { type: "home" } };
  }
  const { data: changed } = payload.userChange.safeParse(outer.event);
  return changed === undefined ? undefined : { type: "member", member: changed.user };
}

function tap(body: unknown): Read | undefined {
  const { data } = payload.blockActions.safeParse(body);
  const [tapped] = data?.actions ?? [];
  if (data === undefined || tapped === undefined) return undefined;
  const { container, user, trigger_id: trigger } = data;
  const { channel_id: channel, message_ts: ts } = container;
  const isMessage = channel !== undefined && ts !== undefined;
  const place = isMessage
    ? ({
        type: "message",
        channel,
        ts,
        ...(data.response_url === undefined ? {} : { respond: data.response_url }),
      } as const)
    : data.view?.type === "modal"
      ? ({ type: "modal", view: data.view.id, trigger } as const)
      : ({ type: "elsewhere", trigger } as const);
  const value = tapped.selected_option?.value ?? tapped.value ?? "";
  if (tapped.action_id.startsWith(`${OPEN}-`)) {
    const form = readForm(value);
    return form === undefined ? undefined : { type: "form", form, place, trigger };
  }
  if (!tapped.action_id.startsWith(`${ACT}-`)) return undefined;
  const where = isMessage ? `${channel}/${ts}` : (data.view?.id ?? trigger);
  const inbound: Inbound = {
    type: "pressed",
    event: `slack:tap:${user.id}:${where}:${tapped.action_ts}`,
    sender: senderOf(user.id, isMessage ? channel : undefined),
    act: value as Act,
    ...(isMessage && container.is_ephemeral !== true ? { message: messageRef(channel, ts) } : {}),
  };
  return { type: "act", inbound, place };
}

function submission(body: unknown): Read | undefined {
  const { data } = payload.viewSubmission.safeParse(body);
  if (data?.view.callback_id !== FORM) return undefined;
  const origin = readOrigin(data.view.private_metadata);
  if (origin === undefined) return undefined;
  const { channel, ts, respond, view } = origin;
  const isMessage = channel !== undefined && ts !== undefined;
  const text = data.view.state?.values[FIELD]?.[FIELD]?.value ?? "";
  const inbound: Inbound = {
    type: "submitted",
    event: `slack:form:${data.user.id}:${data.view.id}`,
    sender: senderOf(data.user.id, channel),
    act: origin.act as Act,
    values: { [origin.name]: text },
    ...(isMessage ? { message: messageRef(channel, ts) } : {}),
  };
  const place: Place = isMessage
    ? { type: "message", channel, ts, ...(respond === undefined ? {} : { respond }) }
    : { type: "modal", view: view ?? "" };
  return { type: "act", inbound, place };
}

function readOrigin(metadata: string): FormOrigin | undefined {
  try {
    const origin: unknown = JSON.parse(metadata);
    return typeof origin === "object" && origin !== null && "act" in origin
      ? (origin as FormOrigin)
      : undefined;
  } catch {
    return undefined;
  }
}

const saying = (words: string): Act => act({ verb: "say", command: words });

function shortcut(body: unknown): Read | undefined {
  const { data } = payload.shortcut.safeParse(body);
  if (data?.callback_id !== SET_GOAL) return undefined;
  const { user, action_ts: at, trigger_id: trigger } = data;
  const event = `slack:shortcut:${user.id}:${at}`;
  const inbound = { type: "pressed", event, sender: senderOf(user.id), act: saying("goal") } as const;
  return { type: "act", inbound, place: { type: "elsewhere", trigger } };
}

function command(body: unknown): Read | undefined {
  const { data } = payload.command.safeParse(body);
  if (data?.command !== COMMAND) return undefined;
  const event = `slack:command:${data.user_id}:${data.trigger_id}`;
  const words = asTyped(data.text).trim() || "help";
  const inbound = { type: "pressed", event, sender: senderOf(data.user_id), act: saying(words) } as const;
  return {
    type: "act",
    inbound,
    place: {
      type: "command",
      channel: data.channel_id,
      ...(data.response_url === undefined ? {} : { respond: data.response_url }),
    },
  };
}

/**
 * A message as the person typed it. Slack escapes three characters, and turns addresses and phone numbers into links. The
 * check for patient identifiers must see what the person saw.
 */
export const asTyped = (text: string): string =>
  text
    .replaceAll(/<(?:https?|mailto|tel):[^|>]*\|([^>]*)>/gu, "$1")
    .replaceAll(/<(?:mailto:|tel:)?([^|>@#!][^|>]*)>/gu, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
