import type { Card } from "#src/card/card.ts";
import type { Locale } from "#src/domain/locale.ts";
import type { Upload } from "#src/ports/download.ts";
import type { SentFile } from "#src/ports/inbound.ts";
import type { FileConsent } from "./activity.ts";
import type { Outgoing } from "./connector.ts";
import { isMicrosoft } from "./files.ts";
import { lineOf } from "./messenger.ts";

/* A bot can put no file into a chat: it asks whether to take one, and Teams makes room for it in the person's own OneDrive. */

/** The question whether to take a file. The file is not kept meanwhile: the question carries the act that makes it. */
export const askedToTake = (card: Card, { name, bytes, again }: SentFile): Outgoing => ({
  type: "message",
  summary: card.notification,
  attachments: [
    {
      contentType: "application/vnd.microsoft.teams.card.file.consent",
      name,
      content: {
        description: card.notification,
        sizeInBytes: bytes.length,
        acceptContext: { act: again },
        declineContext: { act: again },
      },
    },
  ],
});

/** Puts a file into the room that Teams has made for it, on a host of Microsoft's alone. Resolves to what the chat shows then. */
export async function storedFile(
  upload: Upload | undefined,
  room: FileConsent["room"],
  locale: Locale,
  { bytes }: SentFile,
): Promise<Outgoing> {
  const isThere =
    room !== undefined && (await upload?.({ url: room.upload, bytes, isOurs: isMicrosoft })) === true;
  if (!isThere) return lineOf(NOT_STORED[locale]);
  const { content, name, unique, kind } = room;
  return {
    type: "message",
    attachments: [
      {
        contentType: "application/vnd.microsoft.teams.card.file.info",
        contentUrl: content,
        name,
        content: { uniqueId: unique, fileType: kind },
      },
    ],
  };
}

const NOT_STORED: Readonly<Record<Locale, string>> = {
  en: "The file could not be put into your OneDrive. Please ask for it again.",
  ja: "ファイルをOneDriveに保存できませんでした。お手数ですが、もう一度お試しください。",
};
