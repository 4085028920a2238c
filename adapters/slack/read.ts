import type { Locale } from "#src/domain/locale.ts";
import type { Inbound, Sender } from "#src/ports/inbound.ts";
import { PLATFORM, slackAddress } from "./address.ts";
import type { Member } from "./directory.ts";
import type { Form } from "./form.ts";

/** Where a person acted. The response is shown there. */
export type Place =
  /** In a message, which is then edited. `respond`: an address to replace it outside the rate limits. */
  | {
      readonly type: "message";
      readonly channel: string;
      readonly ts: string;
      readonly respond?: string;
      /** Only its reader sees it, Slack keeps it nowhere, and only `respond` can change it. */
      readonly isEphemeral?: true;
    }
  /** On the home tab or by a shortcut. The response is a modal. */
  | { readonly type: "elsewhere"; readonly trigger: string }
  /** In a modal, which then shows the response. */
  | { readonly type: "modal"; readonly view: string; readonly trigger?: string }
  /** Chosen in a dialog, which closes. The response comes into the direct message. */
  | { readonly type: "dialog"; readonly locale: Locale }
  /** Typed into the direct message, or there in a thread. */
  | { readonly type: "chat"; readonly channel: string; readonly thread?: string }
  /** By the slash command, in any channel. */
  | { readonly type: "command"; readonly channel: string; readonly respond?: string }
  /** The home tab was opened. */
  | { readonly type: "home" };

/** A payload of Slack's, in our terms. */
export type Read =
  | {
      readonly type: "act";
      readonly inbound: Inbound;
      readonly place: Place;
    }
  /** A dialog has to be opened. This is no answer yet. */
  | { readonly type: "form"; readonly form: Form; readonly place: Place; readonly trigger: string }
  | { readonly type: "member"; readonly member: Member };

/** The person who acted, and the direct message where they can be written to. A command's answer may stand in any other channel. */
export const senderOf = (user: string, channel?: string): Sender => ({
  platform: PLATFORM,
  account: user,
  address: slackAddress(user, isDirect(channel) ? channel : undefined),
});

export const isDirect = (channel: string | undefined): boolean => channel?.startsWith("D") === true;
