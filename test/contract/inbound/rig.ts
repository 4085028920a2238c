import type { Act } from "#src/card/card.ts";
import type { Inbound, BotResponse, Sender } from "#src/ports/inbound.ts";
import type { MessageRef, Messenger } from "#src/ports/messenger.ts";

/** One thing that the platform delivered. */
export interface Deed {
  /** Whether the platform (or the page) was told that it was taken. */
  readonly taken: boolean;
  /** The platform delivers the very same event again. */
  again(): Promise<void>;
}

/** An adapter before a core that answers what a test wants, and one person on the platform's far side. */
export interface InboundRig extends AsyncDisposable {
  readonly messenger: Messenger;
  /** The person, as the adapter is to name them. */
  readonly person: Sender;
  /** What has reached the core, in order. */
  readonly received: readonly Inbound[];
  /** What the core answers from now on. A core that throws is one that failed. */
  answer(reply: (inbound: Inbound) => BotResponse | Promise<BotResponse>): void;

  /** The person opens the conversation or the home view. */
  opens(): Promise<Deed>;
  /** The person types a message. */
  says(text: string): Promise<Deed>;
  /** The person gives a file, with what is typed beside it. */
  gives(file: { readonly name: string; readonly text: string }, said: string): Promise<Deed>;
  /** The person taps the button with this act, on this message of theirs. */
  presses(message: MessageRef, act: Act): Promise<Deed>;
  /** The person types into the input of this message, or into its dialog, and sends it. */
  submits(message: MessageRef, act: Act, values: Readonly<Record<string, string>>): Promise<Deed>;
  /** The person changes what still stands in that input, or in the dialog that stayed open, and sends it again. */
  corrects(message: MessageRef, act: Act, values: Readonly<Record<string, string>>): Promise<Deed>;

  /** The files that have reached the person, oldest first. Where the platform asks whether to take one, they do. */
  files(): Promise<readonly { readonly name: string; readonly text: string }[]>;
  /** How many files were fetched from the platform. */
  fetched(): number;

  /** What the person's chat shows now, oldest first: each message of Attune's as text with the card's words in it. */
  shows(): Promise<readonly string[]>;
  /** What else the person is told just now, outside the messages: an alert, a notice, a line in a dialog. */
  told(): Promise<readonly string[]>;
  /** What stands in the field that was typed into. Undefined when it is gone. */
  typed(): Promise<string | undefined>;

  /** Requests that are not what they say: forged, unsigned, stale, from a foreign tenant or site. Each by its name. */
  readonly forgeries: Readonly<Record<string, () => Promise<{ readonly taken: boolean }>>>;
}
