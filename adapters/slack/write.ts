import type { View } from "@slack/web-api";
import type { Card } from "#src/card/card.ts";
import type { Log } from "#src/ports/log.ts";
import { escaped, type SlackBlock } from "./blocks.ts";
import type { Calls } from "./calls.ts";
import { drawn } from "./render.ts";
import { insist, type Respond } from "./respond.ts";
import { cardModal, textBlocks, textModal } from "./views.ts";

export interface ShowDeps {
  readonly calls: Calls;
  readonly respond: Respond;
  readonly log: Log;
}

/** Milliseconds that a call may wait for its turn. A person is waiting for it. */
export const WAITING = 20_000;

/* What is new in Slack: a message, a modal. */

export async function post(deps: ShowDeps, channel: string, card: Card, thread?: string): Promise<void> {
  const { text, blocks } = drawn(deps.log, card);
  await write(deps, channel, text, blocks, thread);
}

export async function say(deps: ShowDeps, channel: string, text: string, thread?: string): Promise<void> {
  await write(deps, channel, escaped(text), textBlocks(text), thread);
}

/** Resolves to the channel in which the message stands. */
export async function write(
  { calls }: ShowDeps,
  channel: string,
  text: string,
  blocks: readonly SlackBlock[],
  thread?: string,
): Promise<string | undefined> {
  const posted = await insist(() =>
    calls("chat.postMessage", { rate: "post", patience: WAITING, channel }, (client) =>
      client.chat.postMessage({
        channel,
        text,
        blocks: [...blocks],
        unfurl_links: false,
        unfurl_media: false,
        ...(thread === undefined ? {} : { thread_ts: thread }),
      }),
    ),
  );
  return posted.channel;
}

/** Opens a modal. Slack's trigger is valid for three seconds; later, the response is sent as a direct message. */
export async function open(
  deps: ShowDeps,
  trigger: string,
  user: string,
  card: Card | undefined,
  text: string | undefined,
): Promise<void> {
  const modal =
    card === undefined
      ? textModal(text ?? "")
      : cardModal(card.locale, drawn(deps.log, card, "view").blocks, text);
  try {
    await deps.calls("views.open", { rate: "views", patience: 1_500 }, (client) =>
      client.views.open({ trigger_id: trigger, view: modal as unknown as View }),
    );
  } catch {
    await (card === undefined ? say(deps, user, text ?? "") : post(deps, user, card));
  }
}
