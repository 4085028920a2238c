import { act } from "#src/card/act.ts";
import type { Action, Card } from "#src/card/card.ts";
import type { Words } from "#src/words/words.ts";

/** "upload", 「アップロード」: a coordinator wants to give a file. */
export const isUpload = (text: string): boolean =>
  /^(?:upload|send (?:a )?file|アップロード|ファイルを送る)[.。]?$/iu.test(text.normalize("NFKC").trim());

/** The way to give a file: a dialog where the platform has one. */
export const uploadAction = ({
  say: {
    files: { upload },
  },
}: Words): Action => ({
  label: upload.button,
  act: act({ verb: "say", command: "upload" }),
  file: { text: upload.choose, note: upload.note, submit: upload.send },
});

/** How a file is given. */
export const uploadCard = (words: Words): Card => ({
  locale: words.locale,
  notification: words.say.files.upload.title,
  blocks: [
    { type: "title", text: words.say.files.upload.title, note: words.program },
    { type: "text", text: words.say.files.upload.how },
    { type: "actions", actions: [{ ...uploadAction(words), style: "primary" }] },
  ],
});
