import type { Act, Card } from "../card/card.ts";
import type { Address } from "../domain/person.ts";
import type { MessageRef } from "./messenger.ts";

/** Who acted. The adapter has verified it (by signature, tenant or session). */
export interface Sender {
  readonly platform: string;
  /** The account on that platform, as people.csv names it. */
  readonly account: string;
  /** Where this person can be written to from now on. */
  readonly address: Address;
}

interface Happened {
  /** The act's id on the platform: the same when the platform delivers the act again. */
  readonly event: string;
  readonly sender: Sender;
}

/** A file as its platform announces it. */
export interface GivenFile {
  readonly name: string;
  read(): Promise<FileRead>;
  /** Other files came with it. They are not read. */
  readonly isOneOfSeveral?: true;
}

/** The largest file that is read, in bytes. */
export const LARGEST_FILE = 10_000_000;

/** How the name of a roster or of a list of people may end. A picture is none, whatever is in it. */
export const FILE_ENDINGS = ["csv", "xlsx", "ics", "txt", "tsv", "xlsm"] as const;

/**
 * `too-large`: more than `LARGEST_FILE`. `sign-in`: a page for signing in came in its place: Attune may not read files there. `page`: a web
 * page did, since what was sent is only a link. `unavailable`: it could not be fetched. `elsewhere`: it is not where this platform keeps
 * files, and was not fetched.
 */
export type FileRead =
  | { readonly bytes: Uint8Array }
  | { readonly trouble: "too-large" | "sign-in" | "page" | "unavailable" | "elsewhere" };

/** A file that goes out. Nothing of it is kept: whoever wants it later has it made anew. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The act that makes it anew, for a platform that asks its reader first whether to take it. */
  readonly again: Act;
}

/** One act of a person, verified, in a form that is the same for every platform. */
export type Inbound =
  /** Opened the conversation or the home view. */
  | (Happened & { readonly type: "opened" })
  /** Typed a message. */
  | (Happened & {
      readonly type: "said";
      readonly text: string;
      /** The message of ours that it was typed under, as a reply to it or in its thread. */
      readonly under?: MessageRef;
      /** A picture, a file or a voice clip came with it. It is not read. The text may then be empty. */
      readonly hasFile?: true;
    })
  /** Changed a message that they had typed, to this text. `said` is the event of that message. */
  | (Happened & { readonly type: "edited"; readonly said: string; readonly text: string })
  /** Took back a message that they had typed. `said` is the event of that message. */
  | (Happened & { readonly type: "deleted"; readonly said: string })
  /** Gave a file, with what was typed beside it. Nothing of it is fetched before `read` is called, which never rejects. */
  | (Happened & { readonly type: "file"; readonly file: GivenFile; readonly text: string })
  /** Tapped a button. Without `message`, the button was on a home page or in a dialog. */
  | (Happened & { readonly type: "pressed"; readonly act: Act; readonly message?: MessageRef })
  /** Sent what was typed into a card or its dialog; `values` by the input's name. */
  | (Happened & {
      readonly type: "submitted";
      readonly act: Act;
      readonly message?: MessageRef;
      readonly values: Readonly<Record<string, string>>;
    });

/**
 * What a flow answers to an act; the adapter chooses how to show it. Once it is returned, everything that it says was
 * stored is on disk.
 */
export type BotResponse =
  | { readonly kind: "none" }
  /**
   * Show a card. `replace`: in the message that was tapped; else as a new message. `passing`: it answers a command and is
   * of the moment, so where the platform can show it to its reader without keeping it in the chat, it does.
   */
  | {
      readonly kind: "card";
      readonly card: Card;
      readonly replace: boolean;
      readonly passing?: true;
      /** Goes into the person's chat beside the card, which then is one sentence and replaces nothing. */
      readonly file?: SentFile;
    }
  /** The act was refused and nothing was stored. `card`, if there is one, is what the message should show now. */
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly text: string; readonly card?: Card };

export type RefusalReason =
  /** No program knows the sender. */
  | "unknown-person"
  /** The act is about another person's nudge. */
  | "not-yours"
  /** The same event came before. */
  | "already-received"
  | "expired"
  /** The partner has answered too, so what both see cannot change any more. */
  | "locked"
  /** The act or its values have no meaning here. */
  | "not-understood"
  /** The text looks like a patient's identifier. */
  | "identifier"
  /** The text is longer than the item admits. */
  | "too-long"
  /** The database failed. */
  | "not-saved";
