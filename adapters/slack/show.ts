import type { View } from "@slack/web-api";
import type { Card } from "#src/card/card.ts";
import type { Inbound, BotResponse } from "#src/ports/inbound.ts";
import { readAddress } from "./address.ts";
import { escaped, type SlackBlock } from "./blocks.ts";
import { isDirect, type Place } from "./read.ts";
import { drawn, type SlackCard } from "./render.ts";
import { insist } from "./respond.ts";
import { sendFile } from "./send-file.ts";
import { textsIn } from "./texts.ts";
import { cardModal, homeView, textBlocks, textModal } from "./views.ts";
import { open, post, say, WAITING, write, type ShowDeps } from "./write.ts";

/** Shows a response where the person acted. The answer is stored already, so a failure here loses nothing. */
export async function showResponse(
  deps: ShowDeps,
  inbound: Inbound,
  place: Place,
  response: BotResponse,
): Promise<void> {
  if (response.kind === "none" || (response.kind === "refused" && response.reason === "already-received"))
    return;
  const { user } = readAddress(inbound.sender.address);
  const text = response.kind === "refused" ? response.text : undefined;
  if (response.kind === "card" && response.file !== undefined) {
    await sendFile(deps, inbound.sender, response.card, response.file);
    return leadToChat(deps, place, user, textsIn(response.card.locale).inMessages);
  }
  switch (place.type) {
    case "message":
      if (place.isEphemeral === true && response.card !== undefined)
        await replaceEphemeral(deps, place, user, response.card);
      else if (response.kind === "card" && !response.replace)
        return response.passing === true
          ? whisper(deps, place, user, response.card)
          : post(deps, place.channel, response.card);
      else if (response.card !== undefined) await replace(deps, place, response.card);
      return text === undefined ? undefined : tell(deps, place, user, text);
    case "modal":
      return update(
        deps,
        place.view,
        response.card === undefined
          ? textModal(text ?? "")
          : cardModal(response.card.locale, drawn(deps.log, response.card, "view").blocks, text),
      );
    case "elsewhere":
      return open(deps, place.trigger, user, response.card, text);
    case "chat":
      if (response.kind === "card" && response.passing === true)
        return whisper(deps, place, user, response.card);
      return response.kind === "card"
        ? post(deps, place.channel, response.card, place.thread)
        : say(deps, place.channel, text ?? "", place.thread);
    case "dialog":
      return response.kind === "card" ? post(deps, user, response.card) : say(deps, user, text ?? "");
    case "command":
      return commanded(deps, place, user, response, text);
    case "home":
      return publish(deps, user, response.card === undefined ? textBlocks(text ?? "") : response.card);
    default:
      return place satisfies never;
  }
}

/** Says where the answer is, to somebody who asked for it elsewhere than in their direct messages. */
async function leadToChat(deps: ShowDeps, place: Place, user: string, text: string): Promise<void> {
  if (place.type === "elsewhere") return open(deps, place.trigger, user, undefined, text);
  if (place.type === "modal") return update(deps, place.view, textModal(text));
  if (place.type === "command" && !isDirect(place.channel))
    await deps.respond(place.respond, { response_type: "ephemeral", text: escaped(text) });
}

/** Shows this on a person's home tab. */
export async function publish(
  deps: ShowDeps,
  user: string,
  what: Card | readonly SlackBlock[],
): Promise<void> {
  const blocks = "blocks" in what ? drawn(deps.log, what, "view").blocks : what;
  await insist(() =>
    deps.calls("views.publish", { rate: "views", patience: WAITING }, (client) =>
      client.views.publish({ user_id: user, view: homeView(blocks) as unknown as View }),
    ),
  );
}

type MessagePlace = Extract<Place, { type: "message" }>;

/** Edits by the tap's response address if it still works. That does not count for the workspace's low limit of edits. */
async function replace(deps: ShowDeps, place: MessagePlace, card: Card): Promise<void> {
  const { calls, respond } = deps;
  const { text, blocks } = drawn(deps.log, card);
  if (place.respond !== undefined && (await respond(place.respond, { replace_original: true, text, blocks })))
    return;
  const { channel, ts } = place;
  await insist(() =>
    calls("chat.update", { rate: "update", patience: WAITING }, (client) =>
      client.chat.update({ channel, ts, text, blocks: [...blocks] }),
    ),
  );
}

/** What is shown to one person only can be changed by its response address alone. Where that is over, it is written to them. */
async function replaceEphemeral(
  deps: ShowDeps,
  place: MessagePlace,
  user: string,
  card: Card,
): Promise<void> {
  const { text, blocks } = drawn(deps.log, card);
  if (await deps.respond(place.respond, { replace_original: true, text, blocks })) return;
  await post(deps, user, card);
}

type Words = Pick<SlackCard, "text" | "blocks">;

/** Shows a text that only this person sees. The message stays as it is. */
const tell = (deps: ShowDeps, place: MessagePlace, user: string, text: string): Promise<void> =>
  aside(deps, place, user, { text: escaped(text), blocks: textBlocks(text) });

/** Shows a card of the moment that only this person sees, and that does not stay in the chat. */
const whisper = (deps: ShowDeps, place: Aside, user: string, card: Card): Promise<void> =>
  aside(deps, place, user, drawn(deps.log, card));

type Aside = Extract<Place, { type: "message" | "chat" }>;

async function aside(
  { calls, respond }: ShowDeps,
  place: Aside,
  user: string,
  { text, blocks }: Words,
): Promise<void> {
  const { channel } = place;
  const answer = { response_type: "ephemeral", replace_original: false, text, blocks };
  if (place.type === "message" && (await respond(place.respond, answer))) return;
  const thread = place.type === "chat" ? place.thread : undefined;
  await insist(() =>
    calls("chat.postEphemeral", { rate: "post", patience: WAITING, channel }, (client) =>
      client.chat.postEphemeral({
        channel,
        user,
        text,
        blocks: [...blocks],
        ...(thread === undefined ? {} : { thread_ts: thread }),
      }),
    ),
  );
}

async function update({ calls }: ShowDeps, view: string, modal: SlackBlock): Promise<void> {
  await insist(() =>
    calls("views.update", { rate: "views", patience: WAITING }, (client) =>
      client.views.update({ view_id: view, view: modal as unknown as View }),
    ),
  );
}

/**
 * A command can be typed in any channel. What answers it is shown there to its reader alone; a question goes to the person's
 * direct messages, where it stays.
 */
async function commanded(
  deps: ShowDeps,
  place: Extract<Place, { type: "command" }>,
  user: string,
  response: Exclude<BotResponse, { kind: "none" }>,
  text: string | undefined,
): Promise<void> {
  if (response.card === undefined) {
    await deps.respond(place.respond, { response_type: "ephemeral", text: escaped(text ?? "") });
    return;
  }
  const rendered = drawn(deps.log, response.card);
  const { text: words, blocks } = rendered;
  const isPassing = response.kind === "card" && response.passing === true;
  if (isPassing && (await deps.respond(place.respond, { response_type: "ephemeral", text: words, blocks })))
    return;
  const channel = await write(deps, user, rendered.text, rendered.blocks);
  if (channel === place.channel) return;
  const note = textsIn(response.card.locale).inMessages;
  await deps.respond(place.respond, { response_type: "ephemeral", text: escaped(note) });
}
