import { codeOf } from "#src/errors.ts";
import type { Card } from "#src/card/card.ts";
import type { Sender, SentFile } from "#src/ports/inbound.ts";
import { readAddress } from "./address.ts";
import { escaped } from "./blocks.ts";
import { channelOf } from "./messenger.ts";
import { textsIn } from "./texts.ts";
import { say, WAITING, type ShowDeps } from "./write.ts";

/**
 * Shares a file in the person's direct messages, with what its card says as the comment: others may read where it was asked for. Where
 * Slack does not take it, a sentence says so.
 */
export async function sendFile(deps: ShowDeps, sender: Sender, card: Card, file: SentFile): Promise<void> {
  const { calls, log } = deps;
  const { user, channel: known } = readAddress(sender.address);
  try {
    // A file can be shared with a channel alone, not with a user.
    const channel = known ?? (await channelOf(calls, user));
    // Not tried again by itself: a scope that is missing stays so, and whoever asked can ask again.
    await calls("files.uploadV2", { rate: "files", patience: WAITING }, (client) =>
      client.files.uploadV2({
        channel_id: channel,
        filename: file.name,
        file: Buffer.from(file.bytes),
        initial_comment: escaped(card.notification),
      }),
    );
  } catch (error) {
    log.warn({ code: codeOf(error), error }, "a file could not be sent in Slack");
    await say(deps, known ?? user, textsIn(card.locale).noFile);
  }
}
