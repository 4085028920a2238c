import type { MessageRef } from "#src/ports/messenger.ts";
import type { Key, Place } from "../keys/keys.ts";
import { storableText } from "../statements/parameters.ts";
import type { StoreContext } from "./store-context.ts";

/** A text as its column keeps it, and back. */
export interface SealedText<Text extends string = string> {
  seal(text: Text): string;
  open(sealed: string): Text;
}

/** Texts that rows are looked up by, and that tell of a person: sealed alike under the master key. */
export const sealedTexts = ({ program, masterKey }: Pick<StoreContext, "program" | "masterKey">) => ({
  /** What a platform calls a message. On some it names the person's chat. */
  ref: sealedAt<MessageRef>(masterKey, { table: "message", row: program, column: "ref" }),
  /** What a platform calls an inbound event. On some it names who did it. */
  event: sealedAt(masterKey, { table: "inbox", row: program, column: "event" }),
  account: (platform: string) =>
    sealedAt(masterKey, { table: "identity", row: JSON.stringify([program, platform]), column: "account" }),
  note: (key: string) =>
    sealedAt(masterKey, { table: "note", row: JSON.stringify([program, key]), column: "value" }),
});

const sealedAt = <Text extends string = string>(key: Key, place: Place): SealedText<Text> => ({
  seal: (text) => key.sealAlike(storableText(text), place),
  open: (sealed) => key.openAlike(sealed, place) as Text,
});
