import { act } from "#src/card/act.ts";
import type { Act } from "#src/card/card.ts";
import type { Inbound } from "#src/ports/inbound.ts";
import { messageRef } from "./address.ts";
import { FIELD, FORM, readForm, type FormOrigin } from "./form.ts";
import * as payload from "./payloads.ts";
import { ACT, OPEN } from "./controls.ts";
import { NO_FILES } from "./files.ts";
import { asRead, withSigns } from "./spoken.ts";
import { senderOf, type Place, type Read } from "./read.ts";
import { typedIn, type Known } from "./typed.ts";

export const COMMAND = "/attune";
export const SET_GOAL = "set-goal";

/** Reads a verified payload. Undefined for one that Attune does not handle. */
export function readPayload(
  body: unknown,
  known: Known = { names: new Map(), files: NO_FILES },
): Read | undefined {
  return event(body, known) ?? tap(body) ?? submission(body, known) ?? shortcut(body) ?? command(body);
}

function event(body: unknown, known: Known): Read | undefined {
  const { data: outer } = payload.eventCallback.safeParse(body);
  if (outer === undefined) return undefined;
  const key = `slack:event:${outer.event_id}`;
  const typed = typedIn(outer.event, key, known);
  if (typed !== undefined) return typed;
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
  const isEphemeral = container.is_ephemeral === true;
  const place = isMessage
    ? ({
        type: "message",
        channel,
        ts,
        ...(isEphemeral ? { isEphemeral } : {}),
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
    ...(isMessage && !isEphemeral ? { message: messageRef(channel, ts) } : {}),
  };
  return { type: "act", inbound, place };
}

type Submission = NonNullable<ReturnType<typeof payload.viewSubmission.safeParse>["data"]>;

function submission(body: unknown, known: Known): Read | undefined {
  const { data } = payload.viewSubmission.safeParse(body);
  if (data?.view.callback_id !== FORM) return undefined;
  const origin = readOrigin(data.view.private_metadata);
  if (origin === undefined) return undefined;
  const field = data.view.state?.values[FIELD]?.[FIELD];
  if (field?.files?.length) return chosen(data, origin, field.files, known);
  const { channel, ts, respond, view, isEphemeral } = origin;
  const isMessage = channel !== undefined && ts !== undefined;
  const text = withSigns(field?.value ?? "");
  const inbound: Inbound = {
    type: "submitted",
    event: formSent(data.user.id, data.view.id),
    sender: senderOf(data.user.id, channel),
    act: origin.act as Act,
    values: { [origin.name]: text },
    ...(isMessage && isEphemeral !== true ? { message: messageRef(channel, ts) } : {}),
  };
  const place: Place = isMessage
    ? {
        type: "message",
        channel,
        ts,
        ...(isEphemeral === true ? { isEphemeral } : {}),
        ...(respond === undefined ? {} : { respond }),
      }
    : { type: "modal", view: view ?? "" };
  return { type: "act", inbound, place };
}

const formSent = (user: string, view: string): string => `slack:form:${user}:${view}`;

/** A file that was chosen in a dialog: the same as one that is dropped into the conversation. */
function chosen(
  { user, view }: Submission,
  { locale }: FormOrigin,
  [one]: readonly unknown[],
  known: Known,
): Read {
  const { data: file } = payload.sharedFile.safeParse(one);
  const act = { event: formSent(user.id, view.id), sender: senderOf(user.id), text: "" };
  const inbound: Inbound =
    file === undefined
      ? { type: "said", ...act, hasFile: true }
      : { type: "file", ...act, file: known.files(file) };
  return { type: "act", inbound, place: { type: "dialog", locale } };
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

/** A text without blocks and members, as a slash command has it. */
export const asTyped = (text: string): string => asRead(text);
